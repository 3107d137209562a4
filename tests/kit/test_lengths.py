"""Lengths in inches: each field in cm of a request has a twin, with the same range, and one of the two is sent."""

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.kit.lengths import Length, to_cm
from app.kit.models import RequestModel
from app.kit.quantity import Quantity


class Body(RequestModel):
    stature_cm: Annotated[float, Length(140, 205, "Standing height.")]
    shoes_cm: Annotated[float, Length(0, 12, "Soles.")] = 2.5
    desk_cm: Annotated[float, Length(45, 140, "Desk.")] | None = None
    screen_in: Annotated[float, Quantity(10, 49, "inches", "Diagonal.")] | None = None


def errors_of(body: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        Body.model_validate(body)
    return [("/".join(map(str, error["loc"])), error["msg"]) for error in refused.value.errors()]


@given(st.decimals(56, 80, places=2).map(float))
def test_inches_mean_the_same_as_their_centimetres(inches: float) -> None:
    assert Body.model_validate({"stature_in": inches}) == Body(stature_cm=round(inches * 2.54, 2))
    mixed = {"stature_cm": 170, "shoes_in": 1, "desk_in": 30, "screen_in": 24}
    assert Body.model_validate(mixed) == Body(stature_cm=170, shoes_cm=2.54, desk_cm=76.2, screen_in=24)


@pytest.mark.parametrize(
    ("body", "name", "message"),
    [
        ({"stature_in": 55.11}, "stature_in", "between 55.12 and 80.7 inches"),
        ({"stature_in": 80.71}, "stature_in", "between 55.12 and 80.7 inches"),
        ({"stature_in": 170}, "stature_in", "between 55.12 and 80.7 inches"),
        ({"stature_cm": 67}, "stature_cm", "between 140 and 205 cm"),
        ({"stature_in": "67"}, "stature_in", "a valid number"),
        ({"stature_in": True}, "stature_in", "a valid number"),
        ({"stature_in": float("nan")}, "stature_in", "finite number"),
        ({"stature_in": 67, "stature_cm": 170}, "stature_in", "Give stature_cm or stature_in, not both"),
        ({"stature_in": 67, "stature_cm": 170.18}, "stature_in", "Give stature_cm or stature_in, not both"),
        ({"stature_in": 67, "soles_in": 1}, "soles_in", "not permitted"),
        ({"stature_in": None}, "stature_cm", "required"),
        ({}, "stature_cm", "required"),
    ],
    ids=str,
)
def test_an_error_names_the_field_and_the_unit_that_was_sent(body: dict[str, Any], name: str, message: str) -> None:
    [(location, text)] = errors_of(body)
    assert location == name
    assert message in text


def test_every_wrong_length_is_told_at_once() -> None:
    names = [name for name, _ in errors_of({"stature_in": 1, "shoes_cm": 99, "desk_in": 9})]
    assert names == ["stature_in", "shoes_cm", "desk_in"]


def test_null_in_one_unit_leaves_the_other() -> None:
    nulls = {"stature_in": None, "shoes_in": None, "desk_in": None}
    assert Body.model_validate({"stature_cm": 170, **nulls}) == Body(stature_cm=170)
    assert Body.model_validate({"stature_in": 67, "stature_cm": None, "desk_cm": None}) == Body(stature_cm=170.18)


@given(st.floats(0, 300), st.floats(0, 300))
def test_what_is_in_the_range_in_inches_is_in_the_range_in_cm(first: float, second: float) -> None:
    length = Length(min(first, second), max(first, second) + 1, "A length.")
    limits = length.in_inches
    for inches in (limits.minimum, limits.maximum):
        assert length.minimum - 0.005 <= to_cm(inches) <= length.maximum + 0.005
    assert (limits.minimum - length.minimum / 2.54) < 0.0101
    assert (length.maximum / 2.54 - limits.maximum) < 0.0101


def test_the_document_has_both_units_and_requires_neither() -> None:
    schema = Body.model_json_schema()
    assert list(schema["properties"]) == [
        *("stature_cm", "stature_in", "shoes_cm", "shoes_in", "desk_cm", "desk_in", "screen_in")
    ]
    assert "required" not in schema
    assert schema["properties"]["stature_in"] == {
        "anyOf": [{"type": "number", "minimum": 55.12, "maximum": 80.7}, {"type": "null"}],
        "description": "Standing height. In inches, 55.12 to 80.7. In place of `stature_cm`.",
    }
