"""The checks of an assessment, and when a deviation is minor, moderate or severe."""

from typing import Literal

Severity = Literal["minor", "moderate", "severe"]
CheckId = Literal[
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
]


def severity_of_deviation(
    deviation: float, below: float, above: float, minor: float, moderate: float
) -> Severity | None:
    """Return the severity of a deviation from the target; None from `-below` to `above`.

    Outside, a deviation up to `minor` is minor, up to `moderate` moderate, and severe beyond.
    """
    deviation = round(deviation, 1)
    if -below <= deviation <= above:
        return None
    if abs(deviation) <= minor:
        return "minor"
    return "moderate" if abs(deviation) <= moderate else "severe"


def severity_above(value: float, limit: float, minor: float, moderate: float) -> Severity | None:
    """Return the severity of a value that should be at most `limit`.

    Up to `minor` it is minor, up to `moderate` moderate, and severe beyond; each limit belongs to the milder side.
    """
    if value <= limit:
        return None
    if value <= minor:
        return "minor"
    return "moderate" if value <= moderate else "severe"


def severity_below(value: float, limit: float, minor: float, moderate: float) -> Severity | None:
    """Return the severity of a value that should be at least `limit`; the mirror image of `severity_above`."""
    return severity_above(-value, -limit, -minor, -moderate)


def max_severity(first: Severity | None, second: Severity | None) -> Severity | None:
    """Return the more severe of two; None is no finding."""
    order: tuple[Severity | None, ...] = (None, "minor", "moderate", "severe")
    return max(first, second, key=order.index)
