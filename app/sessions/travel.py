"""Moving between positions: what one move costs, and the cheapest way through all that a session needs."""

from functools import lru_cache
from itertools import pairwise

from app.rules.vocabulary import HEIGHTS, Position

POSITIONS: tuple[Position, ...] = tuple(HEIGHTS)
NUMBER: dict[str, int] = {position: number for number, position in enumerate(POSITIONS)}
SAME_HEIGHT_S = 5
OTHER_HEIGHT_S = 10

MOVE_S: tuple[tuple[int, ...], ...] = tuple(
    tuple(0 if a == b else SAME_HEIGHT_S if HEIGHTS[a] == HEIGHTS[b] else OTHER_HEIGHT_S for b in POSITIONS)
    for a in POSITIONS
)
"""Seconds from a position (row) to another."""

HEIGHT = tuple(HEIGHTS[position] for position in POSITIONS)
Ways = tuple[tuple[int, int], ...]
"""Ways to have come so far: position and seconds over the cheapest. None yet at the start."""


@lru_cache(maxsize=20_000)
def step(before: Ways, mask: int) -> tuple[int, Ways]:
    """Through all the positions of one stage (bits of `mask`): the seconds, and the ways to have come after it."""
    return _through(before, mask)


@lru_cache(maxsize=20_000)
def _stage(mask: int) -> tuple[list[int], int, int]:
    """The positions of a stage; the seconds inside it where it begins and ends at unlike heights, and at like ones."""
    nodes = [n for n in range(len(POSITIONS)) if mask >> n & 1]
    heights = len({HEIGHT[n] for n in nodes})
    inside = SAME_HEIGHT_S * (len(nodes) - 1)
    more = OTHER_HEIGHT_S - SAME_HEIGHT_S
    return nodes, inside + more * _changes(heights, False), inside + more * _changes(heights, True)


def _through(ends: Ways, mask: int) -> tuple[int, Ways]:
    """Exact without trying every order: inside a stage only the heights of the first and the last position matter."""
    nodes, apart, alike = _stage(mask)
    entry = [min([cost + MOVE_S[end][n] for end, cost in ends], default=0) for n in nodes]
    if len(nodes) == 1:
        return entry[0], ((nodes[0], 0),)
    ways = [(HEIGHT[n], n, cost) for n, cost in zip(nodes, entry, strict=True)]
    last = [
        min([cost + (alike if height == at else apart) for height, n, cost in ways if n != end]) for at, end, _ in ways
    ]
    least = min(last)
    near = [at for at, cost in zip(nodes, last, strict=True) if cost == least]
    kept = [
        (at, cost - least)
        for at, cost in zip(nodes, last, strict=True)
        if cost == least or cost - least < min([MOVE_S[at][n] for n in near])
    ]
    return least, tuple(kept)


def _changes(heights: int, ends_alike: bool) -> int:
    """Changes of height on a way through so many heights; one more to end at the height where it began."""
    return heights - 1 if heights == 1 or not ends_alike else heights


def tour_s(masks: tuple[int, ...] | list[int]) -> int:
    """Least seconds of moving through the stages in order, every position of each visited."""
    total = 0
    ways: Ways = ()
    for mask in masks:
        if mask:
            seconds, ways = step(ways, mask)
            total += seconds
    return total


def on_floor(place: int) -> bool:
    """True where the position is on the floor."""
    return HEIGHTS[POSITIONS[place]] == "floor"


FLOOR_BITS = sum(1 << n for n in range(len(POSITIONS)) if HEIGHTS[POSITIONS[n]] == "floor")


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
