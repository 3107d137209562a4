"""What comes instead of an excluded exercise: it serves the same main goal, and no stated condition minds it."""

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from benchmarks.catalogues import index_of

CASES = [
    ["wrist_pain"],
    ["osteoporosis"],
    ["pregnancy_second_third_trimester"],
    ["shoulder_impingement", "fall_risk"],
    ["vertigo", "wrist_pain", "knee_pain"],
]


@pytest.mark.parametrize("conditions", CASES, ids="-".join)
def test_an_alternative_is_neither_barred_nor_asks_for_care(
    exercises: tuple[Exercise, ...], conditions: list[str]
) -> None:
    fields = {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "strength"}], "conditions": conditions}
    request = SessionRequest.model_validate({**fields, "available_equipment": ["chair", "wall", "resistance_band"]})
    plan = build_session(request, index_of(exercises))
    by_slug = {exercise.slug: exercise for exercise in exercises}
    alternatives = [excluded.alternative for excluded in plan.excluded if excluded.alternative is not None]
    assert alternatives
    for slug in alternatives:
        assert not {row.condition for row in by_slug[slug].contraindications} & set(conditions)
    for excluded in plan.excluded:
        if excluded.alternative is not None:
            barred, other = by_slug[excluded.slug], by_slug[excluded.alternative]
            assert barred.goals[0] in other.goal_weights
            assert set(barred.movements) & set(other.movements) or set(barred.regions) & set(other.regions)
            assert (excluded.name, excluded.alternative_name) == (barred.name, other.name)
        assert set(excluded.strains) <= {one.strain for one in by_slug[excluded.slug].strains}
