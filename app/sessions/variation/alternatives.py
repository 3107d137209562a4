"""Other sessions for the same request, with other exercises."""

from typing import Final

from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.prepared_problem import Variation
from app.sessions.variation.session_to_vary import SessionToVary, VariedPlan

MIN_DIFFERENCE_DIVISOR: Final = 3
"""An alternative differs in at least one of so many exercises."""


def build_alternatives(session: SessionToVary, count: int, index: ExerciseIndex) -> tuple[list[VariedPlan], bool]:
    """Return up to `count` sessions that differ from this one and from each other, and whether there are no more."""
    earlier = [frozenset(session.slugs)]
    alternatives: list[VariedPlan] = []
    for _ in range(count):
        # What is included by name is in every alternative, so it does not count as used.
        already_used = frozenset[str]().union(*earlier) - set(session.request.include)
        variation = Variation(removed=session.removed, already_used=already_used)
        try:
            plan = build_session(session.request, index, variation)
        except InfeasibleRequestError:
            return alternatives, True
        slugs = frozenset(plan.exercises)
        min_difference = 2 * max(1, len(slugs) // MIN_DIFFERENCE_DIVISOR)
        if any(len(slugs ^ others) < min_difference for others in earlier):
            return alternatives, True
        earlier.append(slugs)
        alternatives.append(VariedPlan(plan, session.request, session.removed))
    return alternatives, False
