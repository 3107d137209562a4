"""Measured numbers: strict, within their range, and never repeated in a refusal."""

from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.kit.quantity import Quantity

LENGTH: TypeAdapter[float] = TypeAdapter(Annotated[float, Quantity(10, 20.5, "cm", "A length.")])


@pytest.mark.parametrize("value", [10, 10.0, 15, 20.5])
def test_what_lies_within_is_taken_as_a_float(value: float) -> None:
    taken = LENGTH.validate_python(value)
    assert taken == value
    assert isinstance(taken, float)


@pytest.mark.parametrize(
    "value", [True, "15", None, float("nan"), float("inf"), 10**400, [15]], ids=lambda value: str(value)[:9]
)
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        LENGTH.validate_python(value)


@pytest.mark.parametrize("value", [9.9, 20.6, -7777])
def test_what_lies_outside_is_refused_with_the_range_and_without_the_value(value: float) -> None:
    with pytest.raises(ValidationError) as refused:
        LENGTH.validate_python(value)
    (error,) = refused.value.errors()
    assert error["msg"].endswith("between 10 and 20.5 cm")
    assert str(value) not in error["msg"]


def test_the_document_says_range_and_unit() -> None:
    assert LENGTH.json_schema() == {
        "type": "number",
        "minimum": 10,
        "maximum": 20.5,
        "description": "A length. In cm, 10 to 20.5.",
    }
