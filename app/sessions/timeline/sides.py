"""What the sides of a one-sided exercise are: which one a stiffer side trains, and what is said of it."""

from typing import Final

from app.figures.mirroring import swap_sides
from app.rules.vocabulary import BodySide, Side
from app.schemas.exercise import Exercise
from app.sessions.problem.cue_texts import CueTexts
from app.texts.loader import load_texts

OTHER_SIDE: Final[dict[BodySide, BodySide]] = {"left": "right", "right": "left"}


def find_working_side(stiffer_side: BodySide, exercise: Exercise) -> BodySide:
    """Return the working side of an exercise that trains a stiffer side; given a working side, the side it trains."""
    is_other = exercise.sides is not None and exercise.sides.trains_other_side
    return OTHER_SIDE[stiffer_side] if is_other else stiffer_side


def side_line(exercise: Exercise, side: Side) -> str | None:
    """Return which part works on a side: `The left arm opens.`; None where both sides work at once.

    An exercise without a line of its own has `Left side.`
    """
    if side == "both":
        return None
    return load_texts(CueTexts).sides[side] if exercise.sides is None else _said_of(side, exercise.sides.work)


def start_line(exercise: Exercise, side: Side) -> str | None:
    """Return how to get ready for a side: `Lie on your right side.`; None where the side does not matter for that."""
    sides = exercise.sides
    return None if side == "both" or sides is None or sides.start is None else _said_of(side, sides.start)


def _said_of(side: BodySide, left_text: str) -> str:
    return left_text if side == "left" else swap_sides(left_text)
