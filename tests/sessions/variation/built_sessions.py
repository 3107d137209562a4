"""Built sessions to vary."""

import random

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from app.sessions.variation.session_to_vary import SessionToVary
from benchmarks.catalogues import index_of
from benchmarks.session_requests import any_request


def session_of(request: SessionRequest, plan: Plan) -> SessionToVary:
    """A built session as it is varied."""
    phases = [phase.phase for phase in plan.phases for _ in phase.items]
    doses = [item.dose for phase in plan.phases for item in phase.items]
    return SessionToVary(request, list(plan.exercises), phases, doses)


def build_sessions(exercises: tuple[Exercise, ...], count: int, seed: int) -> list[SessionToVary]:
    """`count` sessions for random requests."""
    rng = random.Random(seed)
    sessions: list[SessionToVary] = []
    while len(sessions) < count:
        request = any_request(rng, exercises)
        try:
            sessions.append(session_of(request, build_session(request, index_of(exercises))))
        except InfeasibleRequestError:
            continue
    return sessions
