"""A wheelchair: its seat stays, own measurements do without stature, and nothing is said of footrests and standing."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.workstation.body import WorkstationBody
from app.workstation.drawing.diagram import draw_diagram
from app.workstation.fit import WorkstationFit, compute_fit
from tests.workstation.workstations import assess

OWN = {"seated_elbow_cm": 72, "seated_eye_cm": 126}


def make_wheelchair(seat: float = 52, **fields: Any) -> dict[str, Any]:
    return {"wheelchair": True, "chair": {"fixed_cm": seat}, **fields}


def fit_wheelchair(**fields: Any) -> WorkstationFit:
    return compute_fit(WorkstationBody.model_validate(make_wheelchair(**fields)))


@pytest.mark.parametrize(
    ("seat", "fields", "desk", "eye"),
    [
        (52, {"measured": OWN}, 70, 126),
        (48, {"measured": {"elbow_rest_cm": 22, "seated_eye_cm": 120}}, 68, 120),
        (50, {"stature_cm": 170}, 72, 128),
        (54, {"stature_cm": 150, "measured": {"seated_elbow_cm": 76}}, 74, 122.8),
    ],
)
@pytest.mark.parametrize("shoes", [0, 3])
def test_desk_and_screen_follow_the_seat(
    seat: float, fields: dict[str, Any], desk: float, eye: float, shoes: float
) -> None:
    fitted = fit_wheelchair(seat=seat, shoes_cm=shoes, **fields)
    assert (fitted.seat_height.value, fitted.desk_sitting.value, fitted.eye_sitting.value) == (seat, desk, eye)
    assert (fitted.desk_standing, fitted.eye_standing, fitted.screen_top_standing, fitted.seat_depth) == (None,) * 4
    assert fitted.footrest.value == 0


@pytest.mark.parametrize(
    "desk", [{"fixed_cm": height} for height in (60, 66, 73, 78, 95)] + [{"min_cm": 75, "max_cm": 120}]
)
def test_no_advice_moves_the_chair_or_the_feet(desk: dict[str, float]) -> None:
    fitted = fit_wheelchair(measured=OWN, desk=desk)
    words = " ".join(advice.text for advice in fitted.advice).lower()
    assert not [word for word in ("footrest", "raise the seat", "chair at its highest", "standing") if word in words]
    assert fitted.seat_height.value == 52
    codes = {advice.code for advice in fitted.advice}
    assert ("keyboard_tray" in codes) == (fitted.desk_setting.value > 71)
    assert draw_diagram(WorkstationBody.model_validate(make_wheelchair(measured=OWN, desk=desk)))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"wheelchair": True, "measured": OWN}, "chair.fixed_cm"),
        ({"wheelchair": True, "measured": OWN, "chair": {"min_cm": 45, "max_cm": 55}}, "chair.fixed_cm"),
        (make_wheelchair(), "Give stature_cm, or measured.seated_eye_cm"),
        (make_wheelchair(measured={"seated_elbow_cm": 70}), "Give stature_cm, or measured.seated_eye_cm"),
        ({"wheelchair": False, "measured": OWN, "chair": {"fixed_cm": 52}}, "required"),
    ],
    ids=str,
)
def test_what_a_wheelchair_needs_is_said(body: dict[str, Any], error: str) -> None:
    with pytest.raises(ValidationError, match=error):
        WorkstationBody.model_validate(body)


def test_an_assessment_moves_what_can_be_moved() -> None:
    measured = {"seat_height_cm": 45, "desk_height_cm": 78, "desk_height_standing_cm": 130, "seat_depth_gap_cm": 0,
                "feet": "dangling", "elbow_deg": 80, "screen_top_cm": 120}  # fmt: skip
    report = assess(make_wheelchair(measured=OWN), measured)
    actions = {finding.check: finding.action for finding in report.findings}
    assert actions.keys() == {"desk_height", "feet", "elbow_angle"}
    assert actions["desk_height"].startswith("On this seat the keys are 8 cm above the elbows: lower the desk")
    assert "footplates" in actions["feet"]
    assert "raise the chair" not in actions["elbow_angle"]
    assert report.break_.positions == ("seated",)


@pytest.mark.parametrize(("eye", "again"), [(128, False), (132, False), (105, True), (150, True)])
def test_a_measurement_is_compared_with_a_body_on_this_seat(eye: float, again: bool) -> None:
    fitted = fit_wheelchair(seat=50, stature_cm=170, measured={"seated_eye_cm": eye, "popliteal_cm": 30})
    codes = [advice.code for advice in fitted.advice if advice.code.endswith("_again")]
    assert codes == (["measure_eyes_again"] if again else [])
