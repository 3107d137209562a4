"""How much of a session one exercise may take, so that a session is not one exercise with company."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.vocabulary import Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.limits import SINGLE_PHASE_MAX_S
from app.sessions.problem.session_shape import SessionShape
from app.sessions.solver.model import DoseOption

MIN_OFF_GOAL_S, MAX_OFF_GOAL_S, MAX_OFF_GOAL_PER_MILLE = 120, 180, 100
"""Thousandths of a session, within these seconds, that an exercise that serves no goal takes at most: it warms up or
rounds off."""
MAX_SHARE_PER_MILLE: Final = 300
"""Thousandths of a session that one exercise takes at most where others serve the goals as well."""
MAX_SCARCE_SHARE_PER_MILLE: Final = 450
"""The same for an exercise that is one of the few for a goal, which would else not get what is asked for."""
MAX_GOAL_WEIGHT: Final = 3
"""The weight of a goal that an exercise is mainly for."""
MIN_FAMILIES_TO_SHARE: Final = 5
"""Families that serve the goals from which no exercise takes more than its share."""


class ShareLimits(NamedTuple):
    """The most seconds of one exercise that is not asked for by name."""

    seconds_by_goal: dict[Goal, int]
    """For an exercise that serves the goal; the highest counts."""
    off_goal_s: int
    """For an exercise that serves no goal."""

    def limit_options(self, options: tuple[DoseOption, ...], exercise: Exercise) -> tuple[DoseOption, ...]:
        """Return the doses that take at most so long; the shortest where all take longer."""
        limits_s = [seconds for goal, seconds in self.seconds_by_goal.items() if goal in exercise.goal_weights]
        max_s = max(limits_s, default=self.off_goal_s)
        return tuple(option for option in options if option.time_s <= max_s) or options[:1]


def limit_shares(shape: SessionShape, goals: Sequence[Goal]) -> ShareLimits:
    """Return the limits of a session: none for what serves a goal where the session is short or the choice is small."""
    request = shape.eligibility.effective.request
    budget_s = request.duration_s
    off_goal_s = max(MIN_OFF_GOAL_S, min(MAX_OFF_GOAL_S, budget_s * MAX_OFF_GOAL_PER_MILLE // 1000))
    possible = [shape.exercise_of(number) for number in shape.eligibility.exercises if number not in shape.kept_out]
    families = {exercise.family for exercise in possible if not exercise.goal_weights.keys().isdisjoint(goals)}
    if budget_s <= SINGLE_PHASE_MAX_S or len(families) < MIN_FAMILIES_TO_SHARE:
        return ShareLimits(dict.fromkeys(goals, budget_s), min(budget_s, off_goal_s))
    seconds_by_goal = {
        goal: budget_s * _share_per_mille(goal, possible, share) // 1000
        for goal, share in zip(goals, requested_shares(request, goals), strict=True)
    }
    return ShareLimits(seconds_by_goal, off_goal_s)


def _share_per_mille(goal: Goal, possible: Sequence[Exercise], share: tuple[int, int]) -> int:
    """The thousandths that one exercise for a goal may take: more where few families are mainly for this goal."""
    families = {exercise.family for exercise in possible if exercise.goal_weights.get(goal) == MAX_GOAL_WEIGHT}
    scarce_per_mille = 1000 * share[0] // (share[1] * max(1, len(families)))
    return min(MAX_SCARCE_SHARE_PER_MILLE, max(MAX_SHARE_PER_MILLE, scarce_per_mille))


def requested_shares(request: SessionRequest, goals: Sequence[Goal]) -> list[tuple[int, int]]:
    """Return for each goal its weight and the weight of all of them."""
    weights = request.weight_by_goal
    total = sum(weights[goal] for goal in goals)
    return [(weights[goal], total) for goal in goals]
