"""The ends of the collar that a raised upper arm cuts off from the rest of it."""

import itertools
from collections.abc import Sequence

import numpy as np
import shapely

from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer

MAX_LOOSE_CM = 3.0
"""A longer piece of the collar beyond an arm still reads as a part of it."""
STEPS = 60
"""Places along the collar at which it is looked whether it is seen."""


def drop_loose_ends(layers: Sequence[Layer]) -> None:
    """Shorten the collar to its longest seen piece, where what is cut off is short: it would be a mark on the shirt."""
    place = next(place for place, layer in enumerate(layers) if layer.name == "neck")
    strokes = layers[place].strokes
    line = next(stroke for stroke in strokes if stroke.tone == "collar")
    band = next(stroke for stroke in strokes if stroke.tone == "top2")
    count = len(line.points)
    rims = np.array([line.points, band.points[:count], band.points[: count - 1 : -1]])
    arms = [layer.shape for layer in layers[place + 1 :] if layer.name.startswith("upper")]
    cover = shapely.union_all(arms)
    shares = np.linspace(0, 1, STEPS + 1)
    middle = _places_along(rims[1:].mean(0), shares)
    first, last = _longest_piece(~shapely.contains_xy(cover, middle[:, 0], middle[:, 1]), middle)
    if (first, last) == (0, STEPS):
        return
    kept = np.linspace(shares[first], shares[last], count)
    rim, upper, lower = (_places_along(points, kept) for points in rims)
    line.points, band.points = rim, np.vstack([upper, lower[::-1]])


def _places_along(points: Array, shares: Array) -> Array:
    at = shares * (len(points) - 1)
    return np.column_stack([np.interp(at, np.arange(len(points)), points[:, axis]) for axis in (0, 1)])


def _longest_piece(seen: Array, points: Array) -> tuple[int, int]:
    """Return the first and the last place to keep: hidden ends stay, too, unless a loose one follows."""
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    edges = [0, *(np.flatnonzero(np.diff(seen)) + 1), len(seen)]
    pieces = [(int(start), int(end) - 1) for start, end in itertools.pairwise(edges) if seen[start]]
    if len(pieces) < 2:
        return 0, len(seen) - 1
    lengths = [float(steps[end] - steps[start]) for start, end in pieces]
    place = int(np.argmax(lengths))
    first = pieces[place][0] if place and max(lengths[:place]) < MAX_LOOSE_CM else 0
    is_last_loose = place + 1 < len(pieces) and max(lengths[place + 1 :]) < MAX_LOOSE_CM
    return first, pieces[place][1] if is_last_loose else len(seen) - 1
