"""The request of a fit: what is rejected."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.workstation.body import WorkstationBody


@pytest.mark.parametrize("stature", [139, 139.9, 205.1, 206])
def test_a_stature_outside_the_range_is_rejected_with_the_range(stature: float) -> None:
    with pytest.raises(ValidationError, match="between 140 and 205 cm"):
        WorkstationBody(stature_cm=stature)


@pytest.mark.parametrize("value", [True, "170", float("nan"), float("inf"), None])
def test_a_stature_that_is_no_number_is_rejected(value: Any) -> None:
    with pytest.raises(ValidationError):
        WorkstationBody.model_validate({"stature_cm": value})


@pytest.mark.parametrize(
    "desk", [{}, {"fixed_cm": 73, "min_cm": 60}, {"min_cm": 60}, {"min_cm": 90, "max_cm": 80}], ids=str
)
def test_a_desk_is_fixed_or_adjustable(desk: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        WorkstationBody.model_validate({"stature_cm": 170, "desk": desk})
