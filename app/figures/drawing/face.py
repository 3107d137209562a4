"""The features of the face: ears, eyes, brows, nose and mouth. Each shrinks to nothing as it turns out of sight.

Points are cm in the frame of the head: x towards the face, y to the crown, z to the right ear.
"""

from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, normalise, shrink_to_point, vec
from app.figures.drawing.layers import Stroke, StrokeKind
from app.figures.drawing.outline import UNIT_CIRCLE, circle_points, convex_hull, polygon_of, resample_outline, sweep
from app.figures.drawing.skeleton import Body

SIGNS = (1.0, -1.0)
"""Sign of z: the right half of the face before the left one."""
NEAR_EYE_FIRST, FAR_EYE_FIRST = -0.05, 0.15
"""An eye shows where it looks towards the viewer by more than this (cosine); the far one goes behind the nose."""
MIN_LINE_CM = 0.4
"""A shorter line of the face is left out."""
MIN_NEAR_BROW_CM = 1.1
"""The same for the near brow above an eye that is seen: so short, it would look like a second eye."""
SIDE_FACING = 0.36
"""A side of the head that turns to the viewer by more than this (cosine) has its ear before the face."""
SIDE_TURN = 0.08
"""That ear grows over this cosine, while the one behind the face still shows: a whole one would leap out."""
EAR_ROOT_CM, EAR_FLARE = (0.7, -0.7, 7.3), np.radians(32)
"""Where an ear begins before its hole, and the angle by which it stands off the head."""
EAR_RADII_CM, EAR_RIM_CM, EAR_POINTS = (2.9, 1.8), 0.5, 10
"""Half the length and half the width of an ear, the radius of its rim, and the points of its outline."""
SEEN_EAR_CM2 = (2.4, 3.4)
"""Where less of an ear is seen beside the face than the first, none is drawn behind it; from the second on, a whole
one.
"""
EAR_KINDS: tuple[StrokeKind, ...] = ("edge", "fill")
"""How an ear is painted."""
BROW_BEND, MOUTH_BEND = 0.11, 0.22
"""How far the face recedes to its sides at brow and mouth, as a factor of the square of z."""
BROW_DROP = 0.7
"""How steeply a brow falls to its side, in cm to a cm, in a head that is seen from half above."""


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


def ears_behind_face(body: Body, camera: Camera, cover: BaseGeometry) -> list[Stroke]:
    """Return the ears as they stand off a head that is seen from the front or from behind, to lie behind the face.

    One that hardly reaches beyond the cover of face and hair has no size.
    """
    strokes = []
    for sign in SIGNS:
        outline = _ear_outline(body, camera, sign)
        share = float(np.interp(polygon_of(outline).difference(cover).area, SEEN_EAR_CM2, (0, 1)))
        if abs(camera.depth_of(body.head_frame[:, 2])) > SIDE_FACING + SIDE_TURN:
            share = 0.0
        strokes += _paint_ear(outline, share)
    return strokes


def _ear_strokes(body: Body, camera: Camera, sign: float) -> list[Stroke]:
    """Return an ear that is seen from the side, and the line in it."""
    frame, centre = body.head_frame, body.joints["head"]
    visibility = _visibility(camera, frame[:, 2] * sign, SIDE_FACING)
    share = float(np.clip((camera.depth_of(frame[:, 2]) * sign - SIDE_FACING) / SIDE_TURN, 0, 1))
    inner = np.array([(-0.3, 0.9), (0.3, 0.3), (0.0, -0.8)]) * visibility
    line = [centre + frame @ vec(-0.8 + x, -0.5 + y, 8.0 * sign) for x, y in inner]
    return [*_paint_ear(_ear_outline(body, camera, sign), share), _line(camera, "crease", line)]


def _paint_ear(outline: Array, share: float) -> list[Stroke]:
    """Return the strokes of an ear that has this share of its size."""
    middle = outline.mean(0)
    points = middle + (outline - middle) * share if share else shrink_to_point(outline)
    return [Stroke(kind, "skin", points) for kind in EAR_KINDS]


def _ear_outline(body: Body, camera: Camera, sign: float) -> Array:
    """Return the outline of an ear: a flat oval that stands off the head backwards."""
    frame = body.head_frame
    root = body.joints["head"] + frame @ vec(*EAR_ROOT_CM[:2], EAR_ROOT_CM[2] * sign)
    back, up = frame @ vec(-np.cos(EAR_FLARE), 0, np.sin(EAR_FLARE) * sign), frame @ normalise(vec(-0.3, 1.2, 0))
    middle = root + back * EAR_RADII_CM[1]
    long, wide = EAR_RADII_CM[0] - EAR_RIM_CM, EAR_RADII_CM[1] - EAR_RIM_CM
    rim = middle + np.outer(UNIT_CIRCLE[:, 1] * long, up) + np.outer(UNIT_CIRCLE[:, 0] * wide, back)
    discs = np.vstack([circle_points(point, EAR_RIM_CM) for point in camera.project(rim)])
    return resample_outline(convex_hull(discs), EAR_POINTS, camera.project(middle + up * 9))


def _eye_strokes(body: Body, camera: Camera, sign: float) -> list[Stroke]:
    """Return an eye, the line of its lashes, and the brow above it."""
    frame, centre = body.head_frame, body.joints["head"]
    is_near = camera.depth_of(frame[:, 2]) * sign > 0
    outlook = frame @ normalise(vec(0.88, 0, 0.47 * sign))
    visibility = _visibility(camera, outlook, NEAR_EYE_FIRST if is_near else FAR_EYE_FIRST)
    eye = _oval(camera, centre + frame @ vec(8.3, 0.0, 3.3 * sign), frame @ vec(0, 0.4, 0), 0.75, visibility, 8)
    # Of an eye that has just turned out of sight, the outer lashes are still seen.
    lash_length = _visibility(camera, frame @ normalise(vec(0.6, 0, 0.8 * sign)), 0.1) * (1 - visibility) * is_near
    lashes = [centre + frame @ vec(7.6 - 0.9 * way, 0.5 - 0.7 * way, (4.1 + 0.9 * way) * sign) for way in (0, 0.5, 1)]
    lashes = [lashes[0] + (point - lashes[0]) * lash_length for point in lashes]
    # Seen from above, the ends of a brow that follows the forehead rise as in a scowl; lowered, it keeps its look.
    # Of a profile, the outer end looks lowered by itself, and is raised against it.
    tilt, facing = max(0.0, camera.depth_of(frame[:, 1])), max(0.0, camera.depth_of(frame[:, 0]))
    rise = tilt * (BROW_DROP * facing - camera.depth_of(frame[:, 2]) * sign) / max(0.1, 1 - tilt**2)
    drop = min(BROW_DROP, max(-BROW_DROP / 2, rise))
    brow = []
    for z in _seen_stretch(camera, frame, 2.0, 4.7, BROW_BEND, sign):
        height = 3.2 - 0.18 * (z - 3.2) ** 2 - (0.1 + drop) * (z - 3.2)
        brow.append(centre + frame @ vec(9.3 - BROW_BEND * z * z, height, z * sign))
    pupil = Stroke("fill", "eye", eye)
    min_brow_length = MIN_NEAR_BROW_CM if is_near and pupil.has_size else MIN_LINE_CM
    return [
        pupil,
        _line(camera, "brow", lashes),
        _line(camera, "brow", brow, min_brow_length),
    ]


def _line(camera: Camera, tone: str, points: Sequence[Array], min_length: float = MIN_LINE_CM) -> Stroke:
    """Return a line of the face; none that is so short that it would be a speck."""
    line = camera.project(np.array(points))
    is_speck = float(np.ptp(line, axis=0).max()) < min_length
    return Stroke("line", tone, np.repeat(line[:1], len(line), 0) if is_speck else line)


def _seen_stretch(camera: Camera, frame: Array, first: float, last: float, bend: float, sign: float = 1.0) -> Array:
    """Return five places across the face from `first` to `last` (z times `sign`), as far as they face the viewer.

    The surface recedes by `bend` times the square of z. A stretch that is out of sight shrinks to one place.
    """
    front, side = camera.depth_of(frame[:, 0]), camera.depth_of(frame[:, 2]) * sign
    slope = 2 * bend * max(abs(side), 1e-6)
    rim = -front / slope
    if side >= 0:
        return np.linspace(np.clip(rim, first, last), last, 5)
    return np.linspace(first, np.clip(-rim, first, last), 5)


def _nose_stroke(body: Body, camera: Camera) -> Stroke:
    """Return the lower edge of the nose, which shows where its profile does not."""
    frame, centre = body.head_frame, body.joints["head"]
    visibility = _visibility(camera, frame[:, 0], 0.3, 3.0)
    middle = camera.depth_of(frame[:, 2]) * 0.5
    across = np.linspace(-1.15, 1.15, 5) * visibility + middle
    points = [centre + frame @ vec(10.4, -3.3 + 0.45 * (z - middle) ** 2, z) for z in across]
    return _line(camera, "crease", points)


def _mouth_stroke(body: Body, camera: Camera) -> Stroke:
    """Return the mouth; of a head that turns aside, it reaches farther to the side that is seen."""
    frame, centre = body.head_frame, body.joints["head"]
    middle = camera.depth_of(frame[:, 2]) * 1.3
    across = _seen_stretch(camera, frame, middle - 1.8, middle + 1.8, MOUTH_BEND)
    points = [centre + frame @ vec(8.9 - MOUTH_BEND * z * z, -5.7 + 0.16 * (z - middle) ** 2, z) for z in across]
    return _line(camera, "mouth", points)
