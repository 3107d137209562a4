"""Advice of a fit: which desk, chair and screen gets which, and with which numbers."""

from typing import Any

import pytest

from app.workstation.fit import WorkstationFit
from tests.workstation.workstations import assess, fit


def codes_of(fitted: WorkstationFit) -> set[str]:
    return {advice.code for advice in fitted.advice}


def test_a_chair_with_a_low_maximum_needs_a_keyboard_tray() -> None:
    fitted = fit(stature_cm=160, desk={"fixed_cm": 73}, chair={"min_cm": 40, "max_cm": 48})
    assert fitted.seat_height.value == 48
    assert {"keyboard_tray", "raise_chair_add_footrest"} <= codes_of(fitted)


def test_a_desk_too_high_for_a_footrest_must_be_lowered() -> None:
    fitted = fit(stature_cm=150, desk={"fixed_cm": 80})
    assert fitted.footrest.value == 0
    assert codes_of(fitted) & {"lower_the_desk", "raise_chair_add_footrest"} == {"lower_the_desk"}


def test_a_desk_at_standing_height_is_for_standing_only() -> None:
    assert "standing_desk_only" in codes_of(fit(desk={"fixed_cm": 104}))


def test_a_low_desk_is_put_on_blocks() -> None:
    fitted = fit(stature_cm=195, desk={"fixed_cm": 68})
    assert "raise_the_desk" in codes_of(fitted)
    assert fitted.seat_height.value == fit(stature_cm=195).seat_height.value


def test_a_chair_that_is_too_low_gets_a_cushion() -> None:
    fitted = fit(stature_cm=195, chair={"min_cm": 38, "max_cm": 45})
    assert fitted.seat_height.value == 45
    assert "chair_too_low" in codes_of(fitted)


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ({"device": "laptop"}, "laptop_stand"),
        ({"screens": "two_equal"}, "two_equal_screens"),
        ({"screens": "main_and_side"}, "side_screen"),
        ({"lenses": "progressive"}, "progressive_lenses"),
        ({"desk": {"min_cm": 62, "max_cm": 125}}, "sit_and_stand"),
        ({"desk": {"min_cm": 62, "max_cm": 85}}, "desk_too_low_to_stand"),
    ],
    ids=str,
)
def test_each_kind_of_desk_and_screen_has_its_advice(option: dict[str, Any], code: str) -> None:
    assert code in codes_of(fit(**option))
    assert code not in codes_of(fit())


def test_a_laptop_is_raised_to_the_height_of_a_screen() -> None:
    (stand,) = [advice for advice in fit(device="laptop").advice if advice.code == "laptop_stand"]
    assert "about 24 cm" in stand.text


@pytest.mark.parametrize("desk", [None, {"min_cm": 60, "max_cm": 120}])
def test_a_high_chair_needs_a_footrest_where_the_desk_is_adjustable(desk: Any) -> None:
    fitted = fit(chair={"min_cm": 50, "max_cm": 55}, desk=desk)
    assert codes_of(fitted) & {"footrest_for_high_chair", "raise_chair_add_footrest"} == {"footrest_for_high_chair"}


def test_a_keyboard_tray_is_advised_once() -> None:
    fitted = fit(stature_cm=160, desk={"fixed_cm": 73}, chair={"min_cm": 40, "max_cm": 48})
    assert sum("tray" in advice.text for advice in fitted.advice) == 1


def test_a_low_chair_needs_a_cushion_and_at_a_high_desk_a_tray_too() -> None:
    low = {"min_cm": 30, "max_cm": 36}
    assert codes_of(fit(chair=low)) & {"chair_too_low", "keyboard_tray"} == {"chair_too_low"}
    fitted = fit(chair=low, desk={"fixed_cm": 75})
    assert {"chair_too_low", "keyboard_tray"} <= codes_of(fitted)
    assert any("Even at knee height the keys are still 9 cm" in advice.text for advice in fitted.advice)


def test_elbows_below_the_thighs_must_be_measured_again() -> None:
    assert "measure_elbows" in codes_of(fit(measured={"elbow_rest_cm": 13}))
    for likely in (17, 19, 24):
        assert "measure_elbows" not in codes_of(fit(measured={"elbow_rest_cm": likely}))


def test_a_fixed_desk_is_met_by_chair_and_footrest() -> None:
    fitted = fit(stature_cm=160, desk={"fixed_cm": 73})
    assert (fitted.seat_height.value, fitted.footrest.value, fitted.desk_setting.value) == (52.4, 11.3, 73.0)
    assert "raise_chair_add_footrest" in codes_of(fitted)


@pytest.mark.parametrize(
    ("stature", "desk", "thickness"),
    [
        (150, {"fixed_cm": 73}, "1.7"),
        (145, {"fixed_cm": 70}, "1.5"),
        (160, {"min_cm": 60, "max_cm": 120}, "2.1"),
        (175, {"fixed_cm": 74, "thickness_cm": 4}, "2.7"),
    ],
)
def test_a_desk_top_that_is_too_thick_for_the_thighs_is_said(stature: int, desk: Any, thickness: str) -> None:
    fitted = fit(stature_cm=stature, desk=desk)
    (advice,) = [advice for advice in fitted.advice if advice.code == "thin_desk_top"]
    assert f"at most {thickness} cm" in advice.text
    assert fitted.desk_setting.value - fitted.under_desk.value == pytest.approx(float(thickness), abs=0.15)
    for right in ({**desk, "thickness_cm": 1.2}, None):
        assert "thin_desk_top" not in codes_of(fit(stature_cm=stature, desk=right))


def test_elbows_at_the_thighs_leave_no_room_for_a_desk_top() -> None:
    (advice,) = [
        advice
        for advice in fit(desk={"fixed_cm": 66}, measured={"elbow_rest_cm": 20}).advice
        if advice.code == "thin_desk_top"
    ]
    assert "no desk top fits" in advice.text


@pytest.mark.parametrize(
    ("measured", "codes"),
    [
        ({"popliteal_cm": 58, "seated_eye_cm": 85}, {"measure_knees_again", "measure_eyes_again"}),
        ({"popliteal_cm": 34}, {"measure_knees_again"}),
        ({"seated_elbow_cm": 80}, {"measure_elbows_again"}),
        ({"elbow_rest_cm": 12}, {"measure_elbows_again"}),
        ({"popliteal_cm": 36, "seated_elbow_cm": 57, "elbow_rest_cm": 21, "seated_eye_cm": 113}, set()),
        ({"popliteal_cm": 46.5, "seated_elbow_cm": 74, "elbow_rest_cm": 27.5, "seated_eye_cm": 125}, set()),
    ],
)
def test_a_measurement_that_hardly_anybody_has_is_asked_for_again(measured: Any, codes: set[str]) -> None:
    assert {code for code in codes_of(fit(measured=measured)) if code.endswith("_again")} == codes
    report = assess({"stature_cm": 170, "measured": measured}, {"glare_free": True})
    assert {advice.code for advice in report.advice} == codes
