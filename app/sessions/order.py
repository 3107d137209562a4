"""The order of the chosen exercises: stages in order, little moving about, no load twice running. Exact."""

from collections.abc import Sequence

from app.sessions.travel import MOVE_S

NEVER = 1 << 30


def best_order(
    stages: Sequence[int], places: Sequence[int], loads: Sequence[int], excused: int = -1
) -> tuple[int, list[int]] | None:
    """Least seconds of moving and an order that takes them, as indices; None where two of a load must meet.

    Exercises of one stage, place and load are alike here, so the table runs over counts, not over subsets.
    `excused` is a load that may meet itself.
    """
    kinds = sorted(set(zip(stages, places, loads, strict=True)))
    members = {kind: [n for n, k in enumerate(zip(stages, places, loads, strict=True)) if k == kind] for kind in kinds}
    counts = tuple(len(members[kind]) for kind in kinds)
    layer: dict[tuple[tuple[int, ...], int], tuple[int, tuple[tuple[int, ...], int] | None]] = {(counts, -1): (0, None)}
    trail = [layer]
    for _ in stages:
        following: dict[tuple[tuple[int, ...], int], tuple[int, tuple[tuple[int, ...], int] | None]] = {}
        for state, (cost, _before) in layer.items():
            left, last = state
            stage = min(kind[0] for kind, count in zip(kinds, left, strict=True) if count)
            for n, kind in enumerate(kinds):
                if not left[n] or kind[0] != stage:
                    continue
                if last >= 0 and kind[2] and kind[2] == kinds[last][2] and kind[2] != excused:
                    continue
                total = cost + (MOVE_S[kinds[last][1]][kind[1]] if last >= 0 else 0)
                then = (left[:n] + (left[n] - 1,) + left[n + 1 :], n)
                if total < following.get(then, (NEVER, None))[0]:
                    following[then] = (total, state)
        if not following:
            return None
        layer = following
        trail.append(layer)
    return _walk_back(trail, members, kinds)


def _walk_back(trail, members, kinds):  # type: ignore[no-untyped-def]
    state = min(trail[-1], key=lambda state: (trail[-1][state][0], state))
    cost = trail[-1][state][0]
    sequence = []
    for layer in reversed(trail[1:]):
        sequence.append(state[1])
        state = layer[state][1]
    sequence.reverse()
    queues = {n: iter(members[kind]) for n, kind in enumerate(kinds)}
    return cost, [next(queues[n]) for n in sequence]
