"""Prescriptions played to the second: the timeline holds exactly the doses that are written."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.vocabulary import HEIGHT_OF_POSITION
from app.schemas.exercise import Exercise
from app.schemas.prescription import Prescription
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from app.sessions.prescription.build import MAX_DURATION_S, build_prescription
from app.sessions.problem.speech import speech_s
from benchmarks.catalogues import index_of, seed_exercises
from tests.sessions.prescription.written_doses import TURNING_ROUND_S, broken_doses, read_events, write_dose

CASES = yaml.safe_load((Path(__file__).parent / "prescriptions.yaml").read_text())
INDEX = index_of(seed_exercises())
FURNITURE = {"chair", "wall", "desk", "doorway"}


def build(body: Mapping[str, Any]) -> Plan:
    return build_prescription(Prescription.model_validate(body), INDEX)


def broken_promises(body: Mapping[str, Any], plan: Plan) -> list[str]:
    """Everything in which a session in the order of its items differs from the prescription."""
    broken = []
    items = [item for phase in plan.phases for item in phase.items]
    if [item.exercise.slug for item in items] != [item["slug"] for item in body["items"]]:
        broken.append(f"order: {[item.exercise.slug for item in items]}")
    for position, item in enumerate(body["items"], 1):
        events = list(read_events(plan.timeline, position))
        exercise = INDEX.by_slug(item["slug"])
        broken += broken_doses(item, exercise, events, is_fitted="duration_s" in body)
        if sum(event.duration_s for event in events) != items[position - 1].duration_s:
            broken.append(f"{exercise.slug}: seconds of the item")
    return broken + broken_timeline(plan)


def broken_timeline(plan: Plan) -> list[str]:
    """Gaps, an end that is none, and lines that do not fit into their events."""
    broken = [
        f"gap at {after.at_s}"
        for before, after in pairwise(plan.timeline)
        if before.at_s + before.duration_s != after.at_s
    ]
    if plan.timeline[-1].kind != "done" or plan.timeline[-1].at_s != plan.duration_s:
        broken.append("end")
    if [event.position_in_session for event in plan.timeline] != sorted(
        event.position_in_session for event in plan.timeline
    ):
        broken.append("positions")
    for event in plan.timeline[:-1]:
        lines = [*event.say]
        if any(before.at_s + speech_s(before.text) > after.at_s + 1 for before, after in pairwise(lines)) or not lines:
            broken.append(f"lines of {event.kind} at {event.at_s}: {lines}")
    return broken


def total_of(body: Mapping[str, Any]) -> int:
    """The seconds of a prescription without notes and steps, whose pauses are not stretched."""
    exercises = [INDEX.by_slug(item["slug"]) for item in body["items"]]
    doses_s = sum(write_dose(item, exercise).seconds for item, exercise in zip(body["items"], exercises, strict=True))
    pauses_s = sum(map(ready_s, exercises)) + sum(transition_s(*pair) for pair in pairwise(exercises))
    return doses_s + pauses_s + sum(turning_round_s(*pair) for pair in pairwise(body["items"]))


def turning_round_s(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """What the same exercise on the other side takes longer to get ready for, where one rolls over or steps round."""
    exercise = INDEX.by_slug(after["slug"])
    last_side, first_side = (
        write_dose(before, INDEX.by_slug(before["slug"])).work[-1][1],
        write_dose(after, exercise).work[0][1],
    )
    if before["slug"] != after["slug"] or last_side == first_side:
        return 0
    return max(0, TURNING_ROUND_S.get(exercise.position, 0) - ready_s(exercise))


def ready_s(exercise: Exercise) -> int:
    is_fetched = any(FURNITURE.isdisjoint(group.any_of) and "mat" not in group.any_of for group in exercise.equipment)
    return (8 if HEIGHT_OF_POSITION[exercise.position] == "floor" else 5) + (5 if is_fetched else 0)


def transition_s(before: Exercise, after: Exercise) -> int:
    if before.position == after.position:
        return 0
    return 5 if HEIGHT_OF_POSITION[before.position] == HEIGHT_OF_POSITION[after.position] else 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_timeline_holds_exactly_the_written_doses(case: dict[str, Any]) -> None:
    body, plan = case["body"], build(case["body"])
    if "session_order" in case:
        by_slug = {item["slug"]: item for item in body["items"]}
        body = {**body, "items": [by_slug[slug] for slug in case["session_order"]]}
    assert broken_promises(body, plan) == []
    spoken_s = sum(event.duration_s for event in plan.timeline if event.kind == "introduction")
    if "duration_s" in body:
        assert plan.duration_s + plan.shortfall_s == body["duration_s"]
    else:
        assert plan.duration_s == total_of(body) + spoken_s
    shown = [item for phase in plan.phases for item in phase.items]
    assert [item.note for item in shown] == [item.get("note") for item in body["items"]]
    assert [item.side for item in shown] == [item.get("side") for item in body["items"]]


def test_there_are_twenty() -> None:
    assert len({case["name"] for case in CASES}) == 20


@st.composite
def prescriptions(draw: st.DrawFn) -> dict[str, Any]:
    """Bodies with doses that every exercise can have."""
    chosen = draw(st.lists(st.sampled_from(INDEX.exercises), min_size=1, max_size=8))
    return {"items": [draw(items_of(exercise)) for exercise in chosen], "intro": draw(st.booleans())}


def items_of(exercise: Exercise) -> st.SearchStrategy[dict[str, Any]]:
    amounts: dict[str, st.SearchStrategy[int | None]] = {"sets": st.integers(1, 6), "rest_s": st.integers(0, 300)}
    counted: dict[str, st.SearchStrategy[int | None]]
    if exercise.dose.breaths:
        counted = {"breaths": st.integers(1, 30)}
    elif exercise.dose.tempo:
        counted = {"reps": st.integers(1, 30), "hold_s": st.none() | st.integers(1, 120)}
    else:
        counted = {"reps": st.integers(1, 6), "hold_s": st.integers(1, 60)}
    dose = st.fixed_dictionaries({**amounts, **counted}).map(
        lambda values: {name: value for name, value in values.items() if value is not None}
    )
    optional: dict[str, st.SearchStrategy[Any]] = {
        "note": st.sampled_from(["Slowly.", "Exhale on the way up, elbows in."])
    }
    if exercise.unilateral:
        optional["side"] = st.sampled_from(["left", "right"])
    return st.fixed_dictionaries({"slug": st.just(exercise.slug), "dose": dose}, optional=optional)


@settings(max_examples=30)
@given(body=prescriptions(), more_s=st.integers(0, 400))
def test_any_prescription_is_played_as_it_is_written(body: dict[str, Any], more_s: int) -> None:
    total_s = total_of(body)
    if total_s > MAX_DURATION_S - 900:
        body = {**body, "items": [{**item, "dose": {"sets": 1}} for item in body["items"]]}
    plan = build(body)
    assert broken_promises(body, plan) == []
    assert plan.shortfall_s == 0
    if not 30 <= plan.duration_s + more_s <= 3600:
        return
    fitted = build({**body, "duration_s": plan.duration_s + more_s})
    assert broken_promises({**body, "duration_s": 0}, fitted) == []
    pauses_s = sum(event.duration_s for event in plan.timeline if event.kind in ("transition", "get_ready", "rest"))
    assert fitted.duration_s == plan.duration_s + min(more_s, pauses_s)
    assert bool(fitted.shortfall_s) is (more_s > pauses_s) is (fitted.shortfall_reason is not None)
    stretched = [
        (before.duration_s, after.duration_s)
        for before, after in zip(plan.timeline, fitted.timeline, strict=True)
        if before.kind in ("transition", "get_ready", "rest")
    ]
    share = min(more_s, pauses_s) / pauses_s
    assert all(abs(after - before * (1 + share)) <= 1 for before, after in stretched)
    if plan.duration_s > 30:
        with pytest.raises(InfeasibleRequestError) as refusal:
            build({**body, "duration_s": plan.duration_s - 1})
        assert refusal.value.needed_s == plan.duration_s
