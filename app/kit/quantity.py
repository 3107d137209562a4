"""Numbers that people measure: strict, finite, with a unit and a range that the refusal names."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema


@dataclass(frozen=True)
class Quantity:
    """For `Annotated[float, Quantity(...)]`: `low` to `high`, both allowed; `true` and "170" are refused.

    The value itself is never repeated in the message: it may be a health fact.
    """

    low: float
    high: float
    unit: str
    says: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        number = core_schema.float_schema(strict=True, allow_inf_nan=False)
        return core_schema.no_info_after_validator_function(self._within, number)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        said = f"{self.says} In {self.unit}, {self.low:g} to {self.high:g}."
        return {"type": "number", "minimum": self.low, "maximum": self.high, "description": said}

    def _within(self, value: float) -> float:
        if not self.low <= value <= self.high:
            raise ValueError(f"Input should be between {self.low:g} and {self.high:g} {self.unit}")
        return value
