"""Assessments of described workstations: findings, score and break."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schemas.session_request import SessionRequest
from app.workstation.assessment import SEVERITY_POINTS
from tests.workstation.workstations import WORKSTATIONS, assess

POINTS_BY_SEVERITY = {"minor": 3, "moderate": 8, "severe": 15}
"""As the description of the score says."""


@pytest.mark.parametrize("name", WORKSTATIONS)
def test_a_described_workstation_gets_its_findings(name: str) -> None:
    body, measured, severities = WORKSTATIONS[name]
    report = assess(body, measured)
    assert {finding.check: finding.severity for finding in report.findings} == severities
    assert report.score == max(0, 100 - sum(POINTS_BY_SEVERITY[severity] for severity in severities.values()))


def test_thirty_workstations_are_described() -> None:
    assert len(WORKSTATIONS) >= 30


measurements = st.fixed_dictionaries(
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


@given(measurements)
def test_the_score_adds_up_and_the_most_severe_come_first(measured: dict[str, Any]) -> None:
    report = assess({"stature_cm": 170}, measured)
    points = [SEVERITY_POINTS[finding.severity] for finding in report.findings]
    assert report.score == max(0, 100 - sum(points))
    assert points == sorted(points, reverse=True)
    order = [(-SEVERITY_POINTS[finding.severity], not finding.costs_nothing) for finding in report.findings]
    assert order == sorted(order)


@pytest.mark.parametrize("name", WORKSTATIONS)
def test_a_finding_repeats_what_was_sent(name: str) -> None:
    body, measured, _ = WORKSTATIONS[name]
    sent = {"no" if value is False else value for value in measured.values()}
    for finding in assess(body, measured).findings:
        answers = [value for value in (finding.measured, finding.observed) if value is not None]
        assert len(answers) == 1
        assert answers[0] in sent


@pytest.mark.parametrize("name", WORKSTATIONS)
def test_the_break_is_a_session_request_that_is_accepted_as_it_is(name: str) -> None:
    report = assess(WORKSTATIONS[name].body, WORKSTATIONS[name].measured)
    request = SessionRequest.model_validate(report.model_dump(mode="json", by_alias=True)["break"])
    assert request.purpose == "desk_break"
    assert request.duration_s in (180, 300)
    assert request.available_equipment == ("chair",)


@pytest.mark.parametrize(
    ("body", "measured", "first_goal", "duration_s"),
    [
        ({"stature_cm": 170}, {"screen_offset_deg": 25}, "rotation", 180),
        ({"stature_cm": 170}, {"longest_sitting_min": 120}, "rotation", 300),
        ({"stature_cm": 190}, {"screen_top_cm": 110}, "extension", 180),
    ],
    ids=["screen at the side", "long sitting", "low screen"],
)
def test_the_break_answers_the_findings(
    body: dict[str, Any], measured: dict[str, Any], first_goal: str, duration_s: int
) -> None:
    request = assess(body, measured).break_
    assert request.goals[0].goal == first_goal
    assert request.duration_s == duration_s
