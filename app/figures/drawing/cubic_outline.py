"""Outlines in few cubic Bezier curves, as Lottie knows them, from path data that has many quadratic ones."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from app.figures.drawing.geometry import Array

PATH_DATA = re.compile(r"M(-?\d+)[ ]?(-?\d+)([lq])([-\d t]+)(z?)")
MAX_DEVIATION = 1.0
"""Drawing units (tenths of a pixel) by which a cubic curve may leave the quadratic ones that it replaces."""
MAX_MERGED = 4
"""Most quadratic curves that one cubic curve replaces."""
MIN_SPEED = 1.0
"""Drawing units: where a curve is slower it turns on the spot, and has no direction."""
PROBES = np.linspace(0, 1, 5)[:, None]
"""Where on a quadratic curve the deviation is measured."""


class QuadraticOutline(NamedTuple):
    """Vertices (n + 1, 2) and the control points (n, 2) between them; straight lines have no control points."""

    vertices: Array
    controls: Array
    is_closed: bool


class CubicOutline(NamedTuple):
    """Vertices (n, 2) with the vectors to their incoming and outgoing control points."""

    vertices: Array
    incoming: Array
    outgoing: Array
    is_closed: bool


def parse_outline(data: str) -> QuadraticOutline:
    """Return path data of `path_data.py` as points."""
    found = PATH_DATA.fullmatch(data)
    assert found is not None, data
    steps = np.array([int(number) for number in re.findall(r"-?\d+", found[4])]).reshape(-1, 2)
    start = np.array([int(found[1]), int(found[2])])
    if found[3] == "l":
        vertices = np.vstack([start, start + np.cumsum(steps, axis=0)])
        return QuadraticOutline(vertices, np.empty((0, 2)), bool(found[5]))
    vertices = np.vstack([start, start + np.cumsum(steps[1:], axis=0)])
    controls = [start + steps[0]]
    for vertex in vertices[1:-1]:  # `t` mirrors the control point before it
        controls.append(2 * vertex - controls[-1])
    return QuadraticOutline(vertices, np.array(controls), bool(found[5]))


def to_cubic_outlines(samples: Sequence[str]) -> list[CubicOutline]:
    """Return every sample of a path in cubic curves, with the same number of vertices in all of them."""
    outlines = [parse_outline(sample) for sample in samples]
    is_closed = outlines[0].is_closed
    vertices = np.array([outline.vertices for outline in outlines], dtype=float)
    if not len(outlines[0].controls):
        flat = np.zeros_like(vertices[0])
        return [CubicOutline(sample, flat, flat, is_closed) for sample in vertices]
    controls = np.array([outline.controls for outline in outlines], dtype=float)
    cuts = _choose_cuts(vertices, controls)
    counts = np.diff(cuts)[None, :, None]
    # The splines are even in their parameter, so a curve over m of them has m times the speed at its ends.
    leaving = (controls[:, cuts[:-1]] - vertices[:, cuts[:-1]]) * counts * 2 / 3
    arriving = (controls[:, np.array(cuts[1:]) - 1] - vertices[:, cuts[1:]]) * counts * 2 / 3
    return [
        _join_curves(kept, arriving[index], leaving[index], is_closed) for index, kept in enumerate(vertices[:, cuts])
    ]


def _join_curves(vertices: Array, arriving: Array, leaving: Array, is_closed: bool) -> CubicOutline:
    if is_closed:
        return CubicOutline(vertices[:-1], np.roll(arriving, 1, 0), leaving, True)
    end = np.zeros((1, 2))
    return CubicOutline(vertices, np.vstack([end, arriving]), np.vstack([leaving, end]), False)


def _choose_cuts(vertices: Array, controls: Array) -> list[int]:
    """Return the indices of the vertices that are kept: as few as the deviation allows in every sample."""
    count, cuts = controls.shape[1], [0]
    before, middle, after = vertices[:, :-1, None], controls[:, :, None], vertices[:, 1:, None]
    weights = _quadratic_weights(PROBES)
    quadratic = weights[0] * before + weights[1] * middle + weights[2] * after
    while cuts[-1] < count:
        first = cuts[-1]
        lengths = range(min(MAX_MERGED, count - first), 1, -1)
        last = next((first + m for m in lengths if _fits(vertices, controls, quadratic, first, first + m)), first + 1)
        cuts.append(last)
    return cuts


def _fits(vertices: Array, controls: Array, quadratic: Array, first: int, last: int) -> bool:
    """Return whether one cubic curve can replace the quadratic ones from vertex first to vertex last.

    `quadratic` (samples, n, probes, 2) has the points of every quadratic curve.
    """
    count = last - first
    a, b = vertices[:, first, None], vertices[:, last, None]
    p = a + (controls[:, first, None] - a) * count * 2 / 3
    q = b + (controls[:, last - 1, None] - b) * count * 2 / 3
    of_points, of_differences = _cubic_weights(count)
    cubic = of_points[0] * a + of_points[1] * p + of_points[2] * q + of_points[3] * b
    tangent = of_differences[0] * (p - a) + of_differences[1] * (q - p) + of_differences[2] * (b - q)
    gap = quadratic[:, first:last].reshape(cubic.shape) - cubic
    # Being ahead or behind on the same line is no deviation: only what is across the curve counts.
    across = np.abs(gap[..., 0] * tangent[..., 1] - gap[..., 1] * tangent[..., 0])
    speed = np.hypot(tangent[..., 0], tangent[..., 1])
    distance = np.where(speed > MIN_SPEED, across / np.maximum(speed, MIN_SPEED), np.hypot(gap[..., 0], gap[..., 1]))
    return bool(distance.max() <= MAX_DEVIATION)


def _quadratic_weights(at: Array) -> tuple[Array, Array, Array]:
    """Return how much the points of a quadratic curve count at these parameters."""
    return (1 - at) ** 2, 2 * at * (1 - at), at**2


@cache
def _cubic_weights(count: int) -> tuple[tuple[Array, Array, Array, Array], tuple[Array, Array, Array]]:
    """Return how much the points of a cubic curve count, and their differences for the tangent.

    Both curves run evenly through their parameter, so the cubic one is looked at where `count` quadratic ones are
    probed.
    """
    t = ((np.arange(count)[:, None] + PROBES[:, 0]) / count).reshape(-1, 1)
    return ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3), _quadratic_weights(t)
