"""A bun of hair: a ball that stands out of the cap of hair, with the line where it rises from it.

It is painted behind the face and the cap, which is right from every side: of the half that lies before the cap, only
the line is seen, since both have the same colour.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import ANY_DIRECTION, Array, Sphere, normalise, reject, vec
from app.figures.drawing.hair_cap import STRAND_SAMPLES, draw_strand
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import convex_hull, resample_outline, sweep
from app.figures.drawing.skeleton import Body

BUN_POINTS, ROOT_POINTS = 12, 10
"""Points of the outline of a bun, and of the line at its root."""
TWIST_TURNS_DEG, TWIST_TILTS_DEG = (-115, 80), (60, 42)
"""Angles round the axis of a bun at which the line of its twist begins and ends, and its angles to that axis."""
MIN_TWIST_FACING = 0.24
"""The twist is seen where the bun faces the viewer by more than this (cosine)."""
ROOT_CM = 0.7
"""How far below the surface of the cap the bun begins."""
ROOT_FROM, ROOT_FULL = -0.15, 0.4
"""Where the bun faces the viewer by the first cosine, the line at its root begins; by the second, it is whole."""
MAX_ROOT_SHARE = 0.86
"""The line goes so far round the bun at most: it is a curve, not a ring."""
ROOT_COVER_CM = 0.35
"""The line at the root lies so far within the hair, clear of its outline."""
ROUND_ANGLES = np.linspace(0, 2 * np.pi, 72)
"""Radians at which a circle is sampled."""


def hair_centre(body: Body) -> Array:
    """Return the middle of the ellipsoid that the hair is the cap of."""
    x, y = body.shape.hair.centre
    centre: Array = body.joints["head"] + body.head_frame[:, 1] * y + body.head_frame[:, 0] * x
    return centre


def bun_spheres(body: Body) -> list[Sphere]:
    """Return the spheres of the hair that stands out of the cap; none for short hair."""
    centre, frame = hair_centre(body), body.head_frame
    return [Sphere(centre + frame @ vec(x, y, z), radius) for x, y, z, radius in body.shape.hair.mass]


def bun_outline(body: Body, camera: Camera, spheres: list[Sphere]) -> Array:
    """Return the outline of a bun."""
    start = camera.project(spheres[0].centre + body.head_frame[:, 1] * 20)
    return resample_outline(sweep(camera.project_spheres(spheres)), BUN_POINTS, start)


def bun_lines(body: Body, camera: Camera, bun: Sphere, hair: BaseGeometry, cover: BaseGeometry) -> list[Stroke]:
    """Return the lines of a bun at its root and of its twist, as far as hair, or the whole head (`cover`) show them."""
    pole = normalise(bun.centre - hair_centre(body))
    return [_root_line(body, camera, bun, pole, hair), _twist_line(body, camera, bun, pole, cover)]


def _root_line(body: Body, camera: Camera, bun: Sphere, pole: Array, hair: BaseGeometry) -> Stroke:
    """Return the line between bun and cap: it grows from its middle while the bun turns to the viewer.

    What stands out of the cap is the part of the ball beyond a plane; its silhouette lies round the circle in the
    plane and the part of the ball's horizon that lies beyond it.
    """
    middle = hair_centre(body)
    inwards = body.head_frame.T @ pole / np.array(body.shape.hair.radii)
    level = 1 / float(np.linalg.norm(inwards)) - ROOT_CM - float((bun.centre - middle) @ pole)
    view = camera.viewer_direction
    rim, horizon = (
        _circle(bun.centre + axis * rise, axis, np.sqrt(bun.radius**2 - rise**2))
        for axis, rise in ((pole, level), (view, 0.0))
    )
    beyond = horizon[(horizon - bun.centre) @ pole > level]
    shape = convex_hull(camera.project(np.vstack([rim, beyond])))
    centre = np.array(shape.centroid.coords[0])
    inner = normalise(camera.project(middle - pole) - camera.project(middle) + 1e-9)
    share = float(np.clip((float(pole @ view) - ROOT_FROM) / (ROOT_FULL - ROOT_FROM), 0, 1))
    angles = np.linspace(-np.pi, np.pi, STRAND_SAMPLES) * share * MAX_ROOT_SHARE
    rays = np.outer(np.cos(angles), inner) + np.outer(np.sin(angles), vec(-inner[1], inner[0]))
    boundary = shape.exterior
    points = np.array([_ray_hit(boundary, centre, ray, bun.radius * 3) for ray in rays])
    within = shapely.contains_xy(hair.buffer(-ROOT_COVER_CM), points[:, 0], points[:, 1])
    return draw_strand(points, within, ROOT_POINTS)


def _ray_hit(boundary: BaseGeometry, centre: Array, ray: Array, reach: float) -> Array:
    """Return where a ray from the middle of a convex shape meets its boundary."""
    hit = boundary.intersection(shapely.LineString([centre, centre + ray * reach]))
    return np.array(shapely.get_coordinates(hit)[0]) if not hit.is_empty else centre


def _twist_line(body: Body, camera: Camera, bun: Sphere, pole: Array, cover: BaseGeometry) -> Stroke:
    """Return the line of the twisted hair on a bun: it winds in towards the point that is farthest from the head."""
    frame = body.head_frame
    own_pole = frame.T @ pole
    turns, tilts = np.radians(
        [np.linspace(*TWIST_TURNS_DEG, STRAND_SAMPLES), np.linspace(*TWIST_TILTS_DEG, STRAND_SAMPLES)]
    )
    below, side = np.cross(vec(0, 0, 1), own_pole), vec(0, 0, 1)
    round_pole = np.outer(np.cos(turns), below) + np.outer(np.sin(turns), side)
    normals = np.outer(np.cos(tilts), own_pole) + round_pole * np.sin(tilts)[:, None]
    points = camera.project(bun.centre + normals @ frame.T * bun.radius)
    is_seen = normals @ (frame.T @ camera.viewer_direction) > MIN_TWIST_FACING
    if float(pole @ camera.viewer_direction) < 0:  # the head hides a part of the bun
        is_seen &= ~shapely.contains_xy(cover, points[:, 0], points[:, 1])
    return draw_strand(points, is_seen)


def _circle(centre: Array, axis: Array, radius: float) -> Array:
    """Return points round a circle in space."""
    a = normalise(reject(vec(*ANY_DIRECTION), axis))
    b = np.cross(axis, a)
    points: Array = centre + (np.outer(np.cos(ROUND_ANGLES), a) + np.outer(np.sin(ROUND_ANGLES), b)) * radius
    return points
