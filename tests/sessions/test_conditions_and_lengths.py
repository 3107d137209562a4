"""Conditions, purposes and lengths: what must never be in a session, and how full it must be."""

import contextlib
import random
from itertools import product
from typing import Any

import pytest

from app.kit.closed_lists import list_words
from app.rules.vocabulary import ConditionWithRules, Goal, Position, Purpose
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from benchmarks.catalogues import index_of
from benchmarks.session_requests import EQUIPMENT_SETS

CONDITIONS = [condition for condition in list_words(ConditionWithRules) if condition != "vertebral_fracture_recent"]


@pytest.mark.parametrize("purpose", list_words(Purpose))
def test_no_barred_exercise_in_any_session(exercises: tuple[Exercise, ...], purpose: Purpose) -> None:
    rng = random.Random(purpose)
    by_slug = {exercise.slug: exercise for exercise in exercises}
    for number, condition in enumerate(CONDITIONS):
        for seconds in ((120, 600), (1200,))[(number + len(purpose)) % 2]:
            request = SessionRequest.model_validate(
                {
                    "duration_s": seconds,
                    "goals": [{"goal": goal} for goal in rng.sample(list_words(Goal), 3)],
                    "available_equipment": rng.choice(EQUIPMENT_SETS[3:]),
                    "level": 5,
                    "purpose": purpose,
                    "conditions": [condition],
                    # Named, because positions that follow from a condition would leave too little to choose from.
                    "positions": list_words(Position),
                    "seed": rng.randrange(99),
                }
            )
            plan = build_session(request, index_of(exercises))
            for slug in {event.slug for event in plan.timeline}:
                rules = by_slug[slug].contraindications
                assert not any(rule.condition == condition and rule.verdict == "avoid" for rule in rules)
            cautioned = {i.exercise.slug for b in plan.phases for i in b.items if i.cautions}
            assert cautioned == {
                slug
                for slug in plan.exercises
                if any(c.condition == condition for c in by_slug[slug].contraindications)
            }
            storable = str([plan.storable_reasons, plan.storable_notes, plan.coverage])
            assert condition not in storable
            assert "condition" not in storable
            for excluded in plan.excluded:
                assert excluded.alternative not in {other.slug for other in plan.excluded}


@pytest.mark.parametrize("goal", list_words(Goal))
def test_a_minute_at_the_desk_takes_a_minute(exercises: tuple[Exercise, ...], goal: str) -> None:
    """With any kit, at any age and level; where nothing fits, there is no session at all."""
    plan_count = 0
    for equipment, level, age in product(EQUIPMENT_SETS, (1, 3, 5), (None, "65+")):
        fields = {
            "duration_s": 60,
            "goals": [{"goal": goal}],
            "purpose": "desk_break",
            "available_equipment": equipment,
        }
        with contextlib.suppress(InfeasibleRequestError):
            plan = build_session(
                SessionRequest.model_validate({**fields, "level": level, "age_band": age}), index_of(exercises)
            )
            assert 55 <= plan.duration_s <= 60, (equipment, level, age)
            plan_count += 1
    is_suited = any(goal in exercise.goal_weights and "desk_break" in exercise.suits for exercise in exercises)
    assert bool(plan_count) == is_suited


def test_ten_minutes_are_filled(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(3)
    for _ in range(40):
        fields: dict[str, Any] = {
            "duration_s": 600,
            "goals": [{"goal": goal} for goal in rng.sample(list_words(Goal), 2)],
            "available_equipment": rng.choice(EQUIPMENT_SETS),
            "level": rng.choice((2, 3)),
            "seed": rng.randrange(99),
        }
        assert build_session(SessionRequest.model_validate(fields), index_of(exercises)).duration_s >= 588, fields


def test_an_hour_is_not_padded_with_repeats(exercises: tuple[Exercise, ...]) -> None:
    fields = {"duration_s": 3600, "goals": [{"goal": "breathing"}], "positions": ["supine", "prone"], "level": 1}
    plan = build_session(SessionRequest.model_validate(fields), index_of(exercises))
    slugs = [item.exercise.slug for block in plan.phases for item in block.items]
    assert len(slugs) == len(set(slugs))
    assert plan.shortfall_s > 600
    assert plan.shortfall_reason


def test_a_goal_that_nothing_serves_is_reported(exercises: tuple[Exercise, ...]) -> None:
    fields = {"duration_s": 600, "goals": [{"goal": "decompression"}, {"goal": "rotation"}]}
    fields |= {"positions": ["seated"], "available_equipment": ["chair"]}
    plan = build_session(SessionRequest.model_validate(fields), index_of(exercises))
    assert plan.coverage[0].actual_share == 0
    assert plan.coverage[0].reason
    assert plan.coverage[1].actual_share == 1


def test_a_break_of_nothing_but_the_impossible_is_refused(exercises: tuple[Exercise, ...]) -> None:
    fields = {"duration_s": 60, "goals": [{"goal": "rotation"}], "purpose": "desk_break", "positions": ["prone"]}
    with pytest.raises(InfeasibleRequestError) as raised:
        build_session(SessionRequest.model_validate(fields), index_of(exercises))
    assert raised.value.conflict == ("positions", "purpose")
