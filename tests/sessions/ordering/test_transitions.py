"""Moving through the stages costs what the best of all paths costs."""

import random
from itertools import chain, pairwise, permutations, product

from app.sessions.ordering.transitions import count_floor_changes, min_floor_changes, min_path_s, path_cost
from app.sessions.problem.positions import POSITIONS, TRANSITIONS


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
        assert min_path_s(TRANSITIONS, masks) == min(
            sum(TRANSITIONS.seconds[a][b] for a, b in pairwise(path)) for path in paths(masks)
        )


def test_floor_changes_are_the_fewest_of_all_paths() -> None:
    dice = random.Random(2)
    for _ in range(300):
        masks = masks_at_random(dice)
        assert min_floor_changes(TRANSITIONS, masks) == min(
            count_floor_changes(TRANSITIONS, path) for path in paths(masks)
        )


def test_an_empty_stage_changes_nothing() -> None:
    dice = random.Random(3)
    for _ in range(100):
        masks = masks_at_random(dice)
        wider = [0, *chain(*((mask, 0) for mask in masks))]
        assert min_path_s(TRANSITIONS, wider) == min_path_s(TRANSITIONS, masks)
        assert min_floor_changes(TRANSITIONS, wider) == min_floor_changes(TRANSITIONS, masks)


def test_nowhere_to_go_costs_nothing() -> None:
    assert min_path_s(TRANSITIONS, [0] * 6) == min_floor_changes(TRANSITIONS, [0] * 4) == 0


def test_the_cost_of_a_path_is_told_by_its_counts() -> None:
    dice = random.Random(4)
    for _ in range(100):
        path = dice.sample(range(len(POSITIONS)), 6)
        heights = sum(TRANSITIONS.heights[a] != TRANSITIONS.heights[b] for a, b in pairwise(path))
        assert sum(TRANSITIONS.costs[a][b] for a, b in pairwise(path)) == path_cost(
            5, heights, count_floor_changes(TRANSITIONS, path)
        )
