"""A recommended dimension: its value, its range, how sure it is, and its source."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel

DimensionUnit = TypeAliasType(
    "DimensionUnit",
    Annotated[
        Literal["cm", "mm", "deg", "min", "h", "min/h"], Field(description="The unit of a dimension of a workstation.")
    ],
)
Confidence = TypeAliasType(
    "Confidence", Annotated[Literal["estimated", "measured"], Field(description="How sure a dimension is.")]
)


class FittedDimension(FrozenModel):
    """A value with the range inside which nothing needs to be changed."""

    value: float = Field(description="What to aim at, rounded to one decimal.")
    unit: DimensionUnit
    min: float = Field(description="The lowest value that is still right.")
    max: float = Field(description="The highest value that is still right.")
    confidence: Confidence = Field(
        description="`measured` where it rests on the person's own measurement, `estimated` where it rests on stature."
    )
    source: str = Field(
        description="Slug under `/v1/references`; `editorial` for our own choice, `own-measure` for a measured body."
    )


def make_dimension(
    value: float,
    below: float,
    above: float,
    *,
    unit: DimensionUnit = "cm",
    measured: bool = False,
    source: str = "ansur-ii",
) -> FittedDimension:
    """Return a value with the range from `value - below` to `value + above`, all rounded to one decimal."""
    return FittedDimension(
        value=_round_tenths(value),
        unit=unit,
        min=_round_tenths(value - below),
        max=_round_tenths(value + above),
        confidence="measured" if measured else "estimated",
        source="own-measure" if measured else source,
    )


def _round_tenths(value: float) -> float:
    return round(value, 1) + 0.0  # never -0.0
