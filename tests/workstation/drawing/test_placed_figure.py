"""The placed figure: for every body the hands meet the keys, and the soles meet what supports them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.seated_figure import load_seated_figure
from app.workstation.body import WorkstationBody
from app.workstation.drawing.placed_figure import LAP_MM, MIN_HANGING_CM, PlacedFigure, place_figure
from app.workstation.fit import compute_fit
from app.workstation.posture import find_posture

FINGER_THICKNESS_MM = 13.7
"""Of the drawing: how far the hand lies above the keys."""
measurements = st.fixed_dictionaries(
    {},
    optional={
        "elbow_rest_cm": st.integers(16, 34),
        "popliteal_cm": st.integers(34, 52),
        "seated_eye_cm": st.integers(105, 135),
    },
)


def place(**fields: Any) -> tuple[PlacedFigure, WorkstationBody]:
    body = WorkstationBody.model_validate(fields)
    posture, footrest = find_posture(body), compute_fit(body).footrest.value
    keys = posture.desk_cm + body.keyboard_cm
    return place_figure(body.reference_stature_cm, body.soles_cm, posture, keys, footrest), body


@given(st.integers(155, 190), st.integers(0, 8), st.booleans(), measurements)
def test_hands_lie_on_the_keys_and_feet_stand(
    stature: int, shoes: int, relaxed: bool, measured: dict[str, int]
) -> None:
    figure, body = place(stature_cm=stature, shoes_cm=shoes, relaxed=relaxed, measured=measured)
    keys = find_posture(body).desk_cm + body.keyboard_cm
    assert figure.hand[1] == pytest.approx(keys + FINGER_THICKNESS_MM * figure.trunk_scale, abs=0.05)
    assert figure.support_cm == 0


@given(st.integers(140, 205))
def test_stature_scales_the_whole_figure(stature: int) -> None:
    figure, body = place(stature_cm=stature)
    assert figure.trunk_scale == pytest.approx(figure.leg_scale, rel=0.02)
    assert figure.shin_stretch == pytest.approx(1, abs=0.03)
    assert figure.eye[1] == pytest.approx(find_posture(body).seated_eye_cm, abs=0.1)


def test_feet_stand_on_the_footrest() -> None:
    figure, body = place(stature_cm=160, desk={"fixed_cm": 73})
    assert figure.support_cm == pytest.approx(compute_fit(body).footrest.value) != 0


def test_feet_hang_where_the_footrest_is_too_low() -> None:
    figure, body = place(stature_cm=150, chair={"min_cm": 65, "max_cm": 75})
    assert figure.support_cm == pytest.approx(find_posture(body).raised_cm)
    assert figure.support_cm > compute_fit(body).footrest.value + MIN_HANGING_CM


def test_hands_lie_on_the_thighs_where_the_desk_is_out_of_reach() -> None:
    figure, _ = place(stature_cm=145, desk={"fixed_cm": 130})
    assert load_seated_figure().near_arms[figure.arm_number].keyboard_height == LAP_MM
    assert figure.arm_lift_cm == 0


def test_a_low_chair_lifts_the_knees() -> None:
    figure, _ = place(stature_cm=205, chair={"min_cm": 25, "max_cm": 25})
    legs = load_seated_figure().near_legs
    assert legs[figure.leg_number].knee[1] > legs[-1].knee[1]
