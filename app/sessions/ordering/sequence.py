"""The best order of exercises: stages in order, least transition, equal loads apart.

Each stage is one step of a dynamic programme over end states (position and load of the last
exercise).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.sessions.ordering.separation import EndState, SeparationTable, StageKinds
from app.sessions.ordering.stages import PHASE_COUNT, PHASE_OF_STAGE
from app.sessions.ordering.transitions import COST_PER_SECOND, TransitionTable, min_floor_changes, path_cost

SequenceKey = tuple[int, int, int]
"""(Stage, position, load): exercises with equal keys are interchangeable. Load 0 may follow
itself."""
LoadFrontier = tuple[tuple[EndState, int], ...]
"""Frontier of the dynamic programme: (end state, cost above the cheapest). Empty before the
first stage."""


class _InnerCosts(NamedTuple):
    """Costs of a path through all positions of a stage, by its first and its last position."""

    same_position: int
    same_height: int
    from_or_to_floor: int
    other_heights: int


def min_transition_s(table: TransitionTable, keys: Sequence[SequenceKey]) -> int | None:
    """Least seconds of transition in an order that keeps equal loads apart; see `min_order_cost`."""
    cost = min_order_cost(table, keys)
    return None if cost is None else cost // COST_PER_SECOND


def min_order_cost(table: TransitionTable, keys: Sequence[SequenceKey]) -> int | None:
    """Least `64 * seconds + floor changes` in an order that keeps equal loads apart.

    None where no order does, or where the cheapest has more than one floor change beyond what the
    phases and positions force.
    """
    total = 0
    frontier: LoadFrontier = ()
    for stage in _group_by_stage(_drop_harmless_loads(keys)):
        # Stages are cached with their frontiers: a search asks for much the same again and again.
        advanced = _advance_stage(table, frontier, stage)
        if advanced is None:
            return None
        total += advanced[0]
        frontier = advanced[1]
    if total % COST_PER_SECOND > 1:
        masks = [0] * PHASE_COUNT
        for number, position, _ in keys:
            masks[PHASE_OF_STAGE[number]] |= 1 << position
        if total % COST_PER_SECOND > min_floor_changes(table, masks) + 1:
            return None
    return total


def optimal_sequence(table: TransitionTable, keys: Sequence[SequenceKey]) -> list[int] | None:
    """Indices into `keys` in the best order; None where `min_transition_s` is None."""
    if min_transition_s(table, keys) is None:
        return None
    keys = _drop_harmless_loads(keys)
    entry_costs: list[dict[EndState, int]] = [{}]
    stages = _group_by_stage(keys)
    for stage in stages:
        entry_costs.append(_stage_end_costs(table, entry_costs[-1], stage))
    last_costs = entry_costs.pop()
    end = min(last_costs, key=lambda state: (last_costs[state], state))
    backwards: list[EndState] = []
    for costs, stage in zip(reversed(entry_costs), reversed(stages), strict=True):
        steps, end = SeparationTable(table, costs, stage).backtrack(costs, end)
        backwards += steps
    return _assign_exercises(keys, list(reversed(backwards)))


def _drop_harmless_loads(keys: Sequence[SequenceKey]) -> list[SequenceKey]:
    """The keys with load 0 wherever the load cannot meet itself: fewer kinds, more cache hits."""
    clashing = _clashing_loads(keys)
    return [key if (key[0], key[2]) in clashing else (key[0], key[1], 0) for key in keys]


def _clashing_loads(keys: Sequence[SequenceKey]) -> set[tuple[int, int]]:
    """(Stage, load) of loads that occur twice in a stage or in two successive stages."""
    counts: dict[int, dict[int, int]] = {}
    for stage, _, load in keys:
        of_stage = counts.setdefault(stage, {})
        if load:
            of_stage[load] = of_stage.get(load, 0) + 1
    clashing: set[tuple[int, int]] = set()
    previous: dict[int, int] = {}
    previous_stage = -1
    for stage in sorted(counts):
        for load, count in counts[stage].items():
            if count > 1:
                clashing.add((stage, load))
            if load in previous:
                clashing |= {(stage, load), (previous_stage, load)}
        previous, previous_stage = counts[stage], stage
    return clashing


def _group_by_stage(keys: Sequence[SequenceKey]) -> list[StageKinds]:
    """The stages in order, each with the count of every kind in it."""
    counts: dict[int, dict[EndState, int]] = {}
    for stage, position, load in keys:
        of_stage = counts.setdefault(stage, {})
        of_stage[position, load] = of_stage.get((position, load), 0) + 1
    return [tuple([(*kind, count) for kind, count in sorted(counts[stage].items())]) for stage in sorted(counts)]


@lru_cache(maxsize=20_000)
def _advance_stage(
    table: TransitionTable, frontier: LoadFrontier, stage: StageKinds
) -> tuple[int, LoadFrontier] | None:
    """Least cost of a stage, and the frontier after it; None where equal loads must meet."""
    end_costs = _stage_end_costs(table, dict(frontier), stage)
    if not end_costs:
        return None
    min_cost = min(end_costs.values())
    useful = [(end, cost - min_cost) for end, cost in end_costs.items() if not _is_dominated(table, end, end_costs)]
    return min_cost, tuple(sorted(useful))


def _is_dominated(table: TransitionTable, end: EndState, end_costs: dict[EndState, int]) -> bool:
    """True where another end state and a transition from it is never worse."""
    cost = end_costs[end]
    for other, other_cost in end_costs.items():
        # `other` must not forbid a next load that `end` allows.
        if other_cost < cost and other[1] in (0, end[1]) and other_cost + table.costs[other[0]][end[0]] <= cost:
            return True
    return False


def _stage_end_costs(
    table: TransitionTable, entry_costs: dict[EndState, int], stage: StageKinds
) -> dict[EndState, int]:
    """Least cost through a whole stage by end state, from each state at its beginning."""
    loads = [load for _, load, count in stage for _ in range(count) if load]
    if len(set(loads)) == len(loads):
        return _unconstrained_end_costs(table, entry_costs, stage)
    return SeparationTable(table, entry_costs, stage).end_costs()


def _unconstrained_end_costs(
    table: TransitionTable, entry_costs: dict[EndState, int], stage: StageKinds
) -> dict[EndState, int]:
    """The same where no load occurs twice: only first and last exercise matter."""
    inner = _inner_costs(table, {position for position, _, _ in stage})
    entries = _stage_entries(table, entry_costs, stage)
    end_costs: dict[EndState, int] = {}
    for last, (position, load, count) in enumerate(stage):
        is_single = count == 1 and len(stage) > 1
        costs = [
            entry + _inner_cost(table, inner, start, position)
            for first, start, entry in entries
            if not (first == last and is_single)
        ]
        if costs:
            end_costs[position, load] = min(costs)
    return end_costs


def _stage_entries(
    table: TransitionTable, entry_costs: dict[EndState, int], stage: StageKinds
) -> list[tuple[int, int, int]]:
    """(Kind, position, least cost) of every kind that the stage may begin with."""
    entries = []
    for first, (position, load, _) in enumerate(stage):
        costs = [
            cost + table.costs[end[0]][position] for end, cost in entry_costs.items() if not load or end[1] != load
        ]
        if costs or not entry_costs:
            entries.append((first, position, min(costs, default=0)))
    return entries


def _inner_costs(table: TransitionTable, positions: set[int]) -> _InnerCosts:
    heights = {table.heights[position] for position in positions}
    has_floor = any(table.on_floor[position] for position in positions)
    steps, changes = len(positions) - 1, len(heights) - 1
    # A path that ends at the height where it began comes back to it: one change of height more.
    round_trip = changes + 1 if changes else 0
    round_trip_floor = 2 if has_floor and changes else 0
    return _InnerCosts(
        same_position=path_cost(steps + 1, round_trip, round_trip_floor) if steps else 0,
        same_height=path_cost(steps, round_trip, round_trip_floor),
        from_or_to_floor=path_cost(steps, changes, 1),
        other_heights=path_cost(steps, changes, 2 if has_floor else 0),
    )


def _inner_cost(table: TransitionTable, inner: _InnerCosts, first: int, last: int) -> int:
    """Cost of a path through all positions of a stage from position `first` to position `last`."""
    if first == last:
        return inner.same_position
    if table.heights[first] == table.heights[last]:
        return inner.same_height
    if table.on_floor[first] or table.on_floor[last]:
        return inner.from_or_to_floor
    return inner.other_heights


def _assign_exercises(keys: Sequence[SequenceKey], ends: list[EndState]) -> list[int]:
    """Index of an exercise for each end state of the sequence; equal ones in their order."""
    waiting: dict[tuple[int, EndState], list[int]] = {}
    for index in sorted(range(len(keys)), reverse=True):
        stage, position, load = keys[index]
        waiting.setdefault((stage, (position, load)), []).append(index)
    stages = sorted(stage for stage, _, _ in keys)
    return [waiting[stage, end].pop() for stage, end in zip(stages, ends, strict=True)]
