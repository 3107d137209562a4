"""The runs of a motion without repetition: what keeps its place among the others is drawn once for the whole motion.

A stored moving drawing draws every path once for each order of the layers. Most paths keep their order; only those that
change places with others need to be drawn anew in each run, between the ones that stay.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from app.figures.moving_paths import MovingPath, Run

Sample = TypeVar("Sample")
Track = dict[int, MovingPath]
"""One path of the drawing in every run in which it is seen, by the number of the run."""


def stack_runs(runs: Sequence[Run]) -> list[Run]:
    """Return runs from back to front, some for the whole motion and some for a part of it, that show the same."""
    tracks, orders = _follow_paths(runs)
    lasting = _find_lasting(tracks, orders)
    gaps = [_split_order(order, lasting) for order in orders]
    stacked: list[Run] = []
    whole: list[MovingPath] = []
    for place in range(len(lasting) + 1):
        passing = [
            Run(run.first, run.last, tuple(tracks[number][index] for number in gaps[index][place]))
            for index, run in enumerate(runs)
            if gaps[index][place]
        ]
        if passing and whole:
            stacked.append(Run(runs[0].first, runs[-1].last, tuple(whole)))
            whole = []
        stacked += passing
        if place < len(lasting):
            whole.append(_join_samples(tracks[lasting[place]], runs))
    return [*stacked, Run(runs[0].first, runs[-1].last, tuple(whole))] if whole else stacked


def _follow_paths(runs: Sequence[Run]) -> tuple[list[Track], list[list[int]]]:
    """Return the tracks, and for each run the numbers of its tracks from back to front."""
    tracks: list[Track] = []
    orders: list[list[int]] = []
    for index, run in enumerate(runs):
        order: list[int] = []
        for path in run.paths:
            number = next((n for n in _list_open(tracks, index, order) if _continues(tracks[n][index - 1], path)), None)
            if number is None:
                number = len(tracks)
                tracks.append({})
            tracks[number][index] = path
            order.append(number)
        orders.append(order)
    return tracks, orders


def _list_open(tracks: Sequence[Track], index: int, taken: Sequence[int]) -> list[int]:
    """Return the numbers of the tracks that were seen in the run before and have no path in this one yet."""
    return [number for number, track in enumerate(tracks) if index - 1 in track and number not in taken]


def _continues(before: MovingPath, after: MovingPath) -> bool:
    """Return whether a path begins as another ends: two neighbouring runs share a sample."""
    return (before.attributes, before.outlines[-1]) == (after.attributes, after.outlines[0])


def _find_lasting(tracks: Sequence[Track], orders: Sequence[Sequence[int]]) -> list[int]:
    """Return the tracks that are seen in every run and have the same order in all of them."""
    lasting = [number for number in orders[0] if len(tracks[number]) == len(orders)]
    for order in orders[1:]:
        matcher = SequenceMatcher(None, lasting, [number for number in order if number in lasting], autojunk=False)
        lasting = [number for block in matcher.get_matching_blocks() for number in lasting[block.a :][: block.size]]
    return lasting


def _split_order(order: Sequence[int], lasting: Sequence[int]) -> list[list[int]]:
    """Return what lies behind the first lasting track, between each of them, and before the last one."""
    gaps: list[list[int]] = [[]]
    for number in order:
        if number in lasting:
            gaps.append([])
        else:
            gaps[-1].append(number)
    return gaps


def _join_samples(track: Track, runs: Sequence[Run]) -> MovingPath:
    """Return a track as one path with the samples of all runs; neighbours share a sample."""
    outlines = [track[0].outlines[0]]
    for index, run in enumerate(runs):
        count = run.last - run.first
        outlines += _stretch(track[index].outlines, count)
    return MovingPath(track[0].attributes, _shorten(outlines))


def _stretch(samples: Sequence[Sample], count: int) -> list[Sample]:
    """Return the samples after the first; a single one is repeated."""
    return list(samples[1:]) if len(samples) > 1 else [samples[0]] * count


def _shorten(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """Return the samples, or one where all are the same."""
    return tuple(samples) if len(set(samples)) > 1 else (samples[0],)
