"""What a finding is, and how far off makes it minor, moderate or severe."""

from typing import Literal

from pydantic import Field

from app.kit.models import FrozenModel
from app.workstation.measure import FittedMeasure

Severity = Literal["minor", "moderate", "severe"]
Check = Literal[
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


class Finding(FrozenModel):
    """One thing that is off, how far, and what to move."""

    check: Check
    severity: Severity
    measured: float | bool | str = Field(description="What was sent.")
    target: FittedMeasure | None = Field(description="What would be right; null where there is no number for it.")
    correction: float | None = Field(description="Target less measured, in the target's unit; null without a number.")
    correction_cm: float | None = Field(description="Target less measured of this check, whatever is moved; lengths.")
    move: str = Field(description="What to do.")
    free: bool = Field(description="True where nothing has to be bought.")
    guideline: str = Field(description="Slug under `/v1/guidelines`.")
    why: str


def finding(
    check: Check,
    severity: Severity,
    measured: float | bool | str,
    target: FittedMeasure | None,
    move: str,
    *,
    free: bool,
    guideline: str,
    why: str,
) -> Finding:
    """A finding with its correction worked out."""
    is_number = target is not None and isinstance(measured, float)
    correction = round(target.value - float(measured), 1) + 0.0 if target is not None and is_number else None
    return Finding(
        check=check,
        severity=severity,
        measured=measured,
        target=target,
        correction=correction,
        correction_cm=correction if target is not None and target.unit == "cm" else None,
        move=move,
        free=free,
        guideline=guideline,
        why=why,
    )


def off_target(off: float, low: float, high: float, minor: float, moderate: float) -> Severity | None:
    """Severity of lying `off` the target: right from `-low` to `high`, then by size up to `minor` and `moderate`."""
    off = round(off, 1)
    if -low <= off <= high:
        return None
    if abs(off) <= minor:
        return "minor"
    return "moderate" if abs(off) <= moderate else "severe"


def above(value: float, right: float, minor: float, moderate: float) -> Severity | None:
    """Severity of a value that should be low; each limit itself still belongs to the milder side."""
    if value <= right:
        return None
    if value <= minor:
        return "minor"
    return "moderate" if value <= moderate else "severe"


def below(value: float, right: float, minor: float, moderate: float) -> Severity | None:
    """Severity of a value that should be high; each limit itself still belongs to the milder side."""
    return above(-value, -right, -minor, -moderate)


def worse(one: Severity | None, other: Severity | None) -> Severity | None:
    """The graver of two."""
    order: tuple[Severity | None, ...] = (None, "minor", "moderate", "severe")
    return max(one, other, key=order.index)
