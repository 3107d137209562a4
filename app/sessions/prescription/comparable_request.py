"""A request for a built session that asks for what a prescription holds: it finds exercises like those of it."""

from collections.abc import Sequence
from typing import Final

from app.rules.equipment import list_pieces
from app.rules.vocabulary import Condition, Goal
from app.schemas.exercise import Exercise
from app.schemas.session_request import RequestedGoal, SessionRequest

MAX_GOALS: Final = 5
ANY_DURATION_S: Final = 600
"""Nothing is built from the request, so its length decides nothing."""


def describe_comparable_request(
    exercises: Sequence[Exercise], conditions: Sequence[Condition] = (), goals_of: Exercise | None = None
) -> SessionRequest:
    """Return a request with the equipment and the level of these exercises, and with their goals or those of one."""
    weights: dict[Goal, int] = {}
    for exercise in exercises if goals_of is None else [goals_of]:
        for goal, weight in exercise.goal_weights.items():
            weights[goal] = max(weight, weights.get(goal, 0))
    goals = sorted(weights, key=lambda goal: (-weights[goal], goal))[:MAX_GOALS]
    pieces = {piece for exercise in exercises for piece in list_pieces(exercise.equipment)}
    return SessionRequest(
        duration_s=ANY_DURATION_S,
        goals=tuple(RequestedGoal(goal=goal, weight=weights[goal]) for goal in goals),
        available_equipment=tuple(sorted(pieces)),
        level=max(exercise.level for exercise in exercises),
        conditions=tuple(conditions),
    )
