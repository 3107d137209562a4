"""The head as a layer: skull, jaw and nose as one outline, hair as the visible part of a cap, bun, face.

Points and radii of the head are cm in its own frame: x towards the face, y to the crown, z to the right ear.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.face import face_strokes
from app.figures.drawing.geometry import ANY_DIRECTION, Array, Sphere, normalise, reject, vec
from app.figures.drawing.layers import Layer, Stroke, front_surface
from app.figures.drawing.outline import (
    circle_points,
    convex_hull,
    polygon_of,
    resample_outline,
    round_corners,
    sweep,
    unite,
)
from app.figures.drawing.skeleton import Body

SKULL_RADII_CM = vec(9.6, 10.2, 7.9)
"""Radii of the skull's ellipsoid."""
HAIR_RADII_CM = vec(10.3, 10.9, 8.7)
"""Radii of the ellipsoid that the hair is the cap of."""
HAIR_POLE = normalise(vec(-0.66, 0.75, 0.0))
"""Where the middle of the hair looks: the hairline is the half of the ellipsoid round it."""
BUN_DIRECTION = normalise(vec(-0.82, 0.57, 0))
"""Where the bun lies, seen from the middle of the hair."""
BUN_DISTANCE_CM = 12.4
"""From the middle of the hair to the bun."""
BUN_RADIUS_CM = 4.1
"""Radius of the bun."""
BUN_FRONT_DEPTH_CM = -8.5
"""The bun is drawn before the face unless it lies farther behind the middle of the head than this."""
MIN_FACE_FACING = -0.3
"""A face that looks farther away than this (cosine) is not seen."""
SKULL_ZONE_CM = 12.0
"""Radius round the middle of the head in which head and neck are not compared by depth."""
ELLIPSE_ANGLES = np.linspace(0, 2 * np.pi, 72, endpoint=False)
"""Radians at which the outline of an ellipsoid is sampled."""


def head_layer(body: Body, camera: Camera) -> Layer:
    """Return the head as one layer."""
    frame, centre = body.head_frame, body.joints["head"]
    face = _face_outline(body, camera)
    hair_centre = centre + frame[:, 1] * 1.5 - frame[:, 0] * 0.3
    hair = visible_cap_outline(camera, frame, hair_centre, HAIR_RADII_CM, HAIR_POLE)
    hair_points = resample_outline(polygon_of(hair), 28, camera.project(hair_centre + frame @ HAIR_POLE * 30))
    bun_centre = hair_centre + frame @ BUN_DIRECTION * BUN_DISTANCE_CM
    bun = _bun_outline(camera, bun_centre, frame[:, 1])
    # The bun has a place before and a place behind the face, so that both moments of a turning head have the same
    # paths; at the place where it is not seen, it has no size, and lies where hair covers it.
    bun_in_front = camera.depth_of(bun_centre) - camera.depth_of(centre) > BUN_FRONT_DEPTH_CM
    under_hair = polygon_of(hair).representative_point()
    dot = np.repeat([[under_hair.x, under_hair.y]], len(bun), 0)
    before, behind = (bun, dot) if bun_in_front else (dot, bun)
    strokes = [
        Stroke("edge", "hair", behind),
        Stroke("fill", "hair", behind),
        Stroke("edge", "skin", face),
        Stroke("fill", "skin", face),
        *face_strokes(body, camera),
        Stroke("fill", "hair", hair_points),
        Stroke("edge", "hair", before),
        Stroke("fill", "hair", before),
    ]
    spheres = [(centre + frame[:, 1] * 1.4, 9.2), (centre + frame @ vec(3, -4.5, 0), 6.5), (bun_centre, BUN_RADIUS_CM)]
    shape = unite([convex_hull(face), convex_hull(bun), convex_hull(hair)])
    zones = {"skull": Sphere(camera.project(centre), SKULL_ZONE_CM)}
    return Layer("head", strokes, shape, front_surface(camera.depth_spheres(spheres)), camera.depth_of(centre), zones)


def face_shape(body: Body, camera: Camera) -> BaseGeometry:
    """Return the face as far as hair does not cover it; an empty shape where it looks away from the viewer."""
    frame, centre = body.head_frame, body.joints["head"]
    if camera.depth_of(frame[:, 0]) < MIN_FACE_FACING:
        return shapely.Polygon()
    hair = visible_cap_outline(camera, frame, centre + frame[:, 1] * 1.5 - frame[:, 0] * 0.3, HAIR_RADII_CM, HAIR_POLE)
    return convex_hull(_face_outline(body, camera)).difference(polygon_of(hair))


def ellipsoid_outline(camera: Camera, frame: Array, centre: Array, radii: Array) -> Array:
    """Return points round the silhouette of an ellipsoid on the picture."""
    eye = _unit_sphere_eye(camera, frame, radii)
    a = reject(vec(*ANY_DIRECTION), eye)
    b = np.cross(eye, a)
    rim = np.outer(np.cos(ELLIPSE_ANGLES), a) + np.outer(np.sin(ELLIPSE_ANGLES), b)
    return camera.project(centre + (rim * radii) @ frame.T)


def visible_cap_outline(camera: Camera, frame: Array, centre: Array, radii: Array, pole: Array) -> Array:
    """Return points round the visible part of half an ellipsoid: the half whose unit normals look towards `pole`."""
    eye = _unit_sphere_eye(camera, frame, radii)
    side = np.cross(pole, eye)
    if float(side @ side) < 1e-6:
        side = reject(vec(*ANY_DIRECTION), pole)
    side = normalise(side)
    angles = np.linspace(0, np.pi, 25)[:, None]
    silhouette_half = np.cos(angles) * side + np.sin(angles) * reject(pole, eye)
    cut_half = np.cos(angles) * side + np.sin(angles) * reject(eye, pole)
    return camera.project(centre + (np.vstack([silhouette_half, cut_half[::-1][1:-1]]) * radii) @ frame.T)


def _unit_sphere_eye(camera: Camera, frame: Array, radii: Array) -> Array:
    """Return the direction to the viewer where the ellipsoid has been scaled to a unit sphere."""
    return normalise((frame.T @ camera.viewer_direction) / radii)


def _face_outline(body: Body, camera: Camera) -> Array:
    frame, centre = body.head_frame, body.joints["head"]

    def project(x: float, y: float, z: float = 0.0) -> Array:
        return camera.project(centre + frame @ vec(x, y, z))

    skull = ellipsoid_outline(camera, frame, centre + frame[:, 1] * 1.4, SKULL_RADII_CM)
    jaw = [
        circle_points(project(5.4, -7.9), 3.5),
        circle_points(project(1.5, -5.4, 2.6), 4.8),
        circle_points(project(1.5, -5.4, -2.6), 4.8),
        circle_points(project(6.8, -3.5), 3.0),
    ]
    nose = sweep([(project(8.2, 1.2), 1.5), (project(10.6, -2.0), 1.0), (project(7.6, -2.9), 1.8)])
    shape = round_corners(unite([convex_hull(np.vstack([skull, *jaw])), nose]), 0.7, 0.5)
    return resample_outline(shape, 36, project(-1, -30))


def _bun_outline(camera: Camera, centre: Array, up: Array) -> Array:
    discs = camera.project_spheres([(centre, BUN_RADIUS_CM), (centre + up * 0.6, BUN_RADIUS_CM)])
    return resample_outline(sweep(discs), 12, camera.project(centre + up * 20))
