"""The order of the chosen exercises: stages in order, little moving about, no load twice running. Exact."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from app.sessions.ordering.separation import End, Stage, Weave
from app.sessions.ordering.transitions import COST, HEIGHT, SECOND, cost_of, least_floor_changes

Kind = tuple[int, int, int]
"""Stage, place, load: exercises that are alike in these may change places. Load 0 may meet itself."""

STAGES: Final = 6
"""Prepare, mobilise, holds and breathing of a short or a warming session, strengthen, restore, closing breaths."""
PHASE_OF_STAGE: Final = (0, 1, 1, 2, 3, 3)
COUNT_OF_PHASES: Final = 4

Ways = tuple[tuple[End, int], ...]
"""Ways to have come so far: what was last, and its cost over the cheapest. None yet at the start."""


def gentle_order(kinds: Sequence[Kind]) -> int | None:
    """Least seconds of moving in any order that keeps equal loads apart; None where there is none, or where it climbs.

    It may change between floor and standing once more than the phases and places force, and no more often. Stages are
    remembered with the ways to come to them: a search asks for much the same again and again.
    """
    total = 0
    before: Ways = ()
    for stage in _stages(_plain(kinds)):
        found = _step(before, stage)
        if found is None:
            return None
        total += found[0]
        before = found[1]
    if total % SECOND > 1:
        masks = [0] * COUNT_OF_PHASES
        for n, place, _ in kinds:
            masks[PHASE_OF_STAGE[n]] |= 1 << place
        if total % SECOND > least_floor_changes(masks) + 1:
            return None
    return total // SECOND


def best_order(kinds: Sequence[Kind]) -> list[int] | None:
    """An order that moves least, as indices into `kinds`; None where two of a load must meet."""
    if gentle_order(kinds) is None:
        return None
    kinds = _plain(kinds)
    before: list[dict[End, int]] = [{}]
    stages = _stages(kinds)
    for stage in stages:
        before.append(_through(before[-1], stage))
    end = min(before[-1], key=lambda one: (before[-1][one], one))
    backwards: list[End] = []
    for ends, stage in zip(reversed(before[:-1]), reversed(stages), strict=True):
        steps, end = Weave(ends, stage).back(ends, end)
        backwards += steps
    return _members(kinds, list(reversed(backwards)))


def _plain(kinds: Sequence[Kind]) -> list[Kind]:
    """The same with load 0 wherever a load cannot clash: alone in its stage, and not in the one before or after."""
    counts: dict[int, dict[int, int]] = {}
    for stage, _, load in kinds:
        here = counts.setdefault(stage, {})
        here[load] = here.get(load, 0) + 1
    clashing: set[tuple[int, int]] = set()
    before: dict[int, int] = {}
    last = -1
    for stage in sorted(counts):
        for load, count in counts[stage].items():
            if load and count > 1:
                clashing.add((stage, load))
            if load and load in before:
                clashing |= {(stage, load), (last, load)}
        before, last = counts[stage], stage
    return [kind if (kind[0], kind[2]) in clashing else (kind[0], kind[1], 0) for kind in kinds]


def _stages(kinds: Sequence[Kind]) -> list[Stage]:
    """The stages in order, each with the count of its kinds."""
    held: dict[int, dict[End, int]] = {}
    for stage, place, load in kinds:
        here = held.setdefault(stage, {})
        here[place, load] = here.get((place, load), 0) + 1
    return [tuple([(*end, count) for end, count in sorted(held[n].items())]) for n in sorted(held)]


def _through(ends: dict[End, int], stage: Stage) -> dict[End, int]:
    """Through a whole stage from each way to have come: cost by what is last."""
    loads = [load for _, load, count in stage for _ in range(count) if load]
    if len(set(loads)) == len(loads):
        return _freely(ends, stage)
    return Weave(ends, stage).ends()


def _freely(ends: dict[End, int], stage: Stage) -> dict[End, int]:
    """The same where nothing in the stage can clash: then only what is first and what is last matters."""
    places = {place for place, _, _ in stage}
    heights = {HEIGHT[place] for place in places}
    floor = "floor" in heights
    steps, changes = len(places) - 1, len(heights) - 1
    round_trip = changes + 1 if changes else 0
    again = cost_of(steps + 1, round_trip, 2 if floor and changes else 0) if steps else 0
    alike = cost_of(steps, round_trip, 2 if floor and changes else 0)
    firsts = []
    for first, (place, load, _) in enumerate(stage):
        costs = [cost + COST[end[0]][place] for end, cost in ends.items() if not load or end[1] != load]
        if costs or not ends:
            firsts.append((first, place, min(costs, default=0)))
    found: dict[End, int] = {}
    for last, (place, load, count) in enumerate(stage):
        ways = []
        for first, start, entry in firsts:
            if first == last and count == 1 and (len(stage) > 1):
                continue
            if start == place:
                ways.append(entry + again)
            elif HEIGHT[start] == HEIGHT[place]:
                ways.append(entry + alike)
            else:
                ends_low = "floor" in (HEIGHT[start], HEIGHT[place])
                ways.append(entry + cost_of(steps, changes, (1 if ends_low else 2) if floor else 0))
        if ways:
            found[place, load] = min(ways)
    return found


@lru_cache(maxsize=20_000)
def _step(before: Ways, stage: Stage) -> tuple[int, Ways] | None:
    """The least cost of a stage, and the ways to have come after it; None where it cannot be done.

    A way that costs no less than another and the move from there is never better, and is forgotten.
    """
    ends = _through(dict(before), stage)
    if not ends:
        return None
    least = min(ends.values())
    useful = [
        (end, cost - least)
        for end, cost in ends.items()
        if not any(
            cost >= other + COST[way[0]][end[0]] and way != end and way[1] in (0, end[1])
            for way, other in ends.items()
            if other < cost
        )
    ]
    return least, tuple(sorted(useful))


def _members(kinds: Sequence[Kind], ends: list[End]) -> list[int]:
    """The exercises themselves, in the order of the places and loads found for them."""
    waiting: dict[tuple[int, End], list[int]] = {}
    for n in sorted(range(len(kinds)), reverse=True):
        stage, place, load = kinds[n]
        waiting.setdefault((stage, (place, load)), []).append(n)
    stages = sorted(stage for stage, _, _ in kinds)
    return [waiting[stage, end].pop() for stage, end in zip(stages, ends, strict=True)]
