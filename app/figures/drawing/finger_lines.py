"""The lines between fingers that tell them apart, as far as they are seen; on the picture, in cm."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere, length, normalise, shrink_to_point, vec
from app.figures.drawing.hand_shapes import HandShape, Station
from app.figures.drawing.outline import sweep

LINE_POINTS = 3
"""Points of a line: its ends, and a control point between them."""
DENSE_POINTS = 48
"""Points of a line before what is hidden is cut off."""
MIN_LINE_CM = 2.2
"""A shorter line would be a speck, and is left out."""
MIN_RIM_CM = 0.6
"""The line begins where so much of the farther finger is seen beside it, clear of the outline."""
NOTCH_CM = 0.3
"""The line goes on between two finger tips until they are so far apart."""
TIP_ANGLES = (0.5, 1.0, 1.5, 2.1)
"""Where the rim of a finger goes round its tip, in radians from its side."""
KNUCKLE, TIP = 1, 4
"""Indices of stations of a finger."""
FAR_SIDE_STEEPNESS = 3.0
"""How soon the line moves from the middle between two fingers to the rim of the nearer one, by 1 of the cosine."""
MIN_SURFACE_FACING = 0.25
"""The surface of a bent finger is seen where it turns to the viewer by more than this (cosine)."""
FIST_PATH = (
    (5.0, -2.5, -90.0),
    (7.6, -2.4, -65.0),
    (9.7, -0.2, -35.0),
    (10.5, 1.7, 0.0),
    (9.6, 4.0, 45.0),
    (7.8, 5.0, 75.0),
    (5.2, 4.9, 95.0),
)
"""The way over the back of a bent finger, from behind its knuckle to its tip: along, out, and where the surface looks.

In cm; the last in degrees from the direction along the hand to that out of the palm.
"""
USUAL_KNUCKLE_CM = 7.1
"""How far the knuckle of such a finger lies from the wrist."""


def project_finger_lines(camera: Camera, wrist: Array, axes: Array, shape: HandShape) -> list[Array]:
    """Return the three lines, of `LINE_POINTS` points each; one that is not seen has no size.

    The columns of `axes` are the directions along, across and out of the hand.
    """
    if shape.is_closed:
        return [_line_of_fist(camera, wrist, axes, *pair) for pair in pairwise(shape.fingers)]
    chains = [camera.project_spheres([(wrist + axes @ vec(*at), r) for *at, r in finger]) for finger in shape.fingers]
    facing = camera.depth_of(axes[:, 1])
    return [_line_of_open_hand(*pair, facing) for pair in pairwise(chains)]


def _line_of_open_hand(first: Sequence[Sphere], second: Sequence[Sphere], facing: float) -> Array:
    """Return the rim of the nearer of two straight fingers, as far as it lies over the other one.

    `facing` is the cosine between the direction from the second to the first and that to the viewer.
    """
    near, far = (first, second) if facing > 0 else (second, first)
    if length(near[TIP].centre - near[KNUCKLE].centre) < MIN_LINE_CM:  # the finger points at the viewer
        return shrink_to_point(near[KNUCKLE].centre[None], LINE_POINTS)
    rim = _rim_towards(near, far, min(abs(facing) * FAR_SIDE_STEEPNESS, 1.0))
    return _to_curve(_cut(_resample(rim, DENSE_POINTS), sweep(far[KNUCKLE:])))


def _rim_towards(near: Sequence[Sphere], far: Sequence[Sphere], share: float) -> Array:
    """Return the rim of a finger on the side of another one, and round its tip.

    With the `share` 0 it lies in the middle between the two fingers, with 1 on the rim.
    """
    ahead = normalise(near[TIP].centre - near[KNUCKLE].centre)
    across = vec(-ahead[1], ahead[0])
    if float(sum((far[joint].centre - near[joint].centre) @ across for joint in (KNUCKLE, TIP))) < 0:
        across = -across
    rim = []
    for near_joint, far_joint in zip(near[KNUCKLE:], far[KNUCKLE:], strict=True):
        half = float((far_joint.centre - near_joint.centre) @ across) / 2
        rim.append(near_joint.centre + across * (half + (near_joint.radius - half) * share))
    centre, radius = near[TIP]
    rim += [centre + (across * np.cos(turn) + ahead * np.sin(turn)) * radius for turn in TIP_ANGLES]
    return np.array(rim)


def _cut(line: Array, cover: BaseGeometry) -> Array:
    """Return a line from where it lies well within a shape to where it leaves it."""
    within, inside = (
        shapely.contains_xy(cover.buffer(distance), line[:, 0], line[:, 1]) for distance in (-MIN_RIM_CM, NOTCH_CM)
    )
    start = int(np.argmax(within)) if within.any() else len(line) - 1
    stop = len(line) if inside[start:].all() else start + int(np.argmin(inside[start:]))
    return _without_speck(line[start : max(stop, start + 1)])


def _line_of_fist(
    camera: Camera, wrist: Array, axes: Array, first: Sequence[Station], second: Sequence[Station]
) -> Array:
    """Return the line over the backs of two bent fingers where their surface is seen."""
    across, longer = ((first[KNUCKLE][axis] + second[KNUCKLE][axis]) / 2 for axis in (1, 0))
    places = np.linspace(0, len(FIST_PATH) - 1, DENSE_POINTS)
    along, out, degrees = (np.interp(places, range(len(FIST_PATH)), column) for column in zip(*FIST_PATH, strict=True))
    turns = np.radians(degrees)
    facing = np.cos(turns) * camera.depth_of(axes[:, 0]) + np.sin(turns) * camera.depth_of(axes[:, 2])
    points = np.column_stack([along + longer - USUAL_KNUCKLE_CM, np.full(DENSE_POINTS, across), out])
    line = camera.project(wrist + points @ axes.T)
    is_seen = facing > MIN_SURFACE_FACING
    return _to_curve(_without_speck(line[is_seen])) if is_seen.any() else shrink_to_point(line, LINE_POINTS)


def _without_speck(line: Array) -> Array:
    """Return a line, or its middle where it is so short that it would be a speck."""
    return line if float(np.hypot(*np.diff(line, axis=0).T).sum()) > MIN_LINE_CM else shrink_to_point(line)


def _to_curve(line: Array) -> Array:
    """Return both ends of a line and the control point of the curve between them that meets its middle."""
    start, middle, stop = _resample(line, LINE_POINTS)
    return np.array([start, 2 * middle - (start + stop) / 2, stop])


def _resample(line: Array, count: int) -> Array:
    """Return `count` points evenly along a line."""
    distances = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.linspace(0, distances[-1], count)
    return np.column_stack([np.interp(at, distances, line[:, 0]), np.interp(at, distances, line[:, 1])])
