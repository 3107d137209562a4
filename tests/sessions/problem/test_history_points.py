"""What was done lately shapes what comes now."""

import random
from typing import Any

from app.rules.dose import total_work_s
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.plan import Plan
from benchmarks.catalogues import index_of

WISH: dict[str, Any] = {
    "duration_s": 900,
    "goals": [{"goal": "rotation", "weight": 2}, {"goal": "posture"}, {"goal": "extension"}],
    "available_equipment": ["chair", "wall", "resistance_band"],
}


def built(exercises: tuple[Exercise, ...], **fields: Any) -> Plan:
    return build_session(SessionRequest.model_validate({**WISH, **fields}), index_of(exercises))


def report(plan: Plan, days_ago: int, effort: int, pain: int) -> dict[str, Any]:
    items = [
        {
            "slug": item.exercise.slug,
            "effort": effort,
            "pain": pain,
            "settled": pain < 4,
            "dose": item.dose.model_dump(include={"sets", "reps", "hold_s", "breaths"}),
        }
        for block in plan.phases
        for item in block.items
    ]
    return {"days_ago": days_ago, "items": items}


def test_days_in_a_row_vary_and_what_matters_returns(exercises: tuple[Exercise, ...]) -> None:
    history: list[dict[str, Any]] = []
    last: set[str] | None = None
    returned = 0
    for day in range(6):
        plan = built(exercises, history=history, seed=day)
        families = {entry.family for entry in plan.exercises.values()}
        if last is not None:
            assert len(families & last) <= 0.5 * len(families | last)
        seen = {item["slug"] for session in history for item in session["items"]}
        returned += len(seen & set(plan.exercises))
        last = families
        history = [{**session, "days_ago": session["days_ago"] + 2} for session in history]
        history.append(report(plan, 2, 5, 0))
    assert returned >= 4


def test_what_hurt_is_left_out_and_a_clinician_is_named(exercises: tuple[Exercise, ...]) -> None:
    plan = built(exercises)
    hurt = next(iter(plan.exercises))
    history = [{"days_ago": 1, "items": [{"slug": hurt, "pain": 8}]}]
    again = built(exercises, history=history)
    assert hurt not in again.exercises
    assert any("clinician" in note for note in again.notes)
    assert not any("clinician" in note for note in again.storable_notes)


def test_no_dose_grows_without_two_easy_days(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(1)
    returned = 0
    for seed in range(12):
        before = built(exercises, seed=seed)
        pain = rng.choice((0, 2, 4, 5))
        after = built(exercises, seed=seed, history=[report(before, 3, 2, pain)], include=[])
        doses = {item.exercise.slug: item.dose for block in before.phases for item in block.items}
        for block in after.phases:
            for item in block.items:
                if item.exercise.slug in doses:
                    returned += 1
                    most = 70 if pain > 3 else 100
                    assert total_work_s(item.dose) * 100 <= most * total_work_s(doses[item.exercise.slug])
    assert returned > 5
