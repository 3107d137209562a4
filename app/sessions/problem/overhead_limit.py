"""How long a session may reach overhead where that is asked for: light movement as long as its share."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.strains import StrainDegrees
from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.sessions.problem.exercise_index import LOAD_GROUPS, ExerciseIndex
from app.sessions.solver.model import Placement

OVERHEAD: Final = LOAD_GROUPS.index("overhead")
"""The number of the load group of exercises with the arms overhead."""


class LoadLimits(NamedTuple):
    """Placements with the limits in seconds to which they count."""

    placements: tuple[Placement, ...]
    load_max_s: tuple[int, ...]
    """By load group."""
    strain_max_s: tuple[int, ...]
    """By number of `Placement.strain_limits`."""


def raise_overhead_limit(
    limits: LoadLimits, budget_s: int, goals: Sequence[Goal], shares: Sequence[tuple[int, int]], index: ExerciseIndex
) -> LoadLimits:
    """Return the limits with as many seconds overhead as the goal's share of the session, where that is more.

    What moves the weight of a tool or of the body overhead keeps its limit, by a counter of its own. The arms rest
    between the exercises: no two with one load are neighbours. `shares` holds the weight of each goal and of all.
    """
    asked_s = [
        budget_s * weight // total for goal, (weight, total) in zip(goals, shares, strict=True) if goal == "overhead"
    ]
    limit_s = limits.load_max_s[OVERHEAD]
    if not asked_s or asked_s[0] <= limit_s:
        return limits
    number = len(limits.strain_max_s)
    placements = tuple(
        placement._replace(strain_limits=(*placement.strain_limits, number))
        if index.load_ids[placement.exercise] == OVERHEAD
        and is_loaded(index.exercises[placement.exercise], index.strains[placement.exercise])
        else placement
        for placement in limits.placements
    )
    load_max_s = (*limits.load_max_s[:OVERHEAD], asked_s[0], *limits.load_max_s[OVERHEAD + 1 :])
    return LoadLimits(placements, load_max_s, (*limits.strain_max_s, limit_s))


def is_loaded(exercise: Exercise, degrees: StrainDegrees) -> bool:
    """Return whether an exercise moves more than the arms: with resistance, or with the body hanging from them."""
    return exercise.pattern == "strength" or not {"resistance", "hanging", "shoulder_weight_bearing"}.isdisjoint(
        degrees
    )
