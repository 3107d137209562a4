"""Severities at the edges of their limits."""

import pytest

from app.workstation.checks import (
    DeviationLimits,
    ValueLimits,
    max_severity,
    severity_above,
    severity_below,
    severity_from,
    severity_of_deviation,
)


@pytest.mark.parametrize(
    ("deviation", "severity"),
    [(-3.1, "minor"), (-3, None), (2, None), (2.1, "minor"), (4, "minor"), (4.1, "moderate"), (7, "moderate"),
     (7.1, "severe"), (-4.1, "moderate"), (-7.1, "severe")],
)  # fmt: skip
def test_a_deviation_at_its_limits(deviation: float, severity: str | None) -> None:
    assert severity_of_deviation(deviation, DeviationLimits(3, 2, 4, 7)) == severity


def test_above_and_below_mirror_each_other() -> None:
    for value in range(60):
        assert severity_above(value, ValueLimits(10, 20, 40)) == severity_below(-value, ValueLimits(-10, -20, -40))


def test_only_severity_from_counts_the_first_limit_itself() -> None:
    limits = ValueLimits(10, 20, 40)
    assert severity_above(10, limits) is None
    assert severity_from(10, limits) == "minor"
    assert all(severity_above(value, limits) == severity_from(value, limits) for value in (9, 11, 20, 21, 40, 41))


def test_the_more_severe_of_two_wins() -> None:
    assert max_severity(None, "minor") == "minor"
    assert max_severity("severe", "moderate") == "severe"
    assert max_severity(None, None) is None
