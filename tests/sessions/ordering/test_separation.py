"""The table of a stage against all orders of it."""

import random
from collections.abc import Iterator
from itertools import pairwise, permutations

import pytest

from app.sessions.ordering.separation import EndState, SeparationTable, StageKinds
from app.sessions.problem.positions import TRANSITIONS

PLACES = (0, 1, 4, 7, 9, 14)


def stages(ways_in: bool, seed: int) -> Iterator[tuple[dict[EndState, int], StageKinds]]:
    """Small stages, with or without ways to have come."""
    dice = random.Random(seed)
    for _ in range(250):
        kinds = sorted({(dice.choice(PLACES), dice.choice((0, 1, 1, 2))) for _ in range(dice.randint(1, 3))})
        stage = tuple((place, load, dice.choice((1, 1, 2))) for place, load in kinds)
        ends = {
            (dice.choice(PLACES), dice.choice((0, 1, 2))): 64 * dice.randrange(12) for _ in range(dice.randint(1, 3))
        }
        yield ends if ways_in else {}, stage


def by_trying(ends: dict[EndState, int], stage: StageKinds) -> dict[EndState, int]:
    """The least cost of all orders that keep equal loads apart, by what is last."""
    whole = [(place, load) for place, load, count in stage for _ in range(count)]
    found: dict[EndState, int] = {}
    for order in set(permutations(whole)):
        for way, cost in (ends or {(order[0][0], 0): 0}).items():
            path = [way, *order]
            if not any(a[1] and a[1] == b[1] for a, b in pairwise(path)):
                spent = cost + sum(TRANSITIONS.costs[a[0]][b[0]] for a, b in pairwise(path))
                found[order[-1]] = min(spent, found.get(order[-1], spent))
    return found


@pytest.mark.parametrize("ways_in", [False, True])
def test_each_way_out_costs_what_the_best_order_costs(ways_in: bool) -> None:
    impossible = 0
    for ends, stage in stages(ways_in, 1):
        expected = by_trying(ends, stage)
        assert SeparationTable(TRANSITIONS, ends, stage).end_costs() == expected
        impossible += not expected
    assert impossible > 10


@pytest.mark.parametrize("ways_in", [False, True])
def test_the_way_back_is_an_order_of_that_cost(ways_in: bool) -> None:
    looked_at = 0
    for ends, stage in stages(ways_in, 2):
        weave = SeparationTable(TRANSITIONS, ends, stage)
        for end, cost in weave.end_costs().items():
            steps, came = weave.backtrack(ends, end)
            assert steps[0] == end
            assert sorted(steps) == sorted((place, load) for place, load, count in stage for _ in range(count))
            assert came in ends or (not ends and came == (-1, 0))
            path = [*([came] if ends else []), *reversed(steps)]
            assert not any(a[1] and a[1] == b[1] for a, b in pairwise(path))
            assert cost == ends.get(came, 0) + sum(TRANSITIONS.costs[a[0]][b[0]] for a, b in pairwise(path))
            looked_at += 1
    assert looked_at > 200
