"""Moving through the stages costs what the best of all paths costs."""

import random
from itertools import chain, pairwise, permutations, product

from app.sessions.ordering.transitions import (
    COST,
    HEIGHT,
    MOVE_S,
    POSITIONS,
    cost_of,
    floor_changes,
    least_floor_changes,
    tour_s,
)


def masks_at_random(dice: random.Random) -> list[int]:
    """Up to four stages of at most three positions, or one of five; some are empty."""
    sizes = dice.choice(([5], [3, 2, 3], [dice.randint(0, 3) for _ in range(4)]))
    return [sum(1 << place for place in dice.sample(range(len(POSITIONS)), size)) for size in sizes]


def paths(masks: list[int]) -> list[list[int]]:
    """Every way through all the positions, stages in order."""
    stages = [[place for place in range(len(POSITIONS)) if mask >> place & 1] for mask in masks]
    return [list(chain(*path)) for path in product(*(permutations(stage) for stage in stages))]


def test_a_tour_is_the_shortest_of_all_paths() -> None:
    dice = random.Random(1)
    for _ in range(300):
        masks = masks_at_random(dice)
        assert tour_s(masks) == min(sum(MOVE_S[a][b] for a, b in pairwise(path)) for path in paths(masks))


def test_floor_changes_are_the_fewest_of_all_paths() -> None:
    dice = random.Random(2)
    for _ in range(300):
        masks = masks_at_random(dice)
        assert least_floor_changes(masks) == min(floor_changes(path) for path in paths(masks))


def test_an_empty_stage_changes_nothing() -> None:
    dice = random.Random(3)
    for _ in range(100):
        masks = masks_at_random(dice)
        wider = [0, *chain(*((mask, 0) for mask in masks))]
        assert tour_s(wider) == tour_s(masks)
        assert least_floor_changes(wider) == least_floor_changes(masks)


def test_nowhere_to_go_costs_nothing() -> None:
    assert tour_s([0] * 6) == least_floor_changes([0] * 4) == 0


def test_the_cost_of_a_path_is_told_by_its_counts() -> None:
    dice = random.Random(4)
    for _ in range(100):
        path = dice.sample(range(len(POSITIONS)), 6)
        heights = sum(HEIGHT[a] != HEIGHT[b] for a, b in pairwise(path))
        assert sum(COST[a][b] for a, b in pairwise(path)) == cost_of(5, heights, floor_changes(path))
