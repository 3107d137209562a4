"""Among orders that cost the same, the one that varies."""

import pytest

from app.sessions.ordering.variety import NO_GOAL, vary_order
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS

STANDING, SEATED = POSITION_ID["standing"], POSITION_ID["seated"]


@pytest.mark.parametrize(
    "goals",
    [(0, 0, 0, 1, 1), (0, 0, 0, 1), (0, 0, 0, 0, 1, 1), (1, 0, 0, 0, 2), (0, 0, 0, 1, 1, 1), (2, 2, 2, NO_GOAL)],
)
def test_three_in_a_row_for_one_goal_are_parted_at_no_cost(goals: tuple[int, ...]) -> None:
    keys = [(1, STANDING, 0)] * len(goals)
    order = vary_order(TRANSITIONS, keys, range(len(goals)), goals, [True] * len(goals))
    varied = [goals[index] for index in order]
    assert sorted(order) == list(range(len(goals)))
    assert not any(a == b == c for a, b, c in zip(varied, varied[1:], varied[2:], strict=False))


def test_the_gentle_one_comes_first() -> None:
    keys = [(1, STANDING, 0)] * 3
    assert vary_order(TRANSITIONS, keys, [0, 1, 2], [NO_GOAL] * 3, [False, False, True])[0] == 2


def test_no_stage_no_load_and_no_transition_is_given_up() -> None:
    other_stage = [(1, STANDING, 0), (1, STANDING, 0), (1, STANDING, 0), (2, STANDING, 0)]
    assert vary_order(TRANSITIONS, other_stage, [0, 1, 2, 3], [0, 0, 0, 1], [True] * 4) == [0, 1, 2, 3]
    more_transition = [(1, STANDING, 0), (1, STANDING, 0), (1, STANDING, 0), (1, SEATED, 0)]
    assert vary_order(TRANSITIONS, more_transition, [0, 1, 2, 3], [0, 0, 0, 1], [True] * 4) == [0, 1, 2, 3]
    equal_loads = [(1, STANDING, 2), (1, STANDING, 0), (1, STANDING, 2)]
    assert vary_order(TRANSITIONS, equal_loads, [0, 1, 2], [NO_GOAL] * 3, [False, True, False]) == [0, 1, 2]
