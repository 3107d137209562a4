"""Lengths of requests: a field in cm, `stature_cm`, has a twin in inches, `stature_in`; one of the two is sent.

A model declares the field in cm only. `RequestModel` calls what is here: inches are checked against the same range in
inches, turned into cm once, and nothing behind the model knows of them.
"""

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple, get_args

from pydantic import AliasChoices, ValidatorFunctionWrapHandler
from pydantic.fields import FieldInfo

from app.kit.quantity import Quantity

CM_PER_INCH = 2.54
IN_CM, IN_INCHES = "_cm", "_in"
"""Ends of the names of fields."""


class Inches(NamedTuple):
    """What was sent in inches, not checked yet."""

    value: Any


class BothUnits(NamedTuple):
    """Stands for a length that was sent in both units."""

    detail: str


def to_cm(inches: float) -> float:
    """Return a length in cm, rounded to a tenth of a millimetre: a tape tells no more."""
    return round(inches * CM_PER_INCH, 2)


class Length(Quantity):
    """Validates a length in cm, or one that was sent in inches; errors tell the range in the unit that was sent."""

    def __init__(self, minimum: float, maximum: float, description: str) -> None:
        """`minimum` and `maximum` are in cm."""
        super().__init__(minimum, maximum, "cm", description)

    @cached_property
    def in_inches(self) -> Quantity:
        """The same range in inches, rounded inwards to hundredths: whatever lies in it lies in the range in cm."""
        minimum = math.ceil(self.minimum / CM_PER_INCH * 100) / 100
        maximum = math.floor(self.maximum / CM_PER_INCH * 100) / 100
        return Quantity(minimum, maximum, "inches", self.description)

    def check_number(self, value: Any, read_number: ValidatorFunctionWrapHandler) -> float:
        """Return the length in cm. Raises `ValueError` when it is out of range, or given twice."""
        if isinstance(value, BothUnits):
            raise ValueError(value.detail)
        if isinstance(value, Inches):
            return to_cm(self.in_inches.check_number(value.value, read_number))
        return super().check_number(value, read_number)


def name_in_inches(name: str) -> str:
    """Return the name of the twin of a field in cm."""
    return name.removesuffix(IN_CM) + IN_INCHES


def input_names(name: str) -> str | AliasChoices:
    """Return the names under which a field may be sent: two for a length."""
    return AliasChoices(name, name_in_inches(name)) if name.endswith(IN_CM) else name


def mark_inches(data: Mapping[str, Any], fields: Mapping[str, FieldInfo]) -> dict[str, Any]:
    """Return the fields that were sent, each length once: in cm as it is, in inches marked as such.

    Null in one unit means that the other is meant: some clients send every optional field.
    """
    marked = dict(data)
    for inch_name in data:
        cm_name = inch_name.removesuffix(IN_INCHES) + IN_CM
        if not inch_name.endswith(IN_INCHES) or cm_name not in fields:
            continue
        inches = marked.pop(inch_name)
        if inches is None:
            continue
        # Left under its own name, so that an error tells the name that was sent.
        if marked.pop(cm_name, None) is None:
            marked[inch_name] = Inches(inches)
        else:
            marked[inch_name] = BothUnits(f"Give {cm_name} or {inch_name}, not both")
    return marked


def add_inches(schema: dict[str, Any], fields: Mapping[str, FieldInfo]) -> None:
    """Add the twins in inches to the JSON schema of a model: behind each length, none of them required."""
    properties: dict[str, Any] = {}
    for name, property_schema in schema.get("properties", {}).items():
        properties[name] = property_schema
        length = find_length(fields[name]) if name in fields else None
        if length is not None:
            properties[name_in_inches(name)] = _describe_twin(name, length)
    if properties:
        schema["properties"] = properties
    required = [name for name in schema.pop("required", ()) if not name.endswith(IN_CM)]
    if required:
        schema["required"] = required


def find_length(field: FieldInfo) -> Length | None:
    """Return the length that a field takes, or None where it takes something else."""
    parts = [*field.metadata, *(part for choice in get_args(field.annotation) for part in get_args(choice))]
    return next((part for part in parts if isinstance(part, Length)), None)


def _describe_twin(name: str, length: Length) -> dict[str, Any]:
    number = length.in_inches.json_schema()
    description = f"{number.pop('description')} In place of `{name}`."
    return {"anyOf": [number, {"type": "null"}], "description": description}
