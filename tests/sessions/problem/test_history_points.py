"""What was done lately shapes what comes now."""

import random
from typing import Any

import pytest

from app.rules.dose import total_work_s
from app.rules.dose_options import DosingContext
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from benchmarks.catalogues import index_of

MOST_HALVED = 67
"""Hundredths of the own dose; a stretch of 15 s is cut to 10 s, the least that stretches."""
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


def test_hard_work_of_yesterday_is_kept_light_and_does_not_go_up(exercises: tuple[Exercise, ...]) -> None:
    done = {"slug": "band-row", "effort": 2, "pain": 0, "settled": True}
    history = [{"days_ago": days_ago, "items": [done]} for days_ago in (1, 9)]
    plan = built(exercises, goals=[{"goal": "strength"}], include=["band-row"], history=history)
    why = next(item.why for phase in plan.phases for item in phase.items if item.exercise.slug == "band-row")
    assert any("keep it light" in reason for reason in why)
    assert not any("goes up" in reason or "nothing else" in reason for reason in why)


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


def strained_alike(slug: str, exercises: tuple[Exercise, ...]) -> set[str]:
    """The exercises that ask for as much of a strain that may hurt, worked out from the records alone."""
    posture = {"supine", "prone", "side_lying", "kneeling", "floor_transfer", "standing", "balance"}
    posture |= {"leg_support", "sitting_balance", "resistance", "isometric_hold"}
    asked = {entry.slug: {one.strain: one.degree for one in entry.strains} for entry in exercises}
    return {
        other
        for other, strains in asked.items()
        if any(
            strains.get(strain) in ("full", degree) for strain, degree in asked[slug].items() if strain not in posture
        )
    }


@pytest.mark.parametrize("hurt", ["seated-thoracic-rotation", "seated-thoracic-extension", "band-row", "wall-slide"])
def test_red_rests_what_strains_the_same_for_a_week(exercises: tuple[Exercise, ...], hurt: str) -> None:
    alike = strained_alike(hurt, exercises)
    assert len(alike) > 3
    for days_ago in (0, 7):
        report = {"days_ago": days_ago, "items": [{"slug": hurt, "effort": 8, "pain": 9, "settled": False}]}
        again = built(exercises, history=[report])
        assert not alike & set(again.exercises)
        assert any("doctor or a physiotherapist" in note for note in again.notes)
        assert not any(again.exercises[slug].name in note for slug in again.exercises for note in again.storable_notes)
        assert not any("physiotherapist" in note for note in again.storable_notes)
    later = built(exercises, history=[{"days_ago": 8, "items": [{"slug": hurt, "pain": 9}]}], include=[hurt])
    assert hurt in later.exercises


def test_a_session_of_nothing_but_what_hurt_is_refused_with_whom_to_ask(exercises: tuple[Exercise, ...]) -> None:
    slugs = ("open-book", "seated-open-book", "thread-the-needle", "supine-spinal-twist")
    items = [{"slug": slug, "effort": 8, "pain": 9, "settled": False} for slug in slugs]
    wish = {"goals": [{"goal": "rotation"}], "available_equipment": ["chair", "mat"], "level": 3, "duration_s": 600}
    with pytest.raises(InfeasibleRequestError) as error:
        built(exercises, **wish, history=[{"days_ago": 0, "items": items}])
    assert "history" in error.value.conflict
    assert "Ask a doctor or a physiotherapist" in error.value.detail


@pytest.mark.parametrize(
    ("hurt", "alike"),
    [
        ("seated-thoracic-rotation", "seated-open-book"),
        ("standing-chest-opener", "seated-thoracic-extension"),
        ("open-book", "standing-wall-rotation"),
        ("wall-slide", "seated-overhead-reach"),
    ],
)
def test_amber_halves_what_strains_the_same(exercises: tuple[Exercise, ...], hurt: str, alike: str) -> None:
    assert alike in strained_alike(hurt, exercises)
    history = [{"days_ago": 1, "items": [{"slug": hurt, "pain": 4}]}]
    again = built(exercises, include=[alike], history=history)
    doses = {item.exercise.slug: item.dose for phase in again.phases for item in phase.items}
    for slug in strained_alike(hurt, exercises) & set(doses) - {hurt}:
        assert total_work_s(doses[slug]) * 100 <= MOST_HALVED * total_work_s(again.exercises[slug].dose)
    assert any("about half" in note for note in again.notes)
    assert not any("half" in note for note in again.storable_notes)


@pytest.mark.parametrize("settled", [False, True, None])
def test_no_pain_removes_nothing(exercises: tuple[Exercise, ...], settled: bool | None) -> None:
    first = built(exercises)
    items = [{"slug": slug, "pain": 0, "settled": settled, "effort": 5} for slug in first.exercises]
    history = [{"days_ago": 2, "items": items}, {"days_ago": 4, "items": items}]
    again = built(exercises, history=history)
    assert {step.step: step.left for step in again.funnel} == {step.step: step.left for step in first.funnel}


def test_an_outgrown_exercise_has_a_harder_form_or_stays(exercises: tuple[Exercise, ...]) -> None:
    """Easy twice at its highest dose: an open harder form comes; else none is named, and the dose stays."""
    index = index_of(exercises)
    outgrown = kept = 0
    for exercise in exercises:
        is_possible = not index.required_equipment[index.number_of[exercise.slug]] and exercise.level <= 2
        if not is_possible or exercise.pattern in ("breathing", "static_hold"):
            continue
        top = max(index.doses(index.number_of[exercise.slug], DosingContext()), key=total_work_s)
        done = top.model_dump(include={"sets", "reps", "hold_s", "breaths"})
        item = {"slug": exercise.slug, "effort": 2, "pain": 0, "dose": done}
        history = [{"days_ago": days, "items": [item]} for days in (7, 10)]
        wish = {"goals": [{"goal": exercise.goals[0]}], "available_equipment": [], "level": 2, "history": history}
        plan = built(exercises, **wish)
        said = [why for phase in plan.phases for item in phase.items for why in item.why if "highest dose" in why]
        open_forms = [
            slug
            for slug in exercise.harder
            if index.by_slug(slug).level <= 2 and not index.required_equipment[index.number_of[slug]]
        ]
        if not open_forms:
            assert not any("a harder form of it is open" in why for why in said)
            included = built(exercises, **wish, include=[exercise.slug])
            doses = {item.exercise.slug: item.dose for phase in included.phases for item in phase.items}
            assert 100 * total_work_s(doses[exercise.slug]) >= 70 * total_work_s(top)
            kept += 1
        elif exercise.slug not in plan.exercises:
            outgrown += bool(set(open_forms) & set(plan.exercises))
    assert kept > 5
    assert outgrown >= 3


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
