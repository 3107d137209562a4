"""The head as a layer: skull, jaw and nose as one outline, hair as the visible part of a cap, bun, ears, eyes, mouth.

Points and radii of the head are cm in its own frame: x towards the face, y to the crown, z to the right ear.
"""

import numpy as np

from app.figures.drawing.camera import Camera
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
    # paths; at the place where it is not seen, it shrinks to a dot under the hair.
    dot = camera.project(hair_centre) + (bun - camera.project(bun_centre)) * 0.02
    bun_in_front = camera.depth_of(bun_centre) - camera.depth_of(centre) > BUN_FRONT_DEPTH_CM
    strokes = [
        Stroke("fill", "hair", dot if bun_in_front else bun),
        Stroke("edge", "skin", face),
        Stroke("fill", "skin", face),
        *_feature_strokes(body, camera),
        Stroke("fill", "hair", hair_points),
        Stroke("fill", "hair", bun if bun_in_front else dot),
    ]
    spheres = [(centre + frame[:, 1] * 1.4, 9.2), (centre + frame @ vec(3, -4.5, 0), 6.5), (bun_centre, BUN_RADIUS_CM)]
    shape = unite([convex_hull(face), convex_hull(bun), convex_hull(hair)])
    zones = {"skull": Sphere(camera.project(centre), SKULL_ZONE_CM)}
    return Layer("head", strokes, shape, front_surface(camera.depth_spheres(spheres)), camera.depth_of(centre), zones)


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


def _oval(camera: Camera, centre: Array, half_axis: Array, radius: float, visibility: float) -> Array:
    """Return points round a small oval that shrinks to nothing as it turns out of sight (`visibility` 1 to 0)."""
    shown_radius = radius * visibility
    if shown_radius < 0.2:
        return np.repeat(camera.project(centre)[None], 8, 0)
    ends = [(centre - half_axis, shown_radius), (centre + half_axis * visibility, shown_radius)]
    return resample_outline(sweep(camera.project_spheres(ends)), 8, camera.project(centre + half_axis * 9))


def _feature_strokes(body: Body, camera: Camera) -> list[Stroke]:
    """Return ears, eyes and mouth, right before left."""
    frame, centre = body.head_frame, body.joints["head"]
    ears, eyes = [], []
    for sign in (1.0, -1.0):
        visibility = float(np.clip((camera.depth_of(frame[:, 2] * sign) - 0.2) * 4, 0, 1))
        ear = centre + frame @ vec(-0.8, -0.8, 7.5 * sign)
        ears.append(Stroke("fill", "skin2", _oval(camera, ear, frame @ vec(-0.25, 1.1, 0), 1.7, visibility)))
    for sign in (1.0, -1.0):
        gaze = frame @ normalise(vec(0.88, 0, 0.47 * sign))
        visibility = float(np.clip((camera.depth_of(gaze) - 0.15) * 4, 0, 1))
        eye = centre + frame @ vec(8.3, 0.0, 3.3 * sign)
        eyes.append(Stroke("fill", "eye", _oval(camera, eye, frame @ vec(0, 0.45, 0), 0.8, visibility)))
    return [*ears, *eyes, _mouth_stroke(body, camera)]


def _mouth_stroke(body: Body, camera: Camera) -> Stroke:
    frame, centre = body.head_frame, body.joints["head"]
    visibility = float(np.clip((camera.depth_of(frame[:, 0]) + 0.5) * 3, 0, 1))
    shift = float(np.clip(camera.depth_of(frame[:, 2]), -1, 1)) * 1.3
    across = np.linspace(-1.7, 1.7, 5) * visibility + shift
    points = np.array([centre + frame @ vec(8.9 - 0.22 * z * z, -5.6 + 0.12 * (z - shift) ** 2, z) for z in across])
    return Stroke("line", "mouth", camera.project(points))
