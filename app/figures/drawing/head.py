"""The head: skull, jaw and nose as one outline, hair as the visible part of a cap, bun, ear and eyes."""

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.layers import Layer, Mark, front_of
from app.figures.drawing.outline import chain, disc, hull, resample, ring_of, soften, union
from app.figures.drawing.skeleton import Body
from app.figures.drawing.space import Array, across, unit, vec

SKULL, HAIR = vec(9.6, 10.2, 7.9), vec(10.3, 10.9, 8.7)
HAIRLINE = unit(vec(-0.66, 0.75, 0.0))
AROUND = np.linspace(0, 2 * np.pi, 72, endpoint=False)


def silhouette(cam: Camera, frame: Array, centre: Array, radii: Array) -> Array:
    """Flat outline points of an ellipsoid."""
    eye = unit((frame.T @ cam.eye) / radii)
    a = across(vec(0.31, 0.87, 0.38), eye)
    b = np.cross(eye, a)
    sphere = np.outer(np.cos(AROUND), a) + np.outer(np.sin(AROUND), b)
    return cam.flat(centre + (sphere * radii) @ frame.T)


def cap(cam: Camera, frame: Array, centre: Array, radii: Array, pole: Array) -> Array:
    """Flat outline of the visible part of the half ellipsoid whose unit normals look towards `pole`."""
    eye = unit((frame.T @ cam.eye) / radii)
    side = np.cross(pole, eye)
    if float(side @ side) < 1e-6:
        side = across(vec(0.31, 0.87, 0.38), pole)
    side = unit(side)
    half = np.linspace(0, np.pi, 25)[:, None]
    rim_up = across(pole, eye)  # along the silhouette, on the side of the cap
    rim_cut = across(eye, pole)  # along the cut, on the side that faces the viewer
    rim = np.cos(half) * side + np.sin(half) * rim_up
    cut = np.cos(half) * side + np.sin(half) * rim_cut
    return cam.flat(centre + (np.vstack([rim, cut[::-1][1:-1]]) * radii) @ frame.T)


def _face(body: Body, cam: Camera) -> Array:
    frame, c = body.head, body.joints["head"]

    def put(x: float, y: float, z: float = 0.0) -> Array:
        return cam.flat(c + frame @ vec(x, y, z))

    skull = silhouette(cam, frame, c + frame[:, 1] * 1.4, SKULL)
    jaw = [
        disc(put(5.4, -7.9), 3.5),
        disc(put(1.5, -5.4, 2.6), 4.8),
        disc(put(1.5, -5.4, -2.6), 4.8),
        disc(put(6.8, -3.5), 3.0),
    ]
    nose = chain([(put(8.2, 1.2), 1.5), (put(10.6, -2.0), 1.0), (put(7.6, -2.9), 1.8)])
    shape = soften(union([hull(np.vstack([skull, *jaw])), nose]), 0.7, 0.5)
    return resample(shape, 36, put(-1, -30))


def _spot(cam: Camera, centre: Array, along: Array, radius: float, shown: float) -> Array:
    """A small oval that shrinks to nothing as it turns out of sight."""
    r = radius * shown
    if r < 0.2:
        return np.repeat(cam.flat(centre)[None], 8, 0)
    return resample(
        chain([(cam.flat(centre - along), r), (cam.flat(centre + along * shown), r)]), 8, cam.flat(centre + along * 9)
    )


def _mouth(body: Body, cam: Camera) -> Mark:
    frame, c = body.head, body.joints["head"]
    shown = float(np.clip((cam.near(frame[:, 0]) + 0.5) * 3, 0, 1))
    shift = float(np.clip(cam.near(frame[:, 2]), -1, 1)) * 1.3
    wide = np.linspace(-1.7, 1.7, 5) * shown + shift
    points = np.array([c + frame @ vec(8.9 - 0.22 * z * z, -5.6 + 0.12 * (z - shift) ** 2, z) for z in wide])
    return Mark("line", "mouth", cam.flat(points))


def _features(body: Body, cam: Camera) -> list[Mark]:
    frame, c = body.head, body.joints["head"]
    marks = []
    for side in (1.0, -1.0):
        shown = float(np.clip((cam.near(frame[:, 2] * side) - 0.2) * 4, 0, 1))
        ear = c + frame @ vec(-0.8, -0.8, 7.5 * side)
        marks.append(Mark("fill", "skin2", _spot(cam, ear, frame @ vec(-0.25, 1.1, 0), 1.7, shown)))
    for side in (1.0, -1.0):
        shown = float(np.clip((cam.near(frame @ unit(vec(0.88, 0, 0.47 * side))) - 0.15) * 4, 0, 1))
        eye = c + frame @ vec(8.3, 0.0, 3.3 * side)
        marks.append(Mark("fill", "eye", _spot(cam, eye, frame @ vec(0, 0.45, 0), 0.8, shown)))
    return [*marks, _mouth(body, cam)]


def head(body: Body, cam: Camera) -> Layer:
    """The head as one layer."""
    frame, c = body.head, body.joints["head"]
    face = _face(body, cam)
    crown = c + frame[:, 1] * 1.5 - frame[:, 0] * 0.3
    hair = cap(cam, frame, crown, HAIR, HAIRLINE)
    hair_points = resample(ring_of(hair), 28, cam.flat(crown + frame @ HAIRLINE * 30))
    bun = crown + frame @ unit(vec(-0.82, 0.57, 0)) * 12.4
    ahead = cam.near(bun) - cam.near(c) > -8.5
    ball = resample(
        chain([(cam.flat(bun), 4.1), (cam.flat(bun + frame[:, 1] * 0.6), 4.1)]), 12, cam.flat(bun + frame[:, 1] * 20)
    )
    dot = cam.flat(crown) + (ball - cam.flat(bun)) * 0.02
    marks = [
        Mark("fill", "hair", dot if ahead else ball),
        Mark("edge", "skin", face),
        Mark("fill", "skin", face),
        *_features(body, cam),
        Mark("fill", "hair", hair_points),
        Mark("fill", "hair", ball if ahead else dot),
    ]
    spheres = [
        (cam.flat(p), cam.near(p), r)
        for p, r in ((c + frame[:, 1] * 1.4, 9.2), (c + frame @ vec(3, -4.5, 0), 6.5), (bun, 4.1))
    ]
    shape = union([hull(face), hull(ball), hull(hair)])
    return Layer("head", marks, shape, front_of(spheres), cam.near(c), {"skull": (cam.flat(c), 12.0)})
