"""The seconds of a plan, computed a second time from its public fields."""

import itertools
from collections.abc import Sequence

from app.rules.dose import Dose, total_work_s
from app.rules.vocabulary import HEIGHT_OF_POSITION
from app.schemas.exercise import Exercise
from app.schemas.session import ExtraSet
from app.sessions.problem.exercise_index import FURNITURE

POSITION_CHANGE_S, FLOOR_CHANGE_S = 5, 10
"""Seconds from one position to another: of the same height, of another."""


def extra_work_s(dose: Dose, extra_set: ExtraSet | None) -> int:
    """Seconds of work of what the stiffer side does more."""
    if extra_set is None:
        return 0
    if dose.tempo is None:
        return extra_set.hold_s or 0
    return (extra_set.breaths or extra_set.reps or 0) * (dose.tempo.out_s + dose.tempo.hold_s + dose.tempo.back_s)


def credited_rests_s(exercise: Exercise, dose: Dose) -> int:
    """Seconds of rest between sets that count as work: those of strength work and of hanging."""
    return dose.rest_s * (dose.sets - 1) if exercise.pattern == "strength" or exercise.load_group == "grip" else 0


def item_s(exercise: Exercise, dose: Dose, extra_set: ExtraSet | None) -> int:
    """Seconds of an exercise: getting ready, fetching equipment, sets with changes of side, rests, the extra set."""
    needs_fetching = any(not FURNITURE & set(group.any_of) for group in exercise.equipment if "mat" not in group.any_of)
    sides = 2 if dose.per_side else 1
    side_s = total_work_s(dose) // (dose.sets * sides)
    side_change_s = {"side_lying": 10, "side_plank": 10, "half_kneeling": 8, "split_stance": 8}.get(
        exercise.position, 5
    )
    seconds = (8 if HEIGHT_OF_POSITION[exercise.position] == "floor" else 5) + (5 if needs_fetching else 0)
    for number in range(dose.sets):
        seconds += sides * side_s + (side_change_s if sides == 2 else 0) + (dose.rest_s if number else 0)
    if extra_set is not None:
        # After an even number of sets the last side is the first one.
        seconds += (side_change_s if dose.sets % 2 else dose.rest_s) + extra_work_s(dose, extra_set)
    return seconds


def transitions_s(exercises: Sequence[Exercise]) -> int:
    """Seconds between the positions of the exercises in this order."""
    total = 0
    for current, following in itertools.pairwise(exercises):
        if current.position != following.position:
            is_same_height = HEIGHT_OF_POSITION[current.position] == HEIGHT_OF_POSITION[following.position]
            total += POSITION_CHANGE_S if is_same_height else FLOOR_CHANGE_S
    return total
