"""The request of an assessment: what is rejected."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.workstation.observed import ObservedWorkstation


def test_a_request_without_any_measurement_is_rejected() -> None:
    with pytest.raises(ValidationError, match="at least one measurement"):
        ObservedWorkstation()


@pytest.mark.parametrize("measured", [{"lumbar_support": 1}, {"lumbar_support": "true"}, {"elbow_deg": True}], ids=str)
def test_booleans_and_numbers_are_not_converted(measured: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ObservedWorkstation.model_validate(measured)
