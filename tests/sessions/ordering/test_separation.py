"""The table of a stage against every order of it."""

import random
from collections.abc import Iterator
from itertools import pairwise, permutations

import pytest

from app.sessions.ordering.separation import NO_END, EndState, SeparationTable, StageKinds
from app.sessions.problem.positions import TRANSITIONS

POSITIONS = (0, 1, 4, 7, 9, 14)


def random_stages(has_entries: bool, seed: int) -> Iterator[tuple[dict[EndState, int], StageKinds]]:
    """Small stages, with or without end states of the stage before."""
    rng = random.Random(seed)
    for _ in range(250):
        kinds = sorted({(rng.choice(POSITIONS), rng.choice((0, 1, 1, 2))) for _ in range(rng.randint(1, 3))})
        stage = tuple((position, load, rng.choice((1, 1, 2))) for position, load in kinds)
        entry_costs = {
            (rng.choice(POSITIONS), rng.choice((0, 1, 2))): 64 * rng.randrange(12) for _ in range(rng.randint(1, 3))
        }
        yield entry_costs if has_entries else {}, stage


def has_equal_neighbours(path: list[EndState]) -> bool:
    return any(a[1] and a[1] == b[1] for a, b in pairwise(path))


def path_cost(path: list[EndState]) -> int:
    return sum(TRANSITIONS.costs[a[0]][b[0]] for a, b in pairwise(path))


def exercises_of(stage: StageKinds) -> list[EndState]:
    return [(position, load) for position, load, count in stage for _ in range(count)]


def costs_of_all_orders(entry_costs: dict[EndState, int], stage: StageKinds) -> dict[EndState, int]:
    """The least cost of all orders that keep equal loads apart, by end state."""
    least: dict[EndState, int] = {}
    for order in set(permutations(exercises_of(stage))):
        for entry, entry_cost in (entry_costs or {(order[0][0], 0): 0}).items():
            path = [entry, *order]
            if not has_equal_neighbours(path):
                cost = entry_cost + path_cost(path)
                least[order[-1]] = min(cost, least.get(order[-1], cost))
    return least


@pytest.mark.parametrize("has_entries", [False, True])
def test_each_end_state_costs_what_the_best_order_costs(has_entries: bool) -> None:
    impossible = 0
    for entry_costs, stage in random_stages(has_entries, 1):
        expected = costs_of_all_orders(entry_costs, stage)
        assert SeparationTable(TRANSITIONS, entry_costs, stage).end_costs() == expected
        impossible += not expected
    assert impossible > 10


@pytest.mark.parametrize("has_entries", [False, True])
def test_backtracking_gives_an_order_of_that_cost(has_entries: bool) -> None:
    compared = 0
    for entry_costs, stage in random_stages(has_entries, 2):
        table = SeparationTable(TRANSITIONS, entry_costs, stage)
        for end, cost in table.end_costs().items():
            steps, entry = table.backtrack(entry_costs, end)
            assert steps[0] == end
            assert sorted(steps) == sorted(exercises_of(stage))
            assert entry in entry_costs or (not entry_costs and entry == NO_END)
            path = [*([entry] if entry_costs else []), *reversed(steps)]
            assert not has_equal_neighbours(path)
            assert cost == entry_costs.get(entry, 0) + path_cost(path)
            compared += 1
    assert compared > 200
