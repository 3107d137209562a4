"""Paths and floor changes against every possible path."""

import random
from itertools import chain, pairwise, permutations, product

from app.sessions.ordering.transitions import (
    OTHER_HEIGHT_S,
    SAME_HEIGHT_S,
    TransitionTable,
    min_floor_changes,
    min_path_s,
    path_cost,
)
from app.sessions.problem.positions import POSITIONS, TRANSITIONS
from tests.sessions.ordering.paths import count_floor_changes


def random_masks(rng: random.Random) -> list[int]:
    """Up to four stages of at most three positions, or one of five; some are empty."""
    sizes = rng.choice(([5], [3, 2, 3], [rng.randint(0, 3) for _ in range(4)]))
    return [sum(1 << position for position in rng.sample(range(len(POSITIONS)), size)) for size in sizes]


def all_paths(masks: list[int]) -> list[list[int]]:
    """Every path through all positions, stages in order."""
    stages = [[position for position in range(len(POSITIONS)) if mask >> position & 1] for mask in masks]
    return [list(chain(*path)) for path in product(*(permutations(stage) for stage in stages))]


def path_s(path: list[int]) -> int:
    return sum(TRANSITIONS.seconds[a][b] for a, b in pairwise(path))


def test_a_change_costs_by_the_heights_alone() -> None:
    table = TransitionTable(heights=[0, 0, 1, 2], floor=1)
    assert table.seconds[0] == [0, SAME_HEIGHT_S, OTHER_HEIGHT_S, OTHER_HEIGHT_S]
    assert table.costs[0] == [0, path_cost(1, 0, 0), path_cost(1, 1, 1), path_cost(1, 1, 0)]
    assert table.floor_mask == 0b100


def test_a_path_is_the_shortest_of_all() -> None:
    rng = random.Random(1)
    for _ in range(300):
        masks = random_masks(rng)
        assert min_path_s(TRANSITIONS, masks) == min(path_s(path) for path in all_paths(masks))


def test_floor_changes_are_the_fewest_of_all_paths() -> None:
    rng = random.Random(2)
    for _ in range(300):
        masks = random_masks(rng)
        fewest = min(count_floor_changes(TRANSITIONS, path) for path in all_paths(masks))
        assert min_floor_changes(TRANSITIONS, masks) == fewest


def test_an_empty_stage_changes_nothing() -> None:
    rng = random.Random(3)
    for _ in range(100):
        masks = random_masks(rng)
        with_empty_stages = [0, *chain(*((mask, 0) for mask in masks))]
        assert min_path_s(TRANSITIONS, with_empty_stages) == min_path_s(TRANSITIONS, masks)
        assert min_floor_changes(TRANSITIONS, with_empty_stages) == min_floor_changes(TRANSITIONS, masks)


def test_no_position_costs_nothing() -> None:
    assert min_path_s(TRANSITIONS, [0] * 6) == min_floor_changes(TRANSITIONS, [0] * 4) == 0


def test_the_cost_of_a_path_follows_from_its_counts() -> None:
    rng = random.Random(4)
    for _ in range(100):
        path = rng.sample(range(len(POSITIONS)), 6)
        height_changes = sum(TRANSITIONS.heights[a] != TRANSITIONS.heights[b] for a, b in pairwise(path))
        cost = sum(TRANSITIONS.costs[a][b] for a, b in pairwise(path))
        assert cost == path_cost(5, height_changes, count_floor_changes(TRANSITIONS, path))
