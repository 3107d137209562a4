"""What the sides of a one-sided exercise are: which one a stiffer side trains, and what is said of it."""

from typing import Final

from app.figures.mirroring import swap_sides
from app.kit.models import FrozenModel
from app.rules.vocabulary import BodySide, Side
from app.sessions.problem.cue_texts import CueTexts
from app.texts.loader import TextFile, load_texts
from app.texts.templates import Text

OTHER_SIDE: Final[dict[BodySide, BodySide]] = {"left": "right", "right": "left"}


class SideTexts(FrozenModel):
    """What is said of the left side of an exercise."""

    start: Text | None = None
    """How to get ready for it; None where the side does not matter for that."""
    work: Text
    """Which part of the body works, and how."""


class ExerciseSideTexts(TextFile):
    """The sides of the one-sided exercises, by slug."""

    file_name = "exercise_sides.yaml"
    exercises: dict[str, SideTexts]
    train_other_side: tuple[str, ...]
    """Exercises in which the working side trains the other one, as a turn of the knees to the right does."""


def has_side_texts(slug: str) -> bool:
    """Return whether the texts name an exercise: under another slug its lines or its side would be wrong."""
    texts = load_texts(ExerciseSideTexts)
    return slug in texts.exercises or slug in texts.train_other_side


def find_working_side(stiffer_side: BodySide, slug: str) -> BodySide:
    """Return the working side of an exercise that trains a stiffer side; given a working side, the side it trains."""
    is_other = slug in load_texts(ExerciseSideTexts).train_other_side
    return OTHER_SIDE[stiffer_side] if is_other else stiffer_side


def side_line(slug: str, side: Side) -> str | None:
    """Return which part works on a side: `The left arm opens.`; None where both sides work at once.

    An exercise without a line of its own has `Left side.`
    """
    if side == "both":
        return None
    texts = load_texts(ExerciseSideTexts).exercises.get(slug)
    return load_texts(CueTexts).sides[side] if texts is None else _said_of(side, texts.work)


def start_line(slug: str, side: Side) -> str | None:
    """Return how to get ready for a side: `Lie on your right side.`; None where the side does not matter for that."""
    texts = load_texts(ExerciseSideTexts).exercises.get(slug)
    return None if side == "both" or texts is None or texts.start is None else _said_of(side, texts.start)


def _said_of(side: BodySide, left_text: str) -> str:
    return left_text if side == "left" else swap_sides(left_text)
