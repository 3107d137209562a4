"""Points by seconds of a goal rise ever more slowly, and the jitter is small and fixed."""

from itertools import pairwise

import pytest

from app.sessions.problem.utility import (
    FULL_COVERAGE_POINTS,
    JITTER_RANGE,
    WORK_SHARE_PER_MILLE,
    jitter,
    points_per_second,
    utility_curve,
)

BUDGETS_S = (60, 300, 900, 3600)


@pytest.mark.parametrize("budget_s", BUDGETS_S)
@pytest.mark.parametrize("share", [(1, 1), (1, 3), (3, 7)])
def test_utility_never_falls_and_rises_ever_more_slowly(share: tuple[int, int], budget_s: int) -> None:
    curve = utility_curve(share, budget_s, points_per_second(budget_s))
    rates = [after - before for before, after in pairwise(curve)]
    assert curve[0] == 0
    assert len(curve) >= budget_s + 1
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] >= 0


@pytest.mark.parametrize("budget_s", BUDGETS_S)
def test_a_goal_that_reaches_its_target_has_about_full_coverage(budget_s: int) -> None:
    """Rates are whole points a second: in an hour rounding takes a fifth of them."""
    target_s = budget_s * WORK_SHARE_PER_MILLE // 1000
    points = utility_curve((1, 1), budget_s, points_per_second(budget_s))[target_s]
    assert 0.75 * FULL_COVERAGE_POINTS < points <= 1.05 * FULL_COVERAGE_POINTS


def test_goals_share_the_points_as_they_share_the_time() -> None:
    rate = points_per_second(900)
    half, full = utility_curve((1, 2), 900, rate), utility_curve((1, 1), 900, rate)
    assert abs(2 * half[279] - full[558]) <= 40


def test_the_jitter_is_fixed_by_exercise_and_seed() -> None:
    jitters = {(exercise, seed): jitter(exercise, seed) for exercise in range(30) for seed in range(30)}
    assert all(0 <= points < JITTER_RANGE for points in jitters.values())
    assert len(set(jitters.values())) == JITTER_RANGE
    assert jitter(0xCBF29CE484222325, 7) == jitter(0xCBF29CE484222325, 7) != jitter(0xCBF29CE484222325, 8)
