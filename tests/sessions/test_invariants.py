"""Every session keeps every promise, for fifteen hundred requests of every kind; the same in any process and order."""

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
from app.sessions.problem.session_shape import plan_shape
from app.sessions.problem.stage_places import StagePlace, list_stages
from benchmarks.catalogues import index_of, seed_exercises
from benchmarks.judge.care_checks import Case, Finding, find_care_faults
from benchmarks.judge.facts import read_facts
from benchmarks.judge.requests import draw_requests
from benchmarks.judge.sum_checks import find_sum_faults
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


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.sweep) for part in range(1, 6))])
def test_promises_are_kept(exercises: tuple[Exercise, ...], part: int) -> None:
    rng = random.Random(100 + part)
    by_slug, facts = {exercise.slug: exercise for exercise in exercises}, read_facts()
    plan_count = 0
    count = 200 if part else 100
    for _ in range(count):
        request = any_request(rng, exercises)
        plan = build_or_none(request, exercises)
        if plan is None:
            continue
        plan_count += 1
        assert broken_promises(request, plan, by_slug) == [], request.model_dump(exclude_defaults=True)
        assert list_faults(Case(request, plan, facts)) == [], request.model_dump(exclude_defaults=True)
        prepared = prepare_problem(request, index_of(exercises))
        phase_min_s = dict(zip(PHASES, prepared.problem.phase_min_s, strict=True))
        eligible = [prepared.index.exercises[number] for number in prepared.eligibility.exercises]
        plan_score = PlanScore(request, plan, by_slug, phase_min_s, eligible, stage_places(prepared))
        assert plan_score.total() == plan.score
    assert plan_count > 0.7 * count


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.sweep) for part in range(1, 5))])
def test_conditions_and_histories_find_no_fault_before_the_judge(exercises: tuple[Exercise, ...], part: int) -> None:
    facts, plan_count = read_facts(), 0
    for request in draw_requests(78, facts, seed=part):
        plan = build_or_none(request, exercises)
        if plan is not None:
            plan_count += 1
            assert list_faults(Case(request, plan, facts)) == [], request.model_dump(exclude_defaults=True)
    assert plan_count > 50


def list_faults(case: Case) -> list[Finding]:
    """What an independent judge finds wrong, who reads rules and exercises from their files."""
    return [*find_care_faults(case), *find_sum_faults(case)]


def digest_of_sessions(shuffled: bool, seed: int) -> str:
    """All that is said of fifty sessions, as one number."""
    exercises = list(seed_exercises())
    rng = random.Random(seed)
    requests = [any_request(rng, exercises) for _ in range(50)]
    if shuffled:
        random.Random(3).shuffle(exercises)
    catalogue = tuple(exercises)
    plans = [build_or_none(request, catalogue) for request in requests]
    return hashlib.sha256(repr(plans).encode()).hexdigest()


@pytest.mark.parametrize("seed", [9, pytest.param(10, marks=pytest.mark.sweep)])
def test_another_process_and_another_row_order_give_the_same_bytes(seed: int) -> None:
    command = f"from tests.sessions.test_invariants import digest_of_sessions; print(digest_of_sessions(True, {seed}))"
    finished = subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "PYTHONHASHSEED": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout.strip() == digest_of_sessions(False, seed)
