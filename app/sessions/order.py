"""The order of the chosen exercises: stages in order, little moving about, no load twice running. Exact."""

from collections import Counter
from collections.abc import Sequence
from threading import Lock

from app.sessions.travel import MOVE_S, floor_changes, least_floor_changes, tour_s

Kind = tuple[int, int, int]
"""Stage, place, load: exercises that are alike in these may change places. Load 0 may meet itself."""
End = tuple[int, int]
"""Place and load of what was last."""
Stage = tuple[tuple[int, int, int], ...]
"""Place, load and count of all that one stage holds."""

_ends: list[dict[End, int]] = [{}]
_number_of: dict[tuple[tuple[End, int], ...], int] = {(): 0}
_steps: dict[tuple[int, Stage], tuple[int, int] | None] = {}
_lock = Lock()


def least_moving(kinds: Sequence[Kind]) -> int | None:
    """Least seconds of moving in any order that keeps equal loads apart; None where there is no such order.

    Stages are remembered with the ways to come to them: a search asks for much the same again and again.
    """
    total, before = 0, 0
    for stage in _stages(kinds):
        key = (before, stage)
        if key not in _steps:
            if len(_steps) > 100_000:
                _steps.clear()
            _steps[key] = _numbered(_through(_ends[before], stage))
        found = _steps[key]
        if found is None:
            return None
        total += found[0]
        before = found[1]
    return total


def best_order(kinds: Sequence[Kind]) -> list[int] | None:
    """An order that moves least, as indices into `kinds`; None where two of a load must meet."""
    if least_moving(kinds) is None:
        return None
    before: list[dict[End, int]] = [{}]
    stages = _stages(kinds)
    for stage in stages:
        before.append(_through(before[-1], stage))
    end = min(before[-1], key=lambda one: (before[-1][one], one))
    backwards: list[End] = []
    for ends, stage in zip(reversed(before[:-1]), reversed(stages), strict=True):
        steps, end = _back(ends, stage, end)
        backwards += steps
    return _members(kinds, list(reversed(backwards)))


def gentle_order(kinds: Sequence[Kind]) -> tuple[int, list[int] | None] | None:
    """Least seconds of moving, and the order where it had to be looked at; None where there is none that will do.

    At most one change between floor and standing more than the stages and places force: where moving is as little as
    the places alone ask, that is so by itself.
    """
    moving = least_moving(kinds)
    if moving is None:
        return None
    masks = [0] * (1 + max(stage for stage, _, _ in kinds))
    for stage, place, _ in kinds:
        masks[stage] |= 1 << place
    if moving == tour_s(masks):
        return moving, None
    order = best_order(kinds)
    if order is None or floor_changes([kinds[n][1] for n in order]) > least_floor_changes(masks) + 1:
        return None
    return moving, order


def _stages(kinds: Sequence[Kind]) -> list[Stage]:
    """The stages in order; a load that only one exercise has cannot clash and counts as none."""
    loads = Counter(load for _, _, load in kinds)
    held: dict[int, Counter[End]] = {}
    for stage, place, load in kinds:
        held.setdefault(stage, Counter())[place, load if loads[load] > 1 else 0] += 1
    return [tuple((place, load, held[n][place, load]) for place, load in sorted(held[n])) for n in sorted(held)]


def _through(ends: dict[End, int], stage: Stage) -> dict[End, int]:
    """Through a whole stage from each way to have come: seconds by what is last."""
    return {stage[state & 31][:2]: cost for state, cost in _layers(ends, stage)[-1].items()}


def _layers(ends: dict[End, int], stage: Stage) -> list[dict[int, int]]:
    """Least seconds by state, after one exercise, two ... A state is what is left of each kind, and the last kind."""
    kinds = range(len(stage))
    units = [1 << 5 * n + 5 for n in kinds]
    whole = sum(stage[n][2] * units[n] for n in kinds)
    layer: dict[int, int] = {}
    for n, (place, load, _) in enumerate(stage):
        costs = [cost + MOVE_S[end[0]][place] for end, cost in ends.items() if not load or end[1] != load]
        if costs or not ends:
            layer[whole - units[n] | n] = min(costs, default=0)
    follow = [
        [(units[n], n, MOVE_S[stage[m][0]][stage[n][0]]) for n in kinds if _may_follow(stage, m, n)] for m in kinds
    ]
    layers = [layer]
    for _ in range(sum(kind[2] for kind in stage) - 1):
        following: dict[int, int] = {}
        for state, cost in layer.items():
            last = state & 31
            left = state - last
            for unit, n, move in follow[last]:
                if left & 31 * unit:
                    then = left - unit | n
                    if cost + move < following.get(then, 1 << 30):
                        following[then] = cost + move
        layer = following
        layers.append(layer)
    return layers


def _may_follow(stage: Stage, last: int, following: int) -> bool:
    load = stage[following][1]
    return not load or load != stage[last][1]


def _numbered(ends: dict[End, int]) -> tuple[int, int] | None:
    """The least seconds, and a number for the ways to have come, so that equal ones are remembered once."""
    if not ends:
        return None
    least = min(ends.values())
    key = tuple(sorted((end, cost - least) for end, cost in ends.items()))
    with _lock:
        if key not in _number_of:
            _ends.append(dict(key))
            _number_of[key] = len(_ends) - 1
        return least, _number_of[key]


def _back(ends: dict[End, int], stage: Stage, end: End) -> tuple[list[End], End]:
    """From a way to end a stage back to its beginning: what was done, last first, and how one had come to it."""
    layers = _layers(ends, stage)
    at = min(
        (state for state in layers[-1] if stage[state & 31][:2] == end), key=lambda state: (layers[-1][state], state)
    )
    steps = [end]
    for n in range(len(layers) - 1, 0, -1):
        last = at & 31
        left = at - last + (1 << 5 * last + 5)
        at = next(
            left | before
            for before in range(len(stage))
            if _may_follow(stage, before, last)
            and layers[n - 1].get(left | before, -1) + MOVE_S[stage[before][0]][stage[last][0]] == layers[n][at]
            and left | before in layers[n - 1]
        )
        steps.append(stage[at & 31][:2])
    place, load, _ = stage[at & 31]
    came = [
        way
        for way, cost in ends.items()
        if cost + MOVE_S[way[0]][place] == layers[0][at] and not (load and way[1] == load)
    ]
    return steps, min(came, default=(-1, 0))


def _members(kinds: Sequence[Kind], ends: list[End]) -> list[int]:
    """The exercises themselves, in the order of the places and loads found for them."""
    loads = Counter(load for _, _, load in kinds)
    waiting: dict[tuple[int, End], list[int]] = {}
    for n in sorted(range(len(kinds)), reverse=True):
        stage, place, load = kinds[n]
        waiting.setdefault((stage, (place, load if loads[load] > 1 else 0)), []).append(n)
    stages = sorted(stage for stage, _, _ in kinds)
    return [waiting[stage, end].pop() for stage, end in zip(stages, ends, strict=True)]
