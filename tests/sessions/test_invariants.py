"""Every session keeps every promise, for two thousand requests of every kind; the same in any process and row order."""

import hashlib
import os
import random
import subprocess
import sys

import pytest

from app.rules.vocabulary import PHASES, Phase
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.plan import Plan
from app.sessions.problem.prepared_problem import PreparedProblem, prepare_problem
from app.sessions.problem.session_shape import StagePlace, list_stages, plan_shape
from benchmarks.catalogues import index_of, seed_exercises
from benchmarks.plan_score import PlanScore
from benchmarks.session_requests import any_request
from tests.sessions.invariants import broken_promises


def build_or_none(request: SessionRequest, exercises: tuple[Exercise, ...]) -> Plan | None:
    try:
        return build_session(request, index_of(exercises))
    except InfeasibleRequestError:
        return None


def stage_places(prepared: PreparedProblem) -> dict[tuple[str, Phase], StagePlace]:
    """What each eligible exercise does for the shape of the session, by slug and phase."""
    shape = plan_shape(prepared.eligibility, prepared.goals, is_kept=False)
    return {
        (prepared.index.exercises[number].slug, PHASES[PHASE_OF_STAGE[place.stage]]): place
        for number in prepared.eligibility.exercises
        for place in list_stages(number, shape)
    }


@pytest.mark.parametrize("part", range(8))
def test_promises_are_kept(exercises: tuple[Exercise, ...], part: int) -> None:
    rng = random.Random(100 + part)
    by_slug = {exercise.slug: exercise for exercise in exercises}
    plan_count = 0
    for _ in range(250):
        request = any_request(rng, exercises)
        plan = build_or_none(request, exercises)
        if plan is None:
            continue
        plan_count += 1
        assert broken_promises(request, plan, by_slug) == [], request.model_dump(exclude_defaults=True)
        prepared = prepare_problem(request, index_of(exercises))
        phase_min_s = dict(zip(PHASES, prepared.problem.phase_min_s, strict=True))
        eligible = [prepared.index.exercises[number] for number in prepared.eligibility.exercises]
        plan_score = PlanScore(request, plan, by_slug, phase_min_s, eligible, stage_places(prepared))
        assert plan_score.total() == plan.score
    assert plan_count > 180


def digest_of_sessions(shuffled: bool) -> str:
    """All that is said of a hundred sessions, as one number."""
    exercises = list(seed_exercises())
    rng = random.Random(9)
    requests = [any_request(rng, exercises) for _ in range(100)]
    if shuffled:
        random.Random(3).shuffle(exercises)
    catalogue = tuple(exercises)
    plans = [build_or_none(request, catalogue) for request in requests]
    return hashlib.sha256(repr(plans).encode()).hexdigest()


def test_another_process_and_another_row_order_give_the_same_bytes() -> None:
    command = "from tests.sessions.test_invariants import digest_of_sessions; print(digest_of_sessions({}))"
    digests = {
        subprocess.run(
            [sys.executable, "-c", command.format(shuffled)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for shuffled, seed in ((False, "1"), (True, "2"))
    }
    assert len(digests) == 1
