"""With `intro` every exercise is told step by step before it is done, and all of that is inside the time."""

import random

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from benchmarks.catalogues import index_of
from benchmarks.judge.care_checks import Case
from benchmarks.judge.facts import read_facts
from benchmarks.judge.sum_checks import find_sum_faults
from benchmarks.session_requests import any_request
from tests.app_client import Client
from tests.sessions.invariants import broken_promises

TWO_MINUTES = {
    "duration_s": 120,
    "goals": [{"goal": "rotation"}],
    "positions": ["seated", "standing"],
    "available_equipment": ["chair"],
    "intro": True,
}


def check_introductions(plan: Plan) -> None:
    """Each exercise is introduced once: after moving there and before getting ready."""
    told = [event for event in plan.timeline if event.kind == "introduction"]
    assert [event.slug for event in told] == list(plan.exercises)
    for event in told:
        exercise = plan.exercises[event.slug]
        assert [line.text for line in event.say[1:]] == list(exercise.steps)
        assert exercise.name in event.say[0].text
        after = plan.timeline[plan.timeline.index(event) + 1]
        assert (after.kind, after.slug) == ("get_ready", event.slug)
        assert exercise.name not in after.say[0].text
        assert event.figure is not None
        assert "phase=animated" in event.figure


def test_introductions_are_inside_the_time_and_break_no_promise(exercises: tuple[Exercise, ...]) -> None:
    rng, by_slug, facts = random.Random(7), {exercise.slug: exercise for exercise in exercises}, read_facts()
    plan_count = 0
    for _ in range(12):
        request = any_request(rng, exercises).model_copy(update={"intro": True})
        try:
            plan = build_session(request, index_of(exercises))
        except InfeasibleRequestError:
            continue
        plan_count += 1
        check_introductions(plan)
        assert broken_promises(request, plan, by_slug) == [], request.model_dump(exclude_defaults=True)
        assert list(find_sum_faults(Case(request, plan, facts))) == [], request.model_dump(exclude_defaults=True)
    assert plan_count > 6


def test_an_introduction_takes_the_time_that_it_needs(exercises: tuple[Exercise, ...]) -> None:
    """The shortest session is longer by the introduction, to the second."""
    fields = {**TWO_MINUTES, "include": ["seated-thoracic-rotation"], "duration_s": 30}
    needed = {}
    for intro in (False, True):
        request = SessionRequest.model_validate({**fields, "intro": intro})
        try:
            build_session(request, index_of(exercises))
        except InfeasibleRequestError as error:
            needed[intro] = error.needed_s or 0
    plan = build_session(SessionRequest.model_validate({**fields, "duration_s": needed[True]}), index_of(exercises))
    introduction = plan.timeline[0]
    assert introduction.kind == "introduction"
    assert needed[True] - needed[False] == introduction.duration_s == introduction.say[-1].at_s + 6


def test_a_swap_introduces_as_well(client: Client) -> None:
    built = client.post("/v1/sessions", json=TWO_MINUTES | {"duration_s": 300}).json()
    assert client.get(f"/v1/sessions/{built['id']}").json()["timeline"] == built["timeline"]
    swapped = client.post(f"/v1/sessions/{built['id']}/swap", json={"position_in_session": 1}).json()
    told = [event["slug"] for event in swapped["timeline"] if event["kind"] == "introduction"]
    assert sorted(told) == sorted(swapped["exercises"])
    plain = client.post("/v1/sessions", json=TWO_MINUTES | {"intro": False}).json()
    assert not any(event["kind"] == "introduction" for event in plain["timeline"])
