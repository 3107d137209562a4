"""Moving between positions: what one move costs, and the cheapest way through all that a session needs."""

from functools import lru_cache
from itertools import pairwise
from typing import Final

from app.rules.vocabulary import HEIGHTS, Position

POSITIONS: tuple[Position, ...] = tuple(HEIGHTS)
NUMBER: dict[str, int] = {position: number for number, position in enumerate(POSITIONS)}
SAME_HEIGHT_S: Final = 5
OTHER_HEIGHT_S: Final = 10

MOVE_S: Final[list[list[int]]] = [
    [0 if a == b else SAME_HEIGHT_S if HEIGHTS[a] == HEIGHTS[b] else OTHER_HEIGHT_S for b in POSITIONS]
    for a in POSITIONS
]
"""Seconds from a position (row) to another."""

SECOND: Final = 64
"""Cost of a second of moving; what is under it counts changes between floor and standing."""
COST: Final = [
    [
        seconds * SECOND + ((HEIGHTS[POSITIONS[a]] == "floor") != (HEIGHTS[POSITIONS[b]] == "floor"))
        for b, seconds in enumerate(row)
    ]
    for a, row in enumerate(MOVE_S)
]

HEIGHT: Final = tuple(HEIGHTS[position] for position in POSITIONS)
LEVEL: Final = [sorted(set(HEIGHT)).index(height) for height in HEIGHT]
FAR: Final = 1 << 30
Ways = tuple[tuple[int, int], ...]
"""Ways to have come so far: position and seconds over the cheapest. None yet at the start."""


@lru_cache(maxsize=20_000)
def step(before: Ways, mask: int) -> tuple[int, Ways]:
    """Through all the positions of one stage (bits of `mask`): the seconds, and the ways to have come after it."""
    return _through(before, mask)


def _through(ends: Ways, mask: int) -> tuple[int, Ways]:
    """Exact without trying every order: inside a stage only the heights of the first and the last position matter."""
    nodes = [n for n in range(len(POSITIONS)) if mask >> n & 1]
    entry = [_entry(ends, n) for n in nodes]
    if len(nodes) == 1:
        return entry[0], ((nodes[0], 0),)
    heights = [LEVEL[n] for n in nodes]
    changes = len(set(heights)) - 1
    more = OTHER_HEIGHT_S - SAME_HEIGHT_S
    apart = SAME_HEIGHT_S * (len(nodes) - 1) + more * changes
    alike = apart + (more if changes else 0)
    out = []
    for end, height in enumerate(heights):
        least = FAR
        for start, cost in enumerate(entry):
            if start != end:
                cost += alike if heights[start] == height else apart
                least = cost if cost < least else least
        out.append(least)
    least = min(out)
    near = [height for height, cost in zip(heights, out, strict=True) if cost == least]
    kept = []
    for node, height, cost in zip(nodes, heights, out, strict=True):
        # Worth remembering only where moving there from the cheapest way out would cost more.
        if cost == least or cost - least < (SAME_HEIGHT_S if height in near else OTHER_HEIGHT_S):
            kept.append((node, cost - least))
    return least, tuple(kept)


def _entry(ends: Ways, place: int) -> int:
    """The least cost of coming to a place."""
    least = FAR if ends else 0
    row = MOVE_S[place]
    for end, cost in ends:
        cost += row[end]
        least = cost if cost < least else least
    return least


def tour_s(masks: tuple[int, ...] | list[int]) -> int:
    """Least seconds of moving through the stages in order, every position of each visited."""
    total = 0
    ways: Ways = ()
    for mask in masks:
        if mask:
            seconds, ways = step(ways, mask)
            total += seconds
    return total


def cost_of(steps: int, height_changes: int, floor_changes: int) -> int:
    """The cost of so many moves, of which so many change height, and some of these between floor and standing."""
    seconds = steps * SAME_HEIGHT_S + height_changes * (OTHER_HEIGHT_S - SAME_HEIGHT_S)
    return seconds * SECOND + floor_changes


def on_floor(place: int) -> bool:
    """True where the position is on the floor."""
    return ON_FLOOR[place]


ON_FLOOR: Final = [HEIGHT[n] == "floor" for n in range(len(POSITIONS))]
FLOOR_BITS: Final = sum(1 << n for n in range(len(POSITIONS)) if HEIGHTS[POSITIONS[n]] == "floor")


def floor_changes(places: list[int]) -> int:
    """How often one gets down to the floor or up from it."""
    return sum(on_floor(a) != on_floor(b) for a, b in pairwise(places))


def least_floor_changes(masks: list[int]) -> int:
    """How often one must at the least, with the stages in order."""
    up, down = 0, 0
    started = False
    for mask in masks:
        if not mask:
            continue
        high, low = bool(mask & ~FLOOR_BITS), bool(mask & FLOOR_BITS)
        come_up, come_down = (min(up, down + 1), min(down, up + 1)) if started else (0, 0)
        up = come_down + 1 if high and low else come_up if high else 1 << 20
        down = come_up + 1 if high and low else come_down if low else 1 << 20
        started = True
    return min(up, down)
