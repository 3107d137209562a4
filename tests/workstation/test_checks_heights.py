"""Checks of heights: what to change, and the standard error inside which nothing is a finding."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workstation.body import WorkstationBody
from app.workstation.fit import compute_fit
from tests.workstation.workstations import WORKSTATIONS, assess


def test_the_desk_of_the_160_cm_person_is_corrected_by_moving_the_chair() -> None:
    body, measured, _ = WORKSTATIONS["73 cm fixed desk, 160 cm person, chair at knee height"]
    (finding,) = assess(body, measured).findings
    assert finding.correction_cm == finding.correction == -11.3
    assert finding.target is not None
    assert (finding.target.value, finding.measured) == (61.7, 73.0)
    assert "Raise the chair by 11 cm" in finding.action
    assert "footrest of 11 cm" in finding.action


@pytest.mark.parametrize(
    ("body", "height", "text"),
    [
        ({"stature_cm": 160, "desk": {"min_cm": 60, "max_cm": 120}}, 73, "Set the desk to 62 cm"),
        ({"stature_cm": 160}, 73, "Lower the desk by 11 cm. If it is fixed: raise the chair"),
        ({"stature_cm": 150, "desk": {"fixed_cm": 85}}, 85, "Lower the desk by 27 cm or use another"),
        ({"stature_cm": 195, "desk": {"fixed_cm": 68}}, 68, "blocks of 7 cm"),
    ],
)
def test_the_action_depends_on_the_desk(body: dict[str, Any], height: float, text: str) -> None:
    (finding,) = assess(body, {"desk_height_cm": height}).findings
    assert text in finding.action


@given(st.integers(1400, 2050), st.integers(-23, 23))
def test_inside_one_standard_error_of_an_estimated_body_there_is_no_finding(stature: int, tenths: int) -> None:
    body = {"stature_cm": stature / 10}
    fitted = compute_fit(WorkstationBody.model_validate(body))
    assert fitted.desk_standing is not None
    measured = {
        "desk_height_cm": fitted.desk_sitting.value + tenths / 10,
        "seat_height_cm": fitted.seat_height.value + tenths * 1.5 / 23,
        "screen_top_cm": fitted.screen_top_sitting.value + tenths * 1.7 / 23,
        "desk_height_standing_cm": fitted.desk_standing.value + tenths * 1.6 / 23,
    }
    assert assess(body, measured).findings == ()


@pytest.mark.parametrize(
    ("options", "guideline"),
    [
        ({}, "screen-height"),
        ({"lenses": "progressive"}, "progressive-lenses"),
        ({"device": "laptop"}, "laptop-setup"),
        ({"device": "laptop", "lenses": "progressive"}, "laptop-setup"),
    ],
    ids=str,
)
def test_a_low_screen_follows_the_guideline_of_its_kind(options: dict[str, str], guideline: str) -> None:
    (finding,) = assess({"stature_cm": 190, **options}, {"screen_top_cm": 90}).findings
    assert (finding.check, finding.guideline) == ("screen_top", guideline)
