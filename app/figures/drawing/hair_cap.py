"""The cap of hair: the part of an ellipsoid inside a hairline, as far as it is seen.

Directions are stated in the frame of the head, where the ellipsoid has been scaled to a unit sphere.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.body_shape import HairlinePoint
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import ANY_DIRECTION, Array, normalise, reject, vec
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import largest_polygon, polygon_of

ROUND_ANGLES = np.radians(np.arange(0, 360, 5))
"""Radians round the pole at which a hairline is sampled."""
MIN_POLE_FACING = 1e-3
"""The pole counts as this far before or behind the horizon at least (cosine)."""
LEVEL_FROM, LEVEL_RANGE = 0.96, 0.05
"""Seen against its pole by this cosine, a hairline comes down no longer, since it would close over the whole face."""
FLAT_FROM, FLAT_RANGE = 0.99, 0.12
"""Seen against its pole by this cosine, a hairline is a circle; over the range it takes its own shape.

So the temples, which alone are seen from there, do not become two pieces.
"""
TIPPED_FROM, TIPPED_FULL = 0.12, 1.0
"""From the first cosine by which the pole looks away from the viewer to the second, the hairline moves down.

Of the cap of a head that is tipped back, only a rim is seen: where the hairline is true, the head looks bald.
"""
TIPPED_DROP_DEG = ((0, 28), (50, 25), (78, 14), (95, 3), (110, 0))
"""By how much it lies lower then: angle round the pole from the middle of the forehead, and degrees."""
STRAND_POINTS, STRAND_SAMPLES = 7, 40
"""Points of a line of hair, and places along it where it is looked at whether it is seen."""
MIN_STRAND_CM = 3.0
"""A shorter line is not drawn."""


def unit_sphere_eye(camera: Camera, frame: Array, radii: Array) -> Array:
    """Return the direction to the viewer where the ellipsoid has been scaled to a unit sphere."""
    return normalise((frame.T @ camera.viewer_direction) / radii)


def visible_cap_outline(
    camera: Camera, frame: Array, centre: Array, radii: Array, pole: Array, hairline: Sequence[HairlinePoint] = ()
) -> Array:
    """Return points round the visible part of the cap of an ellipsoid: the half round `pole`, up to the hairline."""
    eye = unit_sphere_eye(camera, frame, radii)
    front = reject(vec(1, 0, 0), pole)
    axes = np.column_stack([front, np.cross(front, pole), pole])
    facing = eye @ axes
    # Exactly on the horizon, the pole would have no side of it round itself.
    facing[2] = max(facing[2], MIN_POLE_FACING) if facing[2] > 0 else min(facing[2], -MIN_POLE_FACING)
    cap = polygon_of(_to_map(ROUND_ANGLES, np.pi / 2 - _rise_at(ROUND_ANGLES, hairline, float(facing[2]))))
    horizon = _horizon_round_pole(facing)
    seen = cap.intersection(horizon) if facing[2] > 0 else cap.difference(horizon)
    points = shapely.get_coordinates(shapely.get_exterior_ring(largest_polygon(seen)))[:-1]
    distances = np.hypot(*points.T)
    directions = np.column_stack([points * np.sinc(distances / np.pi)[:, None], np.cos(distances)]) @ axes.T
    return camera.project(centre + (directions * radii) @ frame.T)


def _horizon_round_pole(facing: Array) -> BaseGeometry:
    """Return on the map what lies round the pole up to the circle that parts the visible half from the hidden one.

    `facing` is the direction to the viewer in the axes of the map: a visible pole has the visible half round it, a
    hidden one the hidden half.
    """
    # With the pole near the horizon, the circle is nearly straight: its own points must be among the samples.
    a = reject(vec(*ANY_DIRECTION), normalise(facing))
    circle = np.outer(np.cos(ROUND_ANGLES), a) + np.outer(np.sin(ROUND_ANGLES), np.cross(normalise(facing), a))
    azimuths = np.sort(np.concatenate([ROUND_ANGLES, np.arctan2(circle[:, 1], circle[:, 0]) % (2 * np.pi)]))
    level = np.cos(azimuths) * facing[0] + np.sin(azimuths) * facing[1]
    away = -level if facing[2] > 0 else level
    return polygon_of(_to_map(azimuths, np.arctan2(abs(facing[2]), away)))


def _rise_at(azimuths: Array, hairline: Sequence[HairlinePoint], facing: float) -> Array:
    """Return the rise of a hairline in radians; `facing` is the cosine between its pole and the viewer."""
    if not hairline:
        return np.zeros(len(azimuths))
    angles, rises = np.radians(hairline).T
    from_middle = np.abs((azimuths + np.pi) % (2 * np.pi) - np.pi)
    tipped = float(np.clip((-facing - TIPPED_FROM) / (TIPPED_FULL - TIPPED_FROM), 0, 1))
    drop = np.interp(from_middle, *np.radians(TIPPED_DROP_DEG).T) * tipped
    shown: Array = np.interp(from_middle, angles, rises) * np.clip((facing + FLAT_FROM) / FLAT_RANGE, 0, 1)
    return shown - drop * float(np.clip((facing + LEVEL_FROM) / LEVEL_RANGE, 0, 1))


def _to_map(azimuths: Array, distances: Array) -> Array:
    """Return points (n, 2) of a map round the pole, on which the distance from it in radians is true."""
    return np.column_stack([np.cos(azimuths), np.sin(azimuths)]) * distances[:, None]


def draw_strand(points: Array, is_seen: Array, count: int = STRAND_POINTS) -> Stroke:
    """Return a line of hair through the points on the picture that are seen; one that is not seen has no size."""
    seen = points[is_seen]
    line = seen[np.linspace(0, len(seen) - 1, count).astype(int)] if len(seen) else points[:count]
    is_long = len(seen) and float(np.ptp(line, axis=0).max()) > MIN_STRAND_CM
    return Stroke("line", "strand", line if is_long else np.repeat(line[:1], count, 0))
