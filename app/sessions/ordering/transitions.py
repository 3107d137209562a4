"""Transitions between body positions, and the shortest path through those of a session.

Positions are numbered. Each has a height (floor, kneeling, standing ...), and heights alone decide
what a change costs.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

SAME_HEIGHT_S: Final = 5
"""Seconds to change between two positions of one height."""
OTHER_HEIGHT_S: Final = 10
"""Seconds to change between two positions of different heights."""
COST_PER_SECOND: Final = 64
"""Weight of a second in a cost. `cost = 64 * seconds + floor changes`: seconds decide first,
floor changes second."""
UNREACHABLE: Final = 1 << 30
"""Cost of a state that cannot be reached: more than any path costs."""

PositionFrontier = tuple[tuple[int, int], ...]
"""Frontier of the dynamic programme: (last position, seconds above the cheapest). Empty before
the first stage."""


class TransitionTable:
    """Seconds and costs of the change from each position (row) to each other (column)."""

    def __init__(self, heights: Sequence[int], floor: int) -> None:
        """`heights` holds the height of each position by number; `floor` is that of the floor."""
        self.heights: list[int] = list(heights)
        self.on_floor: list[bool] = [height == floor for height in heights]
        self.floor_mask: int = sum([1 << position for position, low in enumerate(self.on_floor) if low])
        """One bit for each position on the floor."""
        self.seconds: list[list[int]] = [
            [self._seconds_between(a, b) for b in range(len(heights))] for a in range(len(heights))
        ]
        self.costs: list[list[int]] = [
            [seconds * COST_PER_SECOND + (self.on_floor[a] != self.on_floor[b]) for b, seconds in enumerate(row)]
            for a, row in enumerate(self.seconds)
        ]

    def _seconds_between(self, a: int, b: int) -> int:
        if a == b:
            return 0
        return SAME_HEIGHT_S if self.heights[a] == self.heights[b] else OTHER_HEIGHT_S


def path_cost(steps: int, height_changes: int, floor_changes: int) -> int:
    """Cost of `steps` changes of position, some of which also change height or leave the floor."""
    seconds = steps * SAME_HEIGHT_S + height_changes * (OTHER_HEIGHT_S - SAME_HEIGHT_S)
    return seconds * COST_PER_SECOND + floor_changes


def min_path_s(table: TransitionTable, masks: Sequence[int]) -> int:
    """Least seconds of transition through all positions, stages in order.

    `masks` holds the positions of each stage as bits.
    """
    total = 0
    frontier: PositionFrontier = ()
    for mask in masks:
        if mask:
            seconds, frontier = advance_stage(table, frontier, mask)
            total += seconds
    return total


@lru_cache(maxsize=20_000)
def advance_stage(table: TransitionTable, frontier: PositionFrontier, mask: int) -> tuple[int, PositionFrontier]:
    """Least seconds through all positions of one stage (bits of `mask`), and the frontier after it.

    Exact without trying every order: inside a stage only the heights of its first and its last
    position matter.
    """
    positions = [position for position in range(len(table.heights)) if mask >> position & 1]
    entry = [_entry_s(table, frontier, position) for position in positions]
    if len(positions) == 1:
        return entry[0], ((positions[0], 0),)
    heights = [table.heights[position] for position in positions]
    return _prune(positions, heights, _exit_seconds(entry, heights))


def _entry_s(table: TransitionTable, frontier: PositionFrontier, position: int) -> int:
    """Least seconds to come to a position from the frontier."""
    min_s = UNREACHABLE if frontier else 0
    row = table.seconds[position]
    for last, seconds in frontier:
        total_s = seconds + row[last]
        min_s = total_s if total_s < min_s else min_s
    return min_s


def _exit_seconds(entry: list[int], heights: list[int]) -> list[int]:
    """For each position, least seconds of a path through the whole stage that ends there."""
    changes = len(set(heights)) - 1
    extra = OTHER_HEIGHT_S - SAME_HEIGHT_S
    between_heights = SAME_HEIGHT_S * (len(heights) - 1) + extra * changes
    # A path that ends at the height where it began changes height once more than it has heights to
    # visit.
    within_height = between_heights + (extra if changes else 0)
    exit_seconds = []
    for end, height in enumerate(heights):
        min_s = UNREACHABLE
        for start, seconds in enumerate(entry):
            if start != end:
                total_s = seconds + (within_height if heights[start] == height else between_heights)
                min_s = total_s if total_s < min_s else min_s
        exit_seconds.append(min_s)
    return exit_seconds


def _prune(positions: list[int], heights: list[int], exit_seconds: list[int]) -> tuple[int, PositionFrontier]:
    """The least seconds, and the ends that no cheaper end makes useless."""
    min_s = min(exit_seconds)
    cheapest_heights = [height for height, seconds in zip(heights, exit_seconds, strict=True) if seconds == min_s]
    frontier = []
    for position, height, seconds in zip(positions, heights, exit_seconds, strict=True):
        # An end is useless where it is as cheap to finish at the cheapest end and change position
        # from there.
        detour = SAME_HEIGHT_S if height in cheapest_heights else OTHER_HEIGHT_S
        if seconds == min_s or seconds - min_s < detour:
            frontier.append((position, seconds - min_s))
    return min_s, tuple(frontier)


def min_floor_changes(table: TransitionTable, masks: Sequence[int]) -> int:
    """Fewest floor changes through all positions, phases in order.

    `masks` holds the positions of each phase as bits.
    """
    occupied = [mask for mask in masks if mask]
    above, below = 0, 0
    for number, mask in enumerate(occupied):
        enter_above, enter_below = (min(above, below + 1), min(below, above + 1)) if number else (0, 0)
        has_above, has_below = bool(mask & ~table.floor_mask), bool(mask & table.floor_mask)
        if has_above and has_below:
            above, below = enter_below + 1, enter_above + 1
        else:
            above = enter_above if has_above else UNREACHABLE
            below = enter_below if has_below else UNREACHABLE
    return min(above, below)
