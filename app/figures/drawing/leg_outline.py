"""Outlines of leg segments: points close together where a shape turns, the hem, and lines that end under a fill."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, Sphere, normalise
from app.figures.drawing.outline import UNIT_CIRCLE, circle_points, convex_hull, resample_outline, round_corners, sweep

NOTCH_CM = 1.5
"""Notches of half this width are filled."""
CORNER_CM = 0.35
"""Radius of rounded corners: the hem keeps two clear ones."""
HEM_BULGE = 0.15
"""How far a hem that is seen from the side curves towards the foot, as a share of its radius."""
HEM_DEPTHS = (-0.2, 0.6)
"""How far a hem curves at most away from the foot, and towards it, as shares of its radius."""
WITHDRAWN_CM = 1.3
"""How far below the fill the hidden part of an outline runs."""
FADING_CM = 0.8
"""An outline goes out of sight over this distance between the whole shape and its outlined part."""
DENSE_COUNT = 240
"""Points of an outline from which those of a stroke are chosen."""
CROWDING = 0.5
"""By which share points lie closer together at both ends of a segment, and farther apart between them."""
TRUSTED_CM = 60.0
"""Distance on the picture between both ends of a segment at which the middle of its outline follows the far end."""


def segment_shape(camera: Camera, spheres: Sequence[Sphere]) -> BaseGeometry:
    """Return the silhouette of a segment of a leg."""
    return round_corners(sweep(camera.project_spheres(spheres)), NOTCH_CM, CORNER_CM)


def hemmed_shape(camera: Camera, spheres: Sequence[Sphere], bone: Array) -> BaseGeometry:
    """Return the silhouette of a segment whose last sphere stands for a hem: the rim of an opening, not a round end.

    The rim is half an ellipse. It curves towards the foot where the opening turns away from the viewer, else away
    from it, so that the foot comes out of the opening.
    """
    *discs, (centre, radius) = camera.project_spheres(spheres)
    along = normalise(camera.project(bone) - camera.project(bone * 0))
    across = np.array([-along[1], along[0]])
    bulge = radius * float(np.clip(HEM_BULGE - camera.depth_of(bone), *HEM_DEPTHS))
    ellipse = centre + np.outer(UNIT_CIRCLE[:, 0] * radius, across) + np.outer(UNIT_CIRCLE[:, 1] * bulge, along)
    rim = ellipse if bulge > 0 else np.array([centre - across * radius, centre + across * radius])
    shape = shapely.union(sweep(discs), convex_hull(np.vstack([circle_points(*discs[-1]), rim])))
    if bulge < 0:
        shape = shape.difference(convex_hull(ellipse))
    return round_corners(shape, NOTCH_CM, CORNER_CM)


def sample_segment(shape: BaseGeometry, count: int, start: Array, end: Array) -> Array:
    """Return `count` points round a shape, the first nearest to `start` and the middle one nearest to `end`.

    They lie close together at both ends, where the outline turns. Both points are cm on the picture; of a bone that
    points at the viewer they say nothing, and the middle point is half the way round.
    """
    ring = resample_outline(shape, DENSE_COUNT, start)
    share = float(np.argmin(np.hypot(*(ring - end).T))) / DENSE_COUNT
    trust = min(1.0, float(np.hypot(*(end - start))) / TRUSTED_CM)
    middle = DENSE_COUNT * (0.5 + (share - 0.5) * trust)
    steps = np.arange(count // 2) / (count // 2)
    shares = steps - CROWDING * np.sin(2 * np.pi * steps) / (2 * np.pi)
    at = np.concatenate([middle * shares, DENSE_COUNT - (DENSE_COUNT - middle) * np.append(shares, 1.0)[:0:-1]])
    closed, places = np.vstack([ring, ring[:1]]), np.arange(DENSE_COUNT + 1)
    return np.column_stack([np.interp(at, places, closed[:, 0]), np.interp(at, places, closed[:, 1])])


def withdraw_points(points: Array, outlined: BaseGeometry) -> Array:
    """Return the points of an outline; those outside the outlined part are moved into it, under the fill.

    A line and a fill along the same points cover each other exactly, which two samplings of a shape do not.
    """
    places = shapely.points(points)
    hidden = shapely.get_point(shapely.shortest_line(places, outlined.buffer(-WITHDRAWN_CM)), 1)
    shares = np.clip(shapely.distance(places, outlined) / FADING_CM, 0, 1)[:, None]
    moved: Array = points + (shapely.get_coordinates(hidden) - points) * shares
    return moved
