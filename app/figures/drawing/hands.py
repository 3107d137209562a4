"""Hands: fingers with lines between them, and a thumb before or behind them.

Points of a hand are written as in `app.figures.drawing.hand_shapes`.
"""

from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.finger_lines import project_finger_lines
from app.figures.drawing.geometry import Array, Sphere, rotation_matrix, shrink_to_point, vec
from app.figures.drawing.hand_shapes import HAND_SHAPES, Station
from app.figures.drawing.landmarks import thumb_direction
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import resample_outline, round_corners, sweep, unite
from app.figures.drawing.skeleton import Body

HAND_POINTS, THUMB_POINTS = 29, 10
"""Points of the outlines."""
FINGER_DENSITY = 0.5
"""Share of the spacing of the points of a hand that is taken off at the finger tips, where it is most curved."""
MAX_TURN_DEG = 9.0
"""By how much a hand that is seen at its edge is drawn turned, in degrees."""
EDGE_STEEPNESS = 6.0
"""How soon it is turned, by 1 of the cosine between its palm and the direction to the viewer."""
THUMB_EDGE_SHARE = 0.45
"""The outline of the thumb begins at this share of its first bone: where it grows out of the hand, it has none."""


def hand_strokes(camera: Camera, body: Body, side: str, shade: str) -> tuple[list[Stroke], BaseGeometry]:
    """Return the strokes of a hand and its silhouette.

    The thumb has a place before and one behind the hand; at the one where it is not seen it has no size, so that all
    moments of a motion have the same paths.
    """
    wrist, axes = _hand_axes(body, side)
    shape = HAND_SHAPES[body.hands[side].shape]
    if not shape.is_closed:
        axes = turn_to_viewer(camera, axes)
    chains = [_project(camera, wrist, axes, finger) for finger in shape.fingers]
    hand = round_corners(unite([sweep(chain) for chain in chains]), 0.3, 0.3)
    start = camera.project(wrist - axes[:, 0] * 8)
    points = resample_outline(hand, HAND_POINTS, start, FINGER_DENSITY)
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
        *(Stroke("line", "crease", line) for line in project_finger_lines(camera, wrist, axes, shape)),
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


def turn_to_viewer(camera: Camera, axes: Array) -> Array:
    """Return the axes of a hand, turned about its length by up to `MAX_TURN_DEG` where it is seen at its edge.

    There, the fingers would lie behind one another; turned, all of them are seen.
    """
    across, out = camera.depth_of(axes[:, 1]), camera.depth_of(axes[:, 2])
    share = float(np.clip(out * across * EDGE_STEEPNESS, -1, 1)) * across**2
    return rotation_matrix(axes[:, 0], -MAX_TURN_DEG * share * np.linalg.det(axes)) @ axes


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
