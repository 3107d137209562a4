"""The figure at its place: whatever the body, its hands meet the keys and its soles meet what carries them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.seated_figure import load_seated_figure
from app.workstation.body import WorkstationBody
from app.workstation.drawing.placed_figure import LAP_MM, PlacedFigure, place_figure
from app.workstation.fit import compute_fit
from app.workstation.posture import find_posture

TIP_ABOVE_KEYS_MM = 13.7
"""Of the drawing: the thickness of a finger."""
own = st.fixed_dictionaries(
    {},
    optional={
        "elbow_rest_cm": st.integers(16, 34),
        "popliteal_cm": st.integers(34, 52),
        "seated_eye_cm": st.integers(105, 135),
    },
)


def seated(said: dict[str, object]) -> tuple[PlacedFigure, WorkstationBody]:
    body = WorkstationBody.model_validate(said)
    at, support = find_posture(body), compute_fit(body).footrest.value
    return place_figure(body.stature_cm, body.shoes_cm, at, at.desk_cm + body.keyboard_cm, support), body


@given(st.integers(155, 190), st.integers(0, 8), st.booleans(), own)
def test_hands_lie_on_the_keys_and_feet_stand(
    stature: int, shoes: int, relaxed: bool, measured: dict[str, int]
) -> None:
    said = {"stature_cm": stature, "shoes_cm": shoes, "relaxed": relaxed, "measured": measured}
    one, body = seated(said)
    keys = find_posture(body).desk_cm + body.keyboard_cm
    assert one.hand[1] == pytest.approx(keys + TIP_ABOVE_KEYS_MM * one.trunk, abs=0.05)
    assert one.foot == 0


@given(st.integers(140, 205))
def test_standing_height_scales_it_whole(stature: int) -> None:
    one, body = seated({"stature_cm": stature})
    assert one.trunk == pytest.approx(one.leg, rel=0.02)
    assert one.stretch == pytest.approx(1, abs=0.03)
    assert one.eye[1] == pytest.approx(find_posture(body).seated_eye_cm, abs=0.1)


def test_feet_stand_on_the_footrest() -> None:
    one, body = seated({"stature_cm": 160, "desk": {"fixed_cm": 73}})
    assert one.foot == pytest.approx(compute_fit(body).footrest.value) != 0


def test_feet_hang_where_the_footrest_is_too_low() -> None:
    one, body = seated({"stature_cm": 150, "chair": {"min_cm": 65, "max_cm": 75}})
    assert one.foot == pytest.approx(find_posture(body).raised_cm)
    assert one.foot > compute_fit(body).footrest.value + 2


def test_hands_wait_on_the_thighs_where_the_desk_is_out_of_reach() -> None:
    one, _ = seated({"stature_cm": 145, "desk": {"fixed_cm": 130}})
    assert load_seated_figure().near_arms[one.arm].keyboard_height == LAP_MM
    assert one.lift == 0


def test_a_low_chair_lifts_the_knees() -> None:
    one, _ = seated({"stature_cm": 205, "chair": {"min_cm": 25, "max_cm": 25}})
    knee = load_seated_figure().near_legs[one.posture].knee[1]
    assert knee > load_seated_figure().near_legs[-1].knee[1]
