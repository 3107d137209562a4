"""The features of the face: ears, eyes, brows, nose and mouth. Each shrinks to nothing as it turns out of sight.

Points are cm in the frame of the head: x towards the face, y to the crown, z to the right ear.
"""

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, normalise, vec
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import resample_outline, sweep
from app.figures.drawing.skeleton import Body

SIGNS = (1.0, -1.0)
"""Sign of z: the right half of the face before the left one."""


def face_strokes(body: Body, camera: Camera) -> list[Stroke]:
    """Return ears, eyes, brows, nose and mouth."""
    ears = [stroke for sign in SIGNS for stroke in _ear_strokes(body, camera, sign)]
    eyes = [stroke for sign in SIGNS for stroke in _eye_strokes(body, camera, sign)]
    return [*ears, *eyes, _nose_stroke(body, camera), _mouth_stroke(body, camera)]


def _visibility(camera: Camera, direction: Array, first: float, steepness: float = 4.0) -> float:
    """Return how plainly a feature shows that looks in a direction: 0 until `first` (cosine), then rising to 1."""
    return float(np.clip((camera.depth_of(direction) - first) * steepness, 0, 1))


def _oval(camera: Camera, centre: Array, half_axis: Array, radius: float, visibility: float, count: int) -> Array:
    """Return points round a small oval of a size that depends on its visibility."""
    shown_radius = radius * visibility
    if shown_radius < 0.2:
        return np.repeat(camera.project(centre)[None], count, 0)
    ends = [(centre - half_axis * visibility, shown_radius), (centre + half_axis * visibility, shown_radius)]
    return resample_outline(sweep(camera.project_spheres(ends)), count, camera.project(centre + half_axis * 9))


def _ear_strokes(body: Body, camera: Camera, sign: float) -> list[Stroke]:
    frame, centre = body.head_frame, body.joints["head"]
    visibility = _visibility(camera, frame[:, 2] * sign, 0.2)
    ear = _oval(camera, centre + frame @ vec(-0.9, -0.6, 7.6 * sign), frame @ vec(-0.3, 1.2, 0), 1.75, visibility, 12)
    inner = np.array([(-0.3, 0.9), (0.3, 0.3), (0.0, -0.8)]) * visibility
    line = np.array([centre + frame @ vec(-0.8 + x, -0.5 + y, 8.0 * sign) for x, y in inner])
    return [
        Stroke("edge", "skin", ear),
        Stroke("fill", "skin", ear),
        Stroke("line", "crease", camera.project(line)),
    ]


def _eye_strokes(body: Body, camera: Camera, sign: float) -> list[Stroke]:
    """Return an eye and the brow above it."""
    frame, centre = body.head_frame, body.joints["head"]
    visibility = _visibility(camera, frame @ normalise(vec(0.88, 0, 0.47 * sign)), 0.15)
    eye = _oval(camera, centre + frame @ vec(8.3, 0.0, 3.3 * sign), frame @ vec(0, 0.4, 0), 0.75, visibility, 8)
    brow = []
    for z, height in ((2.0, 2.9), (3.3, 3.2), (4.7, 2.6)):
        shown = 3.3 + (z - 3.3) * visibility
        brow.append(centre + frame @ vec(9.3 - 0.11 * shown * shown, height, shown * sign))
    return [Stroke("fill", "eye", eye), Stroke("line", "brow", camera.project(np.array(brow)))]


def _across(camera: Camera, frame: Array, half_width: float, visibility: float, shift_share: float) -> Array:
    """Return places across the face, shifted a little to the side that is seen."""
    shift = float(np.clip(camera.depth_of(frame[:, 2]), -1, 1)) * shift_share
    return np.linspace(-half_width, half_width, 5) * visibility + shift


def _nose_stroke(body: Body, camera: Camera) -> Stroke:
    """Return the lower edge of the nose, which shows where its profile does not."""
    frame, centre = body.head_frame, body.joints["head"]
    visibility = _visibility(camera, frame[:, 0], 0.2, 3.0)
    across = _across(camera, frame, 1.15, visibility, 0.5)
    middle = float(across.mean())
    points = [centre + frame @ vec(10.4, -3.3 + 0.45 * (z - middle) ** 2, z) for z in across]
    return Stroke("line", "crease", camera.project(np.array(points)))


def _mouth_stroke(body: Body, camera: Camera) -> Stroke:
    frame, centre = body.head_frame, body.joints["head"]
    visibility = _visibility(camera, frame[:, 0], -0.5, 3.0)
    across = _across(camera, frame, 1.8, visibility, 1.3)
    middle = float(across.mean())
    points = [centre + frame @ vec(8.9 - 0.22 * z * z, -5.7 + 0.16 * (z - middle) ** 2, z) for z in across]
    return Stroke("line", "mouth", camera.project(np.array(points)))
