"""Findings on seat, desk, screen and feet are one plan: they add up, and a fit of the same desk says the same."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workstation.assessment import WorkstationReport
from app.workstation.body import WorkstationBody
from app.workstation.fit import WorkstationFit, compute_fit
from tests.workstation.workstations import assess, fit

HEIGHTS = {"seat_height", "desk_height", "feet", "screen_top"}


def findings_on_heights(report: WorkstationReport) -> dict[str, Any]:
    return {finding.check: finding for finding in report.findings if finding.check in HEIGHTS}


def fit_at_desk(body: dict[str, Any], desk_cm: int) -> WorkstationFit:
    """Return the fit of a body at its own desk, or at one that stays at a height."""
    desk = body["desk"] or {"fixed_cm": desk_cm}
    return compute_fit(WorkstationBody.model_validate({**body, "desk": desk}))


@pytest.mark.parametrize(
    ("stature", "seat", "desk", "correction", "footrest"),
    [(150, 53, 73, 0.8, 15), (160, 52.4, 73, 0.0, 11), (155, 51, 71, 0.1, 11), (165, 51.5, 74, 1.2, 10)],
)
def test_a_chair_raised_to_a_high_desk_gets_a_footrest_and_no_other_finding(
    stature: int, seat: float, desk: float, correction: float, footrest: int
) -> None:
    measured = {"seat_height_cm": seat, "desk_height_cm": desk, "feet": "flat"}
    (finding,) = assess({"stature_cm": stature}, measured).findings
    assert (finding.check, finding.correction_cm) == ("seat_height", correction)
    assert f"a footrest of {footrest} cm under both feet" in finding.action
    assert (finding.guideline, finding.costs_nothing) == ("footrest", False)


@pytest.mark.parametrize(
    ("stature", "desk", "laptop"),
    [(170, 73, True), (160, 73, True), (180, 75, True), (150, 72, True), (170, 73, False)],
)
def test_a_screen_is_raised_as_high_as_the_fit_says(stature: int, desk: int, laptop: bool) -> None:
    device = "laptop" if laptop else "desktop"
    measured = {"desk_height_cm": desk, "screen_top_cm": desk + 22}
    findings = findings_on_heights(assess({"stature_cm": stature, "device": device}, measured))
    fitted = fit(stature_cm=stature, device=device, desk={"fixed_cm": desk})
    assert findings["screen_top"].target == fitted.screen_top_sitting
    raise_cm = f"{fitted.screen_top_sitting.value - desk - 22:.0f} cm"
    assert f"Raise the screen by {raise_cm}" in findings["screen_top"].action
    if laptop:
        (stand,) = [advice for advice in fitted.advice if advice.code == "laptop_stand"]
        assert raise_cm in stand.text


@pytest.mark.parametrize(
    ("body", "measured", "actions"),
    [
        (
            {"stature_cm": 150, "desk": {"min_cm": 55, "max_cm": 120}},
            {"seat_height_cm": 53, "desk_height_cm": 73, "feet": "flat"},
            {"seat_height": "Lower the seat by 14 cm.", "desk_height": "Set the desk to 58 cm, 15 cm lower than now."},
        ),
        (
            {"stature_cm": 150, "desk": {"min_cm": 68, "max_cm": 120}},
            {"seat_height_cm": 39, "desk_height_cm": 75, "feet": "flat"},
            {"seat_height": "Raise the seat by 10 cm", "desk_height": "Set the desk to 68 cm, 7 cm lower than now."},
        ),
        (
            {"stature_cm": 150, "desk": {"min_cm": 68, "max_cm": 120}},
            {"desk_height_cm": 75},
            {"desk_height": "Raise the chair by 10 cm and put a footrest of 10 cm"},
        ),
        (
            {"stature_cm": 150},
            {"seat_height_cm": 60, "desk_height_cm": 73, "feet": "dangling"},
            {"seat_height": "Lower the seat by 6 cm", "feet": "Put a footrest of 15 cm under both feet."},
        ),
        (
            {"stature_cm": 170, "desk": {"fixed_cm": 73}},
            {"seat_height_cm": 38, "feet": "flat"},
            {"seat_height": "Raise the seat by 13 cm"},
        ),
        (
            {"stature_cm": 160, "desk": {"fixed_cm": 73}, "chair": {"min_cm": 40, "max_cm": 48}},
            {"seat_height_cm": 41, "desk_height_cm": 73, "feet": "flat"},
            {"desk_height": "With the chair at its highest the keys are still 4 cm above the elbows"},
        ),
        (
            {"stature_cm": 160},
            {"seat_height_cm": 47, "desk_height_cm": 62, "feet": "dangling"},
            {"seat_height": "Lower the seat by 6 cm.", "feet": "Lower the chair by 6 cm: then both feet rest"},
        ),
        (
            {"stature_cm": 195},
            {"seat_height_cm": 54, "desk_height_cm": 68, "feet": "footrest"},
            {"seat_height": "Lower the seat by 4 cm.", "desk_height": "blocks of 7 cm"},
        ),
        (
            {"stature_cm": 190, "chair": {"min_cm": 38, "max_cm": 43}},
            {"seat_height_cm": 43},
            {"seat_height": "a firm cushion helps"},
        ),
    ],
)
def test_seat_desk_and_feet_are_moved_together(
    body: dict[str, Any], measured: dict[str, Any], actions: dict[str, str]
) -> None:
    findings = findings_on_heights(assess(body, measured))
    assert findings.keys() == actions.keys()
    for check, text in actions.items():
        assert text in findings[check].action


@pytest.mark.parametrize("angle", [60, 75, 85])
def test_tight_elbows_move_the_keyboard_only_where_seat_and_desk_have_findings(angle: int) -> None:
    measured = {"seat_height_cm": 50, "desk_height_cm": 66, "elbow_deg": angle}
    actions = {finding.check: finding.action for finding in assess({"stature_cm": 170}, measured).findings}
    assert actions["seat_height"].startswith("Lower the seat")
    assert "raise the chair" not in actions["elbow_angle"]


@pytest.mark.parametrize(("stature", "seat"), [(170, 38), (160, 36), (185, 41)])
def test_feet_that_hang_from_a_low_seat_do_not_raise_it(stature: int, seat: int) -> None:
    (finding,) = assess({"stature_cm": stature}, {"seat_height_cm": seat, "feet": "dangling"}).findings
    assert finding.check == "feet"
    assert "measure from the floor to the back of the knee" in finding.action


desks = st.sampled_from([None, "fixed", {"min_cm": 60, "max_cm": 125}, {"min_cm": 68, "max_cm": 85}])


@given(st.integers(145, 200), desks, st.integers(58, 82), st.integers(34, 62), st.sampled_from(["flat", "dangling"]))
def test_who_does_what_the_findings_say_has_no_finding_left(
    stature: int, desk: Any, desk_cm: int, seat_cm: int, feet: str
) -> None:
    if isinstance(desk, dict):
        desk_cm = max(desk_cm, desk["min_cm"])
    body = {"stature_cm": stature, "desk": {"fixed_cm": desk_cm} if desk == "fixed" else desk}
    measured = {"seat_height_cm": seat_cm, "desk_height_cm": desk_cm, "feet": feet}
    report = assess(body, measured)
    findings = findings_on_heights(report)
    text = " ".join(finding.action for finding in findings.values())
    moves = {word.lower() for word in re.findall("(lower|raise) the (?:seat|chair)", text, re.IGNORECASE)}
    assert len(moves) <= 1, text
    plan = fit_at_desk(body, desk_cm)
    measures_knees = any("measure from the floor" in finding.action for finding in findings.values())
    if measures_knees or desk_cm - plan.desk_sitting.value > 19.9 or plan.desk_sitting.value - desk_cm > 3:
        return
    for check, name in (("seat_height", "seat_height_cm"), ("desk_height", "desk_height_cm")):
        if check in findings:
            measured[name] += findings[check].correction_cm
    if "desk_height" in findings and "raise the chair" in findings["desk_height"].action.lower():
        measured["seat_height_cm"] = plan.seat_height.value
        if "Set the desk" not in findings["desk_height"].action:
            # The desk stays, and the chair comes up to it.
            measured["desk_height_cm"] = desk_cm
    measured["feet"] = "footrest" if plan.footrest.value else "flat"
    assert findings_on_heights(assess(body, measured)) == {}, (findings, measured)
