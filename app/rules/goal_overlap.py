"""How far two exercises serve the same goals."""

from collections.abc import Iterable, Mapping

from app.rules.vocabulary import Goal


def shared_goal_weight(
    first: Mapping[Goal, int], second: Mapping[Goal, int], goals: Iterable[Goal] | None = None
) -> int:
    """Return the sum of the weights that both give a goal, over all goals or over `goals` alone."""
    return sum(min(first.get(goal, 0), second.get(goal, 0)) for goal in (first if goals is None else goals))
