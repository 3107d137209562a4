"""What a benchmark measures: named values with their units and goals, as a table and as JSON."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class MeasuredValue(NamedTuple):
    """One value. It meets its goal when it is at most that."""

    area: str
    name: str
    value: float
    unit: str
    goal: float | None = None
    details: dict[str, float] = {}  # noqa: RUF012 - never changed
    """What the value was worked out from, by name with its unit."""

    def to_json(self) -> dict[str, Any]:
        """Return the fields that have a value."""
        return {name: value for name, value in self._asdict().items() if value not in (None, {})}


def format_table(measurements: Sequence[MeasuredValue]) -> str:
    """Return the measurements of one area as lines."""
    width = max(len(one.name) for one in measurements)
    return "\n".join(_format_line(one, width) for one in measurements)


def _format_line(one: MeasuredValue, width: int) -> str:
    verdict = ""
    if one.goal is not None:
        verdict = f"  {'met' if one.value <= one.goal else 'MISSED'}: at most {one.goal:.4g}"
    details = ", ".join(f"{name} {value:.4g}" for name, value in one.details.items())
    return f"{one.name:<{width}}  {one.value:9.2f} {one.unit:<10}{verdict:<26}{details}".rstrip()
