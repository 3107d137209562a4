"""Described workstations with the findings that they should have, and short calls of fit and assessment."""

from typing import Any, NamedTuple

from app.workstation.assessment import WorkstationAssessment, WorkstationReport, compute_assessment
from app.workstation.body import WorkstationBody
from app.workstation.fit import WorkstationFit, compute_fit


class Case(NamedTuple):
    """The request of an assessment, and the severity of each expected finding by its check."""

    body: dict[str, Any]
    measured: dict[str, Any]
    severities: dict[str, str]


ALL_RIGHT_AT_170: dict[str, Any] = {
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
WORKSTATIONS: dict[str, Case] = {
    "everything right": Case({"stature_cm": 170}, ALL_RIGHT_AT_170, {}),
    "73 cm fixed desk, 160 cm person, chair at knee height": Case(
        {"stature_cm": 160, "desk": {"fixed_cm": 73}},
        {"seat_height_cm": 41, "desk_height_cm": 73, "feet": "flat"},
        {"desk_height": "severe"},
    ),
    "the same, chair raised and a footrest added": Case(
        {"stature_cm": 160, "desk": {"fixed_cm": 73}},
        {"seat_height_cm": 52.5, "desk_height_cm": 73, "feet": "footrest", "screen_top_cm": 120},
        {},
    ),
    "the same, chair raised and feet in the air": Case(
        {"stature_cm": 160, "desk": {"fixed_cm": 73}},
        {"seat_height_cm": 52.5, "desk_height_cm": 73, "feet": "dangling"},
        {"feet": "severe"},
    ),
    "chair too high at a low desk, feet in the air": Case(
        {"stature_cm": 160},
        {"seat_height_cm": 47, "desk_height_cm": 62, "feet": "dangling"},
        {"feet": "severe", "seat_height": "moderate"},
    ),
    "laptop only": Case(
        {"stature_cm": 175, "device": "laptop"},
        {"desk_height_cm": 68, "screen_top_cm": 90, "laptop_only_h": 7},
        {"screen_top": "severe", "laptop_only": "severe"},
    ),
    "laptop for an hour": Case({"stature_cm": 175, "device": "laptop"}, {"laptop_only_h": 1}, {"laptop_only": "minor"}),
    "laptop on a stand": Case(
        {"stature_cm": 175, "device": "laptop"},
        {"desk_height_cm": 67, "screen_top_cm": 113, "laptop_only_h": 0.5},
        {},
    ),
    "two equal screens meeting ahead": Case(
        {"stature_cm": 180, "screens": "two_equal"},
        {"screen_offset_deg": 18, "screen_top_cm": 119},
        {},
    ),
    "two equal screens, used as one at the side": Case(
        {"stature_cm": 180, "screens": "two_equal"},
        {"screen_offset_deg": 28},
        {"screen_offset": "moderate"},
    ),
    "one screen at the side": Case({"stature_cm": 180}, {"screen_offset_deg": 18}, {"screen_offset": "moderate"}),
    "main screen far to the side": Case(
        {"stature_cm": 180, "screens": "main_and_side"},
        {"screen_offset_deg": 40},
        {"screen_offset": "severe"},
    ),
    "progressive lenses, screen at eye level": Case(
        {"stature_cm": 170, "lenses": "progressive"},
        {"screen_top_cm": 121.5},
        {"screen_top": "severe"},
    ),
    "progressive lenses, screen lowered and tilted": Case(
        {"stature_cm": 170, "lenses": "progressive"},
        {"screen_top_cm": 111, "screen_tilt_deg": 28},
        {},
    ),
    "single lenses, the same tilt": Case({"stature_cm": 170}, {"screen_tilt_deg": 28}, {"screen_tilt": "minor"}),
    "screen leaning forward": Case({"stature_cm": 170}, {"screen_tilt_deg": -5}, {"screen_tilt": "moderate"}),
    "screen on the desk, tall person": Case({"stature_cm": 190}, {"screen_top_cm": 115}, {"screen_top": "severe"}),
    "screen a little high": Case({"stature_cm": 170}, {"screen_top_cm": 119}, {"screen_top": "minor"}),
    "screen too near": Case({"stature_cm": 170}, {"viewing_distance_cm": 42}, {"viewing_distance": "moderate"}),
    "screen too near for a tall person": Case(
        {"stature_cm": 195},
        {"viewing_distance_cm": 58},
        {"viewing_distance": "minor"},
    ),
    "screen across the room": Case({"stature_cm": 170}, {"viewing_distance_cm": 130}, {"viewing_distance": "severe"}),
    "tall person, low desk and chair": Case(
        {"stature_cm": 195},
        {"seat_height_cm": 43, "desk_height_cm": 68, "feet": "flat"},
        {"seat_height": "moderate", "desk_height": "moderate"},
    ),
    "standing desk too high": Case(
        {"stature_cm": 165, "desk": {"min_cm": 65, "max_cm": 125}},
        {"desk_height_standing_cm": 112},
        {"desk_height_standing": "severe"},
    ),
    "standing desk right": Case(
        {"stature_cm": 165, "desk": {"min_cm": 62, "max_cm": 125}},
        {"desk_height_cm": 64, "desk_height_standing_cm": 100},
        {},
    ),
    "elbows tightly bent": Case({"stature_cm": 170}, {"elbow_deg": 75}, {"elbow_angle": "moderate"}),
    "arms stretched out": Case({"stature_cm": 170}, {"elbow_deg": 150}, {"elbow_angle": "severe"}),
    "deep seat without low-back support": Case(
        {"stature_cm": 155},
        {"seat_depth_gap_cm": 0, "lumbar_support": False},
        {"seat_depth_gap": "severe", "lumbar_support": "minor"},
    ),
    "glare, far mouse, no armrests": Case(
        {"stature_cm": 170},
        {"glare_free": False, "mouse_beside_keyboard": False, "armrests": False},
        {"glare": "minor", "mouse": "minor", "armrests": "minor"},
    ),
    "a day without getting up": Case({"stature_cm": 170}, {"longest_sitting_min": 150}, {"longest_sitting": "severe"}),
    "always on the phone": Case({"stature_cm": 170}, {"phone_head_down_min_h": 35}, {"phone_head_down": "moderate"}),
    "measured elbows, desk two and a half too high": Case(
        {"stature_cm": 170, "measured": {"elbow_rest_cm": 24}},
        {"desk_height_cm": 68.1},
        {"desk_height": "minor"},
    ),
    "estimated elbows, the same desk lies inside the error": Case({"stature_cm": 170}, {"desk_height_cm": 67.9}, {}),
}


def assess(body: dict[str, Any], measured: dict[str, Any]) -> WorkstationReport:
    """Return the report of a request."""
    return compute_assessment(WorkstationAssessment.model_validate({"body": body, "measured": measured}))


def fit(**fields: Any) -> WorkstationFit:
    """Return the fit of a person of 170 cm with these fields."""
    return compute_fit(WorkstationBody.model_validate({"stature_cm": 170, **fields}))
