"""Thirty described workstations and what should be said of each; bands; the score; the break."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.schemas.session_request import SessionRequest
from app.workstation.assessment import SEVERITY_POINTS, WorkstationAssessment, WorkstationReport, compute_assessment
from app.workstation.checks import severity_above, severity_below, severity_of_deviation
from app.workstation.fit import compute_fit
from app.workstation.observed import ObservedWorkstation

RIGHT_AT_170: dict[str, Any] = {
    "seat_height_cm": 43.5,
    "desk_height_cm": 65.5,
    "desk_height_standing_cm": 103,
    "screen_top_cm": 114,
    "viewing_distance_cm": 68,
    "elbow_deg": 100,
    "screen_offset_deg": 0,
    "screen_tilt_deg": 15,
    "seat_depth_gap_cm": 5,
    "feet": "flat",
    "lumbar_support": True,
    "armrests": True,
    "glare_free": True,
    "mouse_beside_keyboard": True,
    "longest_sitting_min": 30,
    "laptop_only_h": 0,
    "phone_head_down_min_h": 5,
}
WORKSTATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = {
    "everything right": ({"stature_cm": 170}, RIGHT_AT_170, {}),
    "73 cm fixed desk, 160 cm person, chair at knee height": (
        {"stature_cm": 160, "desk": {"fixed_cm": 73}},
        {"seat_height_cm": 41, "desk_height_cm": 73, "feet": "flat"},
        {"desk_height": "severe"},
    ),
    "the same, chair raised and a footrest added": (
        {"stature_cm": 160, "desk": {"fixed_cm": 73}},
        {"seat_height_cm": 52.5, "desk_height_cm": 73, "feet": "footrest", "screen_top_cm": 120},
        {},
    ),
    "the same, chair raised and feet in the air": (
        {"stature_cm": 160, "desk": {"fixed_cm": 73}},
        {"seat_height_cm": 52.5, "desk_height_cm": 73, "feet": "dangling"},
        {"feet": "severe"},
    ),
    "chair too high at a low desk, feet in the air": (
        {"stature_cm": 160},
        {"seat_height_cm": 47, "desk_height_cm": 62, "feet": "dangling"},
        {"feet": "severe", "seat_height": "moderate"},
    ),
    "laptop only": (
        {"stature_cm": 175, "device": "laptop"},
        {"desk_height_cm": 68, "screen_top_cm": 90, "laptop_only_h": 7},
        {"screen_top": "severe", "laptop_only": "severe"},
    ),
    "laptop for an hour": ({"stature_cm": 175, "device": "laptop"}, {"laptop_only_h": 1}, {"laptop_only": "minor"}),
    "laptop on a stand": (
        {"stature_cm": 175, "device": "laptop"},
        {"desk_height_cm": 67, "screen_top_cm": 113, "laptop_only_h": 0.5},
        {},
    ),
    "two equal screens meeting ahead": (
        {"stature_cm": 180, "screens": "two_equal"},
        {"screen_offset_deg": 18, "screen_top_cm": 119},
        {},
    ),
    "two equal screens, used as one at the side": (
        {"stature_cm": 180, "screens": "two_equal"},
        {"screen_offset_deg": 28},
        {"screen_offset": "moderate"},
    ),
    "one screen at the side": ({"stature_cm": 180}, {"screen_offset_deg": 18}, {"screen_offset": "moderate"}),
    "main screen far to the side": (
        {"stature_cm": 180, "screens": "main_and_side"},
        {"screen_offset_deg": 40},
        {"screen_offset": "severe"},
    ),
    "progressive lenses, screen at eye level": (
        {"stature_cm": 170, "lenses": "progressive"},
        {"screen_top_cm": 121.5},
        {"screen_top": "severe"},
    ),
    "progressive lenses, screen lowered and tilted": (
        {"stature_cm": 170, "lenses": "progressive"},
        {"screen_top_cm": 111, "screen_tilt_deg": 28},
        {},
    ),
    "single lenses, the same tilt": ({"stature_cm": 170}, {"screen_tilt_deg": 28}, {"screen_tilt": "minor"}),
    "screen leaning forward": ({"stature_cm": 170}, {"screen_tilt_deg": -5}, {"screen_tilt": "moderate"}),
    "screen on the desk, tall person": ({"stature_cm": 190}, {"screen_top_cm": 115}, {"screen_top": "severe"}),
    "screen a little high": ({"stature_cm": 170}, {"screen_top_cm": 119}, {"screen_top": "minor"}),
    "screen too near": ({"stature_cm": 170}, {"viewing_distance_cm": 42}, {"viewing_distance": "moderate"}),
    "screen too near for a tall person": (
        {"stature_cm": 195},
        {"viewing_distance_cm": 58},
        {"viewing_distance": "minor"},
    ),
    "screen across the room": ({"stature_cm": 170}, {"viewing_distance_cm": 130}, {"viewing_distance": "severe"}),
    "tall person, low desk and chair": (
        {"stature_cm": 195},
        {"seat_height_cm": 43, "desk_height_cm": 68, "feet": "flat"},
        {"seat_height": "moderate", "desk_height": "moderate"},
    ),
    "standing desk too high": (
        {"stature_cm": 165, "desk": {"min_cm": 65, "max_cm": 125}},
        {"desk_height_standing_cm": 112},
        {"desk_height_standing": "severe"},
    ),
    "standing desk right": (
        {"stature_cm": 165, "desk": {"min_cm": 62, "max_cm": 125}},
        {"desk_height_cm": 64, "desk_height_standing_cm": 100},
        {},
    ),
    "elbows tightly bent": ({"stature_cm": 170}, {"elbow_deg": 75}, {"elbow_angle": "moderate"}),
    "arms stretched out": ({"stature_cm": 170}, {"elbow_deg": 150}, {"elbow_angle": "severe"}),
    "deep seat without low-back support": (
        {"stature_cm": 155},
        {"seat_depth_gap_cm": 0, "lumbar_support": False},
        {"seat_depth_gap": "severe", "lumbar_support": "minor"},
    ),
    "glare, far mouse, no armrests": (
        {"stature_cm": 170},
        {"glare_free": False, "mouse_beside_keyboard": False, "armrests": False},
        {"glare": "minor", "mouse": "minor", "armrests": "minor"},
    ),
    "a day without getting up": ({"stature_cm": 170}, {"longest_sitting_min": 150}, {"longest_sitting": "severe"}),
    "always on the phone": ({"stature_cm": 170}, {"phone_head_down_min_h": 35}, {"phone_head_down": "moderate"}),
    "measured elbows, desk two and a half too high": (
        {"stature_cm": 170, "measured": {"elbow_rest_cm": 24}},
        {"desk_height_cm": 68.1},
        {"desk_height": "minor"},
    ),
    "estimated elbows, the same desk lies inside the error": ({"stature_cm": 170}, {"desk_height_cm": 67.9}, {}),
}


def report(body: dict[str, Any], measured: dict[str, Any]) -> WorkstationReport:
    return compute_assessment(WorkstationAssessment.model_validate({"body": body, "measured": measured}))


@pytest.mark.parametrize("name", WORKSTATIONS)
def test_a_described_workstation_gets_its_findings(name: str) -> None:
    body, measured, expected = WORKSTATIONS[name]
    found = report(body, measured)
    assert {one.check: one.severity for one in found.findings} == expected
    assert found.score == max(0, 100 - sum({"minor": 3, "moderate": 8, "severe": 15}[one] for one in expected.values()))


def test_there_are_thirty_of_them() -> None:
    assert len(WORKSTATIONS) >= 30


def test_the_desk_of_the_160_cm_person_is_corrected_by_moving_the_chair() -> None:
    (found,) = report(*WORKSTATIONS["73 cm fixed desk, 160 cm person, chair at knee height"][:2]).findings
    assert found.correction_cm == found.correction == -11.3
    assert found.target is not None
    assert (found.target.value, found.measured) == (61.7, 73.0)
    assert "Raise the chair by 11 cm" in found.action
    assert "footrest of 11 cm" in found.action


@pytest.mark.parametrize(
    ("body", "height", "said"),
    [
        ({"stature_cm": 160, "desk": {"min_cm": 60, "max_cm": 120}}, 73, "Set the desk to 62 cm"),
        ({"stature_cm": 160}, 73, "Lower the desk by 11 cm. If it is fixed: raise the chair"),
        ({"stature_cm": 150, "desk": {"fixed_cm": 85}}, 85, "Lower the desk by 27 cm or use another"),
        ({"stature_cm": 195, "desk": {"fixed_cm": 68}}, 68, "blocks of 7 cm"),
    ],
)
def test_what_to_move_depends_on_the_desk(body: dict[str, Any], height: float, said: str) -> None:
    (found,) = report(body, {"desk_height_cm": height}).findings
    assert said in found.action


@given(st.integers(1400, 2050), st.integers(-23, 23))
def test_inside_one_standard_error_of_an_estimated_body_nothing_is_wrong(stature: int, tenths: int) -> None:
    body = {"stature_cm": stature / 10}
    right = compute_fit(WorkstationAssessment.model_validate({"body": body, "measured": {"elbow_deg": 100}}).body)
    measured = {
        "desk_height_cm": right.desk_sitting.value + tenths / 10,
        "seat_height_cm": right.seat_height.value + tenths * 1.5 / 23,
        "screen_top_cm": right.screen_top_sitting.value + tenths * 1.7 / 23,
        "desk_height_standing_cm": right.desk_standing.value + tenths * 1.6 / 23,
    }
    assert report(body, measured).findings == ()


anything = st.fixed_dictionaries(
    {},
    optional={
        "lumbar_support": st.booleans(),
        "elbow_deg": st.integers(30, 180),
        "screen_offset_deg": st.integers(0, 90),
        "viewing_distance_cm": st.integers(15, 250),
        "laptop_only_h": st.integers(0, 24),
        "longest_sitting_min": st.integers(0, 900),
        "seat_depth_gap_cm": st.integers(0, 30),
        "feet": st.sampled_from(["flat", "dangling"]),
    },
).filter(bool)


@given(anything)
def test_the_score_adds_up_and_the_gravest_come_first(measured: dict[str, Any]) -> None:
    found = report({"stature_cm": 170}, measured)
    points = [SEVERITY_POINTS[one.severity] for one in found.findings]
    assert found.score == max(0, 100 - sum(points))
    assert points == sorted(points, reverse=True)
    order = [(-SEVERITY_POINTS[one.severity], not one.costs_nothing) for one in found.findings]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("off", "severity"),
    [(-3.1, "minor"), (-3, None), (2, None), (2.1, "minor"), (4, "minor"), (4.1, "moderate"), (7, "moderate"),
     (7.1, "severe"), (-4.1, "moderate"), (-7.1, "severe")],
)  # fmt: skip
def test_the_bands_of_a_height_at_their_edges(off: float, severity: str | None) -> None:
    assert severity_of_deviation(off, 3, 2, 4, 7) == severity


@pytest.mark.parametrize(
    ("field", "edges"),
    [
        ("elbow_deg", {90: None, 89.9: "minor", 80: "minor", 79.9: "moderate", 70: "moderate", 69.9: "severe",
                       120: None, 120.1: "minor", 135: "minor", 135.1: "severe"}),
        ("viewing_distance_cm", {53: None, 52.9: "minor", 49.9: "minor", 45: "minor", 44.9: "moderate",
                                 40: "moderate", 39.9: "severe", 100: None, 110: "minor", 120: "moderate",
                                 120.1: "severe"}),
        ("screen_offset_deg", {5: None, 5.1: "minor", 15: "minor", 15.1: "moderate", 30: "moderate", 30.1: "severe"}),
        ("screen_tilt_deg", {0: None, 20: None, 20.1: "minor", 30: "minor", 30.1: "moderate", -0.1: "moderate"}),
        ("seat_depth_gap_cm", {3: None, 7: None, 2.9: "minor", 1: "minor", 0.9: "moderate", 0: "severe", 10: "minor",
                               10.1: "moderate"}),
        ("longest_sitting_min", {45: None, 45.1: "minor", 60: "minor", 60.1: "moderate", 120: "moderate",
                                 120.1: "severe"}),
        ("laptop_only_h", {0.9: None, 1: "minor", 2: "minor", 2.1: "moderate", 4: "moderate", 4.1: "severe"}),
        ("phone_head_down_min_h", {9.9: None, 10: "minor", 20: "minor", 20.1: "moderate", 40: "moderate",
                                   40.1: "severe"}),
    ],
)  # fmt: skip
def test_the_bands_at_their_edges(field: str, edges: dict[float, str | None]) -> None:
    for value, severity in edges.items():
        found = report({"stature_cm": 170}, {field: value}).findings
        assert [one.severity for one in found] == ([severity] if severity else []), value


def test_above_and_below_mirror_each_other() -> None:
    for value in range(60):
        assert severity_above(value, 10, 20, 40) == severity_below(-value, -10, -20, -40)


@pytest.mark.parametrize("name", WORKSTATIONS)
def test_the_break_is_a_session_request_that_is_taken_as_it_is(name: str) -> None:
    sent = report(*WORKSTATIONS[name][:2]).model_dump(mode="json", by_alias=True)["break"]
    taken = SessionRequest.model_validate(sent)
    assert taken.purpose == "desk_break"
    assert taken.duration_s in (180, 300)
    assert taken.available_equipment == ("chair",)


def test_the_break_answers_what_was_found() -> None:
    turned = report({"stature_cm": 170}, {"screen_offset_deg": 25}).break_
    assert turned.goals[0].goal == "rotation"
    long_day = report({"stature_cm": 170}, {"longest_sitting_min": 120}).break_
    assert long_day.duration_s == 300
    low = report({"stature_cm": 190}, {"screen_top_cm": 110}).break_
    assert low.goals[0].goal == "extension"


def test_nothing_measured_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least one measurement"):
        ObservedWorkstation()


@pytest.mark.parametrize("measured", [{"lumbar_support": 1}, {"lumbar_support": "true"}, {"elbow_deg": True}], ids=str)
def test_yes_and_no_are_no_numbers(measured: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ObservedWorkstation.model_validate(measured)
