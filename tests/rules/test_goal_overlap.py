"""How far two exercises serve the same goals."""

from app.rules.goal_overlap import shared_goal_weight
from app.rules.vocabulary import Goal

FIRST: dict[Goal, int] = {"rotation": 3, "extension": 1, "posture": 2}
SECOND: dict[Goal, int] = {"rotation": 1, "posture": 3, "breathing": 2}


def test_of_each_goal_the_lower_weight_counts() -> None:
    assert shared_goal_weight(FIRST, SECOND) == shared_goal_weight(SECOND, FIRST) == 1 + 2
    assert shared_goal_weight(FIRST, {}) == 0


def test_only_the_goals_that_are_given_count() -> None:
    assert shared_goal_weight(FIRST, SECOND, ["posture", "breathing"]) == 2
