"""A wheelchair user with a band gets a whole strength session, and nothing that asks for what the body cannot give."""

from typing import Any

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import SwapRequest
from app.sessions.build import build_session
from benchmarks.catalogues import index_of

BAND = "resistance_band"
KIT = {"available_equipment": ["chair", BAND], "goals": [{"goal": "strength"}]}
WEAK_TRUNK = ["wheelchair_user", "limited_trunk_control"]


@pytest.mark.parametrize(
    ("request_fields", "least_with_band"),
    [
        ({"duration_s": 900, "level": 2, "positions": ["seated"]}, 4),
        ({"duration_s": 900, "level": 2, "conditions": ["wheelchair_user"], "age_band": "65+"}, 4),
        ({"duration_s": 1200, "level": 3, "conditions": WEAK_TRUNK}, 4),
        # A painful shoulder bars pulling and raising overhead; the pull-apart shares its family with the squeeze.
        ({"duration_s": 900, "level": 2, "conditions": ["wheelchair_user", "shoulder_impingement"]}, 3),
        # The seat of the wheelchair is the chair.
        ({"duration_s": 900, "level": 1, "conditions": ["wheelchair_user"], "available_equipment": [BAND]}, 3),
    ],
)
def test_a_seated_session_with_a_band_is_a_whole_strength_session(
    exercises: tuple[Exercise, ...], request_fields: dict[str, Any], least_with_band: int
) -> None:
    plan = build_session(SessionRequest.model_validate({**KIT, **request_fields}), index_of(exercises))
    played = list(plan.exercises.values())
    with_band = [one for one in played if one.pattern == "strength" and BAND in str(one.equipment)]
    assert plan.duration_s >= 0.85 * request_fields["duration_s"]
    assert len(with_band) >= least_with_band
    assert {"pull", "push"} <= {one.load_group for one in with_band}
    assert {one.position for one in played} == {"seated"}
    degrees = {(one.strain, one.degree) for exercise in played for one in exercise.strains}
    assert ("leg_support", "full") not in degrees
    assert ("sitting_balance", "full") not in degrees or request_fields.get("conditions") != WEAK_TRUNK


def test_a_wheelchair_user_who_names_positions_on_the_floor_is_told_to_take_care(
    exercises: tuple[Exercise, ...],
) -> None:
    fields = {"duration_s": 600, "goals": [{"goal": "recovery"}], "conditions": ["wheelchair_user"]}
    request = SessionRequest.model_validate({**fields, "positions": ["supine", "side_lying"]})
    plan = build_session(request, index_of(exercises))
    assert {exercise.position for exercise in plan.exercises.values()} <= {"supine", "side_lying"}
    assert {"floor_transfer"} <= {
        strain for phase in plan.phases for item in phase.items for care in item.cautions for strain in care.strains
    }


@pytest.mark.parametrize("named", [[], ["none"], [BAND], [BAND, "chair"]])
def test_the_seat_of_a_wheelchair_counts_as_a_chair_and_is_not_stored(
    exercises: tuple[Exercise, ...], named: list[str]
) -> None:
    fields = {"duration_s": 600, "goals": [{"goal": "rotation"}], "available_equipment": named}
    plain = SessionRequest.model_validate(fields)
    stated = SwapRequest(position_in_session=1, conditions=("wheelchair_user",)).added_to(plain)
    assert stated == SessionRequest.model_validate({**fields, "conditions": ["wheelchair_user"]})
    assert stated.available_equipment == plain.available_equipment
    plan = build_session(stated, index_of(exercises))
    assert {exercise.position for exercise in plan.exercises.values()} == {"seated"}
