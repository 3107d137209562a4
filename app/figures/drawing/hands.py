"""Hands: flat, with spread fingers, relaxed, or a fist that may hold something; with a thumb and lines between fingers.

Points of a hand are written as (along, across, out) from the wrist, in cm: along the fingers, across to the thumb's
side, and out of the palm.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere, shrink_to_point, vec
from app.figures.drawing.landmarks import thumb_direction
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import resample_outline, round_corners, sweep, unite
from app.figures.drawing.skeleton import Body

Station = tuple[float, float, float, float]
"""A point of the hand (along, across, out) and the radius there, in cm."""


class HandShape(NamedTuple):
    """The stations of the four fingers from the palm to the tip, index finger first, and those of the thumb.

    `lines` are those between neighbouring fingers: one point on the back of the hand and three along the fingers.
    """

    fingers: tuple[tuple[Station, ...], ...]
    thumb: tuple[Station, ...]
    lines: tuple[tuple[tuple[float, float, float], ...], ...]


def _open_hand(reaches: Sequence[float], across: Sequence[float], curl: float, thumb: tuple[Station, ...]) -> HandShape:
    """Return a hand with straight fingers, or fingers that curl a little to the palm."""
    roots = (2.7, 0.95, -0.85, -2.6)
    fingers = tuple(
        (
            (0.0, root * 0.4, 0.0, 2.3),
            (8.0, root, 0.0, 1.75),
            ((8.0 + reach) / 2, (root + tip) / 2, curl * 0.3, 1.25),
            (reach, tip, curl, 1.0),
        )
        for root, reach, tip in zip(roots, reaches, across, strict=True)
    )
    lines = []
    for place in range(3):
        root, tip = (roots[place] + roots[place + 1]) / 2, (across[place] + across[place + 1]) / 2
        # To the notch between two tips: fingers that part only near their tips would look bent.
        end = min(reaches[place : place + 2]) + 0.4
        start = (8.2, root, 0.0)
        # The first point twice: the lines of all shapes have the same number of points, so that a hand may close.
        lines.append((start, start, ((8.2 + end) / 2, (root + tip) / 2, curl * 0.3), (end, tip, curl)))
    return HandShape(fingers, thumb, tuple(lines))


def _closed_hand() -> HandShape:
    """Return a fist, closed as far as something of a bar's size leaves room."""
    offsets = (2.9, 1.0, -0.9, -2.7)
    fingers = tuple(
        (
            (0.0, offset * 0.4, 0.0, 2.3),
            (7.4, offset, -0.6, 1.8),
            (8.5, offset * 0.98, 2.3, 1.5),
            (5.6, offset * 0.92, 3.9, 1.3),
        )
        for offset in offsets
    )
    lines = tuple(
        ((6.4, middle, -2.3), (8.9, middle, -0.4), (9.7, middle, 2.4), (6.2, middle * 0.95, 4.9))
        for middle in (1.95, 0.05, -1.8)
    )
    return HandShape(fingers, ((2.6, 2.6, 0.8, 1.7), (6.0, 3.6, 2.8, 1.35), (7.6, 1.4, 4.9, 1.15)), lines)


RESTING_THUMB = ((2.0, 1.5, 0.3, 1.9), (5.4, 3.9, 0.9, 1.4), (8.9, 4.6, 1.5, 1.1))
HAND_SHAPES = {
    "flat": _open_hand((15.2, 16.4, 15.5, 13.2), (3.1, 1.05, -1.0, -3.0), 0.0, RESTING_THUMB),
    "spread": _open_hand(
        (14.9, 16.2, 15.2, 12.8),
        (5.4, 1.9, -1.9, -5.6),
        0.0,
        ((2.0, 1.5, 0.3, 1.9), (4.8, 4.9, 0.5, 1.4), (7.4, 7.6, 0.6, 1.1)),
    ),
    "relax": _open_hand((14.4, 15.5, 14.7, 12.6), (2.9, 1.0, -0.95, -2.8), 2.0, RESTING_THUMB),
    "fist": _closed_hand(),
}
"""The shapes of a hand by the word of the pose file."""
HAND_POINTS, THUMB_POINTS = 30, 10
"""Points of the outlines."""
THUMB_EDGE_SHARE = 0.45
"""The outline of the thumb begins at this share of its first bone: where it grows out of the hand, it has none."""
LINE_FACING = {"straight": 0.32, "bent": 0.15}
"""A line between fingers shows when its surface turns to the viewer by more than this (cosine).

Of straight fingers that are seen at a slant, the lines would be specks.
"""
LINE_STEEPNESS = {"straight": 8.0, "bent": 4.0}
"""How soon it then shows in full: by the share of its length for each 1 of the cosine."""
MIN_LINE_SHARE = {"straight": 0.4, "bent": 0.0}
"""A line of which less shows is left out."""
CROWDED_FACING = 0.52
"""Of straight fingers that turn less to the viewer (cosine), only the middle line shows: three would run together."""


def hand_strokes(camera: Camera, body: Body, side: str, shade: str) -> tuple[list[Stroke], BaseGeometry]:
    """Return the strokes of a hand and its silhouette.

    The thumb has a place before and one behind the hand; at the one where it is not seen it has no size, so that all
    moments of a motion have the same paths.
    """
    wrist, axes = _hand_axes(body, side)
    shape = HAND_SHAPES[body.hands[side].shape]
    chains = [_project(camera, wrist, axes, finger) for finger in shape.fingers]
    hand = round_corners(unite([sweep(chain) for chain in chains]), 0.3, 0.3)
    start = camera.project(wrist - axes[:, 0] * 8)
    points = resample_outline(hand, HAND_POINTS, start)
    thumb_fill, thumb_edge, thumb = _thumb(camera, wrist, axes, shape.thumb)
    is_before = camera.depth_of(axes[:, 2]) + 0.4 * camera.depth_of(axes[:, 1]) > -0.15
    nowhere = shrink_to_point(points, THUMB_POINTS)
    edges, fills = (
        ((nowhere, thumb_edge), (nowhere, thumb_fill))
        if is_before
        else (
            (thumb_edge, nowhere),
            (thumb_fill, nowhere),
        )
    )
    strokes = [
        Stroke("edge", "skin", edges[0]),
        Stroke("fill", "skin" + shade, fills[0]),
        Stroke("edge", "skin", points),
        Stroke("fill", "skin" + shade, points),
        *_finger_lines(camera, wrist, axes, shape),
        Stroke("edge", "skin", edges[1]),
        Stroke("fill", "skin" + shade, fills[1]),
    ]
    return strokes, unite([hand, thumb])


def hand_spheres(body: Body, side: str) -> list[Sphere]:
    """Return the spheres along a hand that give its depth."""
    wrist, axes = _hand_axes(body, side)
    if body.hands[side].shape == "fist":
        return [Sphere(wrist, 2.6), Sphere(wrist + axes @ vec(6.8, 0, 1.6), 3.8)]
    return [Sphere(wrist + axes[:, 0] * along, radius) for along, radius in ((0, 2.5), (8, 2.2), (15, 1.6))]


def _hand_axes(body: Body, side: str) -> tuple[Array, Array]:
    """Return the wrist, and the directions of the fingers, the thumb's side and the palm as columns."""
    hand = body.hands[side]
    return body.joints["wrist" + side], np.column_stack([hand.fingers, thumb_direction(body, side), hand.palm])


def _project(camera: Camera, wrist: Array, axes: Array, stations: Sequence[Station]) -> list[Sphere]:
    return camera.project_spheres([(wrist + axes @ vec(*at), radius) for *at, radius in stations])


def _thumb(camera: Camera, wrist: Array, axes: Array, stations: Sequence[Station]) -> tuple[Array, Array, BaseGeometry]:
    """Return the outlines of the thumb's fill and of its edge, and its silhouette."""
    root, joint, tip = (np.array(station) for station in stations)
    free = [tuple(root + (joint - root) * THUMB_EDGE_SHARE), tuple(joint), tuple(tip)]
    start = camera.project(wrist - axes[:, 0] * 8)
    whole = round_corners(sweep(_project(camera, wrist, axes, stations)), 0.3, 0.3)
    edge = round_corners(sweep(_project(camera, wrist, axes, free)), 0.3, 0.3)
    return resample_outline(whole, THUMB_POINTS, start), resample_outline(edge, THUMB_POINTS, start), whole


def _finger_lines(camera: Camera, wrist: Array, axes: Array, shape: HandShape) -> list[Stroke]:
    """Return the lines between the fingers, as far as their surface is seen."""
    out, along = camera.depth_of(axes[:, 2]), camera.depth_of(axes[:, 0])
    is_closed = shape is HAND_SHAPES["fist"]
    # Of straight fingers both surfaces show their lines; of bent ones the back, the one before the knuckles, the inner.
    facing = (-out, along, out) if is_closed else (0.0, abs(out), abs(out))
    bend = "bent" if is_closed else "straight"
    shares = (float(np.clip((cosine - LINE_FACING[bend]) * LINE_STEEPNESS[bend], 0, 1)) for cosine in facing)
    back, first_share, last_share = (share if share > MIN_LINE_SHARE[bend] else 0.0 for share in shares)
    strokes = []
    for line, size in zip(shape.lines, _line_sizes(is_closed, abs(out)), strict=True):
        knuckle, first, middle, last = (vec(*point) for point in line)
        # Where the line is not seen, it shrinks to its middle; seen from the back, to where it goes round the knuckles.
        anchor = middle + (first - middle) * back
        parts = ((knuckle, back), (first, first_share), (anchor, 1.0), (last, last_share))
        shown = [anchor + (point - anchor) * share * size for point, share in parts]
        strokes.append(Stroke("line", "crease", camera.project(np.array([wrist + axes @ point for point in shown]))))
    return strokes


def _line_sizes(is_closed: bool, facing: float) -> tuple[float, float, float]:
    """Return the share of its size at which each line between fingers is drawn."""
    return (0.0, 1.0, 0.0) if not is_closed and facing < CROWDED_FACING else (1.0, 1.0, 1.0)
