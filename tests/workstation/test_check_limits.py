"""Checks of distance, angles and hours at the edges of their limits, for a person of 170 cm."""

import pytest

from tests.workstation.workstations import assess


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
def test_a_value_at_the_edges_of_its_limits(field: str, edges: dict[float, str | None]) -> None:
    for value, severity in edges.items():
        findings = assess({"stature_cm": 170}, {field: value}).findings
        assert [finding.severity for finding in findings] == ([severity] if severity else []), value
