"""The independent judge sees a fault of every kind: `test_invariants.py` trusts it."""

from dataclasses import replace
from typing import Any

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from benchmarks.catalogues import index_of
from benchmarks.judge.care_checks import Case, find_care_faults
from benchmarks.judge.facts import Facts, read_facts
from benchmarks.judge.sum_checks import find_sum_faults

LYING = {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "breathing"}], "level": 3}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts()


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"strains": {"floor_transfer": {"avoid": "mild"}}}, "barred strain"),
        ({"strains": {}, "avoid_together": [{"floor_transfer": "mild", "side_lying": "full"}]}, "barred strain"),
        ({"strains": {"floor_transfer": {"caution": "mild"}}}, "caution not told"),
        ({"strains": {"floor_transfer": {"caution": "mild", "max_total_s": 60}}}, "time limit of a strain"),
        ({"strains": {"trunk_rotation": {"caution": "mild", "apart": True}}}, "strains to keep apart"),
        ({"strains": {"sustained_end_range": {"caution": "mild", "max_hold_s": 5}}}, "hold limit of a strain"),
        ({"strains": {"floor_transfer": {"caution": "mild"}}}, "cue against a caution"),
        ({"strains": {}, "positions": ["seated"]}, "position of a condition"),
        ({"strains": {}, "first_level": 0}, "level of a first session"),
    ],
)
def test_the_judge_sees_what_a_stricter_rule_forbids(
    exercises: tuple[Exercise, ...], facts: Facts, rule: dict[str, Any], kind: str
) -> None:
    named = ["side-lying-windmill", "supine-spinal-twist"]
    request = SessionRequest.model_validate({**LYING, "include": named})
    plan = build_session(request, index_of(exercises))
    stated = request.model_copy(update={"conditions": ("hypertension",)})
    # Every cue is taken for one that asks for a change of height.
    asking = {
        slug: dict.fromkeys((cue.text for cue in one.cues), "floor_transfer") for slug, one in plan.exercises.items()
    }
    known = {slug: replace(facts.exercises[slug], cue_strains=cues) for slug, cues in asking.items()}
    case = Case(stated, plan, Facts(known, {"hypertension": rule}))
    assert kind in {found for found, _ in find_care_faults(case)}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"duration_s": 899}, "seconds do not add up"),
        ({"shortfall_s": 90, "shortfall_reason": None}, "longer than asked"),
        ({"storable_notes": ("With what you stated, stay seated.",)}, "stored text tells of the person"),
    ],
)
def test_the_judge_sees_sums_that_are_not_kept(
    exercises: tuple[Exercise, ...], facts: Facts, change: dict[str, Any], kind: str
) -> None:
    request = SessionRequest.model_validate(LYING)
    plan = build_session(request, index_of(exercises))
    assert kind in {found for found, _ in find_sum_faults(Case(request, plan._replace(**change), facts))}
