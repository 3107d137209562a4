"""The ends of the collar that a raised upper arm cuts off from the rest of it."""

import itertools
from collections.abc import Sequence

import numpy as np
import shapely

from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer, find_layer

MAX_LOOSE_CM = 3.0
"""A longer piece of the collar beyond an arm still reads as a part of it."""
STEPS = 60
"""Places along the collar at which it is looked whether it is seen."""


def drop_loose_ends(layers: Sequence[Layer]) -> None:
    """Shorten the collar to its longest seen piece, where what is cut off is short: it would be a mark on the shirt."""
    neck_index = find_layer(layers, "neck")
    strokes = layers[neck_index].strokes
    line = next(stroke for stroke in strokes if stroke.tone == "collar")
    band = next(stroke for stroke in strokes if stroke.tone == "top2")
    count = len(line.points)
    rims = np.array([line.points, band.points[:count], band.points[: count - 1 : -1]])
    arms = [layer.shape for layer in layers[neck_index + 1 :] if layer.name.startswith("upper")]
    cover = shapely.union_all(arms)
    shares = np.linspace(0, 1, STEPS + 1)
    middle = _locate_shares(rims[1:].mean(0), shares)
    first, last = _longest_piece(~shapely.contains_xy(cover, middle[:, 0], middle[:, 1]), middle)
    if (first, last) == (0, STEPS):
        return
    seen_shares = np.linspace(shares[first], shares[last], count)
    rim, upper, lower = (_locate_shares(points, seen_shares) for points in rims)
    line.points, band.points = rim, np.vstack([upper, lower[::-1]])


def _locate_shares(points: Array, shares: Array) -> Array:
    """Return the points at shares of the way along a line, counted by its corners."""
    corners = shares * (len(points) - 1)
    return np.column_stack([np.interp(corners, np.arange(len(points)), points[:, axis]) for axis in (0, 1)])


def _longest_piece(seen: Array, points: Array) -> tuple[int, int]:
    """Return the first and the last place to keep: hidden ends stay, too, unless a loose one follows."""
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    edges = [0, *(np.flatnonzero(np.diff(seen)) + 1), len(seen)]
    pieces = [(int(start), int(end) - 1) for start, end in itertools.pairwise(edges) if seen[start]]
    if len(pieces) < 2:
        return 0, len(seen) - 1
    lengths = [float(steps[end] - steps[start]) for start, end in pieces]
    longest = int(np.argmax(lengths))
    first = pieces[longest][0] if longest and max(lengths[:longest]) < MAX_LOOSE_CM else 0
    is_last_loose = longest + 1 < len(pieces) and max(lengths[longest + 1 :]) < MAX_LOOSE_CM
    return first, pieces[longest][1] if is_last_loose else len(seen) - 1
