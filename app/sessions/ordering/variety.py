"""Among orders that cost the same: a gentle beginning, and no three in a row for one goal."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

from app.sessions.ordering.sequence import SequenceKey
from app.sessions.ordering.transitions import TransitionTable

NO_GOAL: Final = -1
"""Stands for the main goal of an exercise that serves none."""
ABRUPT_BEGINNING_COST: Final = 10
"""What a beginning costs that is not gentle, counted in rows of three for one goal."""


def vary_order(
    table: TransitionTable,
    keys: Sequence[SequenceKey],
    order: Sequence[int],
    main_goals: Sequence[int],
    is_gentle: Sequence[bool],
) -> list[int]:
    """Return an order with no more transition than `order`, stages and loads kept, that varies at least as much.

    `order` holds indexes into `keys`, `main_goals` (numbers of goals) and `is_gentle`. Exchanges two exercises of a
    stage as long as that helps; each exchange tried costs O(n).
    """
    best = list(order)
    max_cost, fault_count = _order_cost(table, keys, best), _count_faults(best, main_goals, is_gentle)
    is_improving = fault_count > 0
    while is_improving:
        is_improving = False
        for first, second in combinations(range(len(best)), 2):
            if keys[best[first]][0] != keys[best[second]][0]:
                continue
            trial = best.copy()
            trial[first], trial[second] = trial[second], trial[first]
            trial_faults = _count_faults(trial, main_goals, is_gentle)
            is_better = trial_faults < fault_count and _keeps_loads_apart(keys, trial)
            if is_better and _order_cost(table, keys, trial) <= max_cost:
                best, fault_count, is_improving = trial, trial_faults, True
    return best


def _order_cost(table: TransitionTable, keys: Sequence[SequenceKey], order: Sequence[int]) -> int:
    return sum([table.costs[keys[a][1]][keys[b][1]] for a, b in pairwise(order)])


def _keeps_loads_apart(keys: Sequence[SequenceKey], order: Sequence[int]) -> bool:
    return not any(keys[a][2] and keys[a][2] == keys[b][2] for a, b in pairwise(order))


def _count_faults(order: Sequence[int], main_goals: Sequence[int], is_gentle: Sequence[bool]) -> int:
    goals = [main_goals[index] for index in order]
    rows = zip(goals, goals[1:], goals[2:], strict=False)
    row_count = sum([a == b == c != NO_GOAL for a, b, c in rows])
    return row_count + ABRUPT_BEGINNING_COST * (bool(order) and not is_gentle[order[0]])
