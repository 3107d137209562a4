"""Base models: how request bodies read numbers, and which schemas are open."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from app.kit.models import FrozenModel, RequestModel, StrictModel


class Part(RequestModel):
    reps: int


class Body(RequestModel):
    duration_s: int
    level: int | None = None
    stature_cm: float | None = None
    parts: tuple[Part, ...] = Field((), strict=False)
    counts: tuple[int, ...] = Field((), strict=False)


integers = st.integers(-(2**53), 2**53)
bodies = st.fixed_dictionaries(
    {"duration_s": integers},
    optional={
        "level": st.none() | integers,
        "stature_cm": integers,
        "parts": st.lists(st.fixed_dictionaries({"reps": integers}), max_size=3),
        "counts": st.lists(integers, max_size=3),
    },
)


def write_with_points(value: Any) -> Any:
    """Return a JSON value with every integer as a float."""
    if isinstance(value, dict):
        return {name: write_with_points(item) for name, item in value.items()}
    if isinstance(value, list):
        return [write_with_points(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@given(bodies)
def test_whole_numbers_are_integers_however_they_are_written(body: dict[str, Any]) -> None:
    expected = Body.model_validate(body)
    read = Body.model_validate(json.loads(json.dumps(write_with_points(body))))
    assert read == expected
    assert type(read.duration_s) is int
    assert read.stature_cm is None or type(read.stature_cm) is float


@pytest.mark.parametrize("text", ["300", "300.0", "3e2", "3.0E+2", "30000e-2"])
def test_each_way_to_write_an_integer(text: str) -> None:
    assert Body.model_validate(json.loads(f'{{"duration_s": {text}}}')).duration_s == 300


@pytest.mark.parametrize("text", ['"300"', '"300.0"', "true", "300.5", "1e400", "NaN", "null", "[300]", "{}"])
def test_what_is_no_integer(text: str) -> None:
    with pytest.raises(ValidationError) as failure:
        Body.model_validate(json.loads(f'{{"duration_s": {text}}}'))
    assert [error["loc"] for error in failure.value.errors()] == [("duration_s",)]


@given(st.floats(allow_infinity=True, allow_nan=True).filter(lambda number: not number.is_integer()))
def test_no_other_number_becomes_an_integer(number: float) -> None:
    with pytest.raises(ValidationError):
        Body(duration_s=number)  # type: ignore[arg-type]


def test_only_schemas_of_requests_are_closed() -> None:
    class Answer(FrozenModel):
        name: str

    class File(StrictModel):
        name: str

    assert Body.model_json_schema()["additionalProperties"] is False
    assert Body.model_json_schema()["$defs"]["Part"]["additionalProperties"] is False
    for open_model in (Answer, File):
        assert "additionalProperties" not in open_model.model_json_schema()
        with pytest.raises(ValidationError):
            open_model.model_validate({"name": "x", "nmae": "y"})
