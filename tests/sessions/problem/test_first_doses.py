"""A first session leaves room for progress, and strength work with a bar or weights has a pull."""

import pytest

from app.rules.dose import set_work_s, total_work_s
from app.rules.dose_options import DosingContext
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.plan import Plan
from app.sessions.problem.first_doses import FEWER_SETS_COST, MAX_BREATHS_PERCENT, list_first_options
from benchmarks.catalogues import index_of

EXTRA_POINTS = 777
PULLS_ON_THE_BAR = {"chin-up", "eccentric-chin-up", "foot-assisted-chin-up", "scapular-pull-up", "inverted-row"}
PULLS = PULLS_ON_THE_BAR | {"band-lat-pulldown", "band-row", "dumbbell-one-arm-row", "seated-band-pulldown"}


def built(exercises: tuple[Exercise, ...], **fields: object) -> Plan:
    return build_session(SessionRequest.model_validate(fields), index_of(exercises))


@pytest.mark.parametrize("budget_s", [240, 600, 1800])
def test_more_than_the_own_dose_costs_and_no_set_is_larger(exercises: tuple[Exercise, ...], budget_s: int) -> None:
    index, dosing = index_of(exercises), DosingContext()
    for number, exercise in enumerate(index.exercises):
        options, doses, own = index.options(number, dosing), index.doses(number, dosing), exercise.dose
        first = list_first_options(options, doses, exercise, budget_s, EXTRA_POINTS)
        assert first
        added = {one.dose_id: one.distance for one in first}
        for option in options:
            dose = doses[option.dose_id]
            cost = added[option.dose_id] - option.distance if option.dose_id in added else None
            is_more = total_work_s(dose) > max(total_work_s(own), total_work_s(doses[options[0].dose_id]))
            if not is_more:
                assert cost in ((0, FEWER_SETS_COST) if exercise.pattern == "strength" else (0,)), exercise.slug
            elif cost == 0:
                assert 100 * (dose.breaths or 0) <= MAX_BREATHS_PERCENT * (own.breaths or 0), exercise.slug
            elif cost is not None:
                assert cost == EXTRA_POINTS
                smallest_s = min(set_work_s(one) for one in doses)
                assert set_work_s(dose) <= max(set_work_s(own), smallest_s), exercise.slug


def test_a_single_exercise_may_take_what_time_there_is(exercises: tuple[Exercise, ...]) -> None:
    index, dosing = index_of(exercises), DosingContext()
    options, doses = index.options(0, dosing), index.doses(0, dosing)
    assert list_first_options(options, doses, index.exercises[0], 60, EXTRA_POINTS) == options


@pytest.mark.parametrize(
    ("goals", "kit", "duration_s"),
    [
        (["rotation", "posture"], ["chair", "wall"], 600),
        (["extension", "strength"], ["mat", "resistance_band"], 900),
        (["overhead", "lateral_flexion"], ["mat", "chair"], 480),
        (["stability", "recovery"], ["mat"], 1200),
    ],
)
def test_most_of_a_first_session_is_at_the_own_doses_or_below(
    exercises: tuple[Exercise, ...], goals: list[str], kit: list[str], duration_s: int
) -> None:
    fields = {"duration_s": duration_s, "goals": [{"goal": goal} for goal in goals], "available_equipment": kit}
    plan = built(exercises, **fields)
    items = [item for phase in plan.phases for item in phase.items]
    above = [item for item in items if total_work_s(item.dose) > total_work_s(plan.exercises[item.exercise.slug].dose)]
    assert 4 * len(above) <= len(items), [item.exercise.slug for item in above]


@pytest.mark.parametrize(
    ("kit", "fields", "pulls"),
    [
        (["pullup_bar"], {"duration_s": 1500, "level": 5, "age_band": "18-39"}, PULLS_ON_THE_BAR),
        (["pullup_bar", "step"], {"duration_s": 900, "level": 3}, PULLS_ON_THE_BAR),
        (["pullup_bar", "resistance_band", "step"], {"duration_s": 1200, "level": 4, "seed": 8}, PULLS),
        (["pullup_bar"], {"duration_s": 900, "level": 5, "age_band": "40-64"}, PULLS_ON_THE_BAR),
        (["resistance_band", "chair", "wall"], {"duration_s": 1500, "level": 4}, PULLS),
        (["dumbbell", "bench"], {"duration_s": 1200, "level": 3}, PULLS),
    ],
)
@pytest.mark.parametrize("second", [None, "rotation"])
def test_strength_with_something_to_pull_on_has_a_pull(
    exercises: tuple[Exercise, ...], kit: list[str], fields: dict[str, object], pulls: set[str], second: str | None
) -> None:
    goals = [{"goal": "strength", "weight": 3}, *([{"goal": second}] if second else [])]
    plan = built(exercises, goals=goals, available_equipment=kit, **fields)
    assert pulls & set(plan.exercises)
