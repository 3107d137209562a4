"""The checks of an assessment, and when a deviation is minor, moderate or severe."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

Severity = TypeAliasType(
    "Severity",
    Annotated[
        Literal["minor", "moderate", "severe"], Field(description="How far a workstation is from what would be right.")
    ],
)
CheckId = TypeAliasType(
    "CheckId",
    Annotated[
        Literal[
            "seat_height",
            "desk_height",
            "desk_height_standing",
            "screen_top",
            "viewing_distance",
            "elbow_angle",
            "screen_offset",
            "screen_tilt",
            "seat_depth_gap",
            "feet",
            "lumbar_support",
            "armrests",
            "glare",
            "mouse",
            "longest_sitting",
            "laptop_only",
            "phone_head_down",
        ],
        Field(description="Stable name of a check of a workstation."),
    ],
)


class DeviationLimits(NamedTuple):
    """Limits of a deviation from a target, in the unit of the target. Each limit belongs to the milder side."""

    below: float
    """A value that is lower than the target by this much is still right."""
    above: float
    """A value that is higher than the target by this much is still right."""
    max_minor: float
    max_moderate: float


class ValueLimits(NamedTuple):
    """Limits of a value that should be small (or large, for `severity_below`). Each belongs to the milder side."""

    tolerated: float
    """The last value that is still right."""
    minor: float
    """The last value that is a minor finding."""
    moderate: float
    """The last value that is a moderate finding."""


def severity_of_deviation(deviation: float, limits: DeviationLimits) -> Severity | None:
    """Return the severity of a deviation `value - target`; None where the value is right."""
    deviation = round(deviation, 1)  # as precise as a target, so that a limit itself is met
    if -limits.below <= deviation <= limits.above:
        return None
    if abs(deviation) <= limits.max_minor:
        return "minor"
    return "moderate" if abs(deviation) <= limits.max_moderate else "severe"


def severity_above(value: float, limits: ValueLimits) -> Severity | None:
    """Return the severity of a value that should be small; None where it is right."""
    if value <= limits.tolerated:
        return None
    if value <= limits.minor:
        return "minor"
    return "moderate" if value <= limits.moderate else "severe"


def severity_below(value: float, limits: ValueLimits) -> Severity | None:
    """Return the severity of a value that should be large; None where it is right."""
    return severity_above(-value, ValueLimits(-limits.tolerated, -limits.minor, -limits.moderate))


def severity_from(value: float, limits: ValueLimits) -> Severity | None:
    """Return the severity of a value that should be smaller than `tolerated`, which itself is a minor finding."""
    return "minor" if value == limits.tolerated else severity_above(value, limits)


def max_severity(first: Severity | None, second: Severity | None) -> Severity | None:
    """Return the more severe of two; None is no finding."""
    order: tuple[Severity | None, ...] = (None, "minor", "moderate", "severe")
    return max(first, second, key=order.index)
