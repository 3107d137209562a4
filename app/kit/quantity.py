"""Measured numbers: strict, finite, with a unit and a range that the error message names."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidatorFunctionWrapHandler
from pydantic_core import core_schema


@dataclass(frozen=True)
class Quantity:
    """Validates `Annotated[float, Quantity(...)]`: `minimum` to `maximum`, both allowed; `true` and "170" are not.

    The value itself is never repeated in the message: it may be a health fact.
    """

    minimum: float
    maximum: float
    unit: str
    description: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        number = core_schema.float_schema(strict=True, allow_inf_nan=False)
        return core_schema.no_info_wrap_validator_function(self.check_number, number)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON schema of the number: its range, and a description that names range and unit."""
        description_with_range = f"{self.description} In {self.unit}, {self.minimum:g} to {self.maximum:g}."
        return {
            "type": "number",
            "minimum": self.minimum,
            "maximum": self.maximum,
            "description": description_with_range,
        }

    def check_number(self, value: Any, read_number: ValidatorFunctionWrapHandler) -> float:
        """Return `value`, which `read_number` checks to be a number. Raises `ValueError` when it is out of range."""
        number: float = read_number(value)
        if not self.minimum <= number <= self.maximum:
            raise ValueError(f"This should be between {self.minimum:g} and {self.maximum:g} {self.unit}")
        return number
