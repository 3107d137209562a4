"""Arrows that show a motion: sampled from the path of a landmark, or drawn between stated points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, normalise, vec
from app.figures.drawing.interpolation import KeyPose, pose_at
from app.figures.drawing.landmarks import find_landmarks, locate_point

HEAD_LENGTH_CM = 8.0
"""Length of an arrowhead."""
HEAD_HALF_WIDTH_CM = 5.2
"""Half the width of an arrowhead."""
PATH_SAMPLES = 9
"""Moments at which the path of a landmark is sampled."""
PATH_START = 0.12
"""Part of the motion at which a followed path begins, unless the pose file says otherwise."""
PATH_END = 0.95
"""Part of the motion at which a followed path ends, unless the pose file says otherwise."""
STRAIGHT_SAMPLES = 7
"""Points of a straight arrow."""


@dataclass
class Arrow:
    """The line and the head of an arrow, as points on the picture in cm."""

    line: Array
    head: Array


def make_arrows(specs: Sequence[dict[str, Any]], key_poses: Sequence[KeyPose], camera: Camera) -> list[Arrow]:
    """Return the arrows of a figure from the `arrows` of its pose file; see POSES.md."""
    return [_with_arrowhead(_arrow_points(spec, key_poses, camera)) for spec in specs]


def _arrow_points(spec: dict[str, Any], key_poses: Sequence[KeyPose], camera: Camera) -> Array:
    if "follow" in spec:
        return _followed_points(spec, key_poses, camera)
    if "points" in spec:
        points = camera.project(np.array(spec["points"], dtype=float))
        return np.vstack([points[:1], points]) if len(points) == 2 else points
    return _straight_points(spec, key_poses, camera)


def _with_arrowhead(points: Array) -> Arrow:
    """Return a line that ends in a head; the line stops inside the head."""
    # Two points back, not one: a single step of a sampled path may be too short to give a direction.
    tip, direction = points[-1], normalise(points[-1] - points[-3])
    base = tip - direction * HEAD_LENGTH_CM
    half_width = np.array([-direction[1], direction[0]]) * HEAD_HALF_WIDTH_CM
    # The line ends inside the head: a thick stroke would stick out at the tip.
    # Only the last points go: a circle begins level with its tip.
    before_head = points
    while len(before_head) and float((before_head[-1] - tip) @ -direction) <= HEAD_LENGTH_CM * 0.7:
        before_head = before_head[:-1]
    line = np.array([*before_head, tip - direction * HEAD_LENGTH_CM * 0.6])
    return Arrow(line, np.array([tip, base + half_width, base - half_width]))


def _followed_points(spec: dict[str, Any], key_poses: Sequence[KeyPose], camera: Camera) -> Array:
    """Return the path of a landmark, pushed off: by [right, up] on the picture, or away from a centre by a distance."""
    first, last = spec.get("from", PATH_START), spec.get("to", PATH_END)
    offset = spec.get("off", 0)
    points = []
    for index in range(PATH_SAMPLES):
        body = pose_at(key_poses, first + (last - first) * index / (PATH_SAMPLES - 1)).body
        landmarks = find_landmarks(body)
        point = camera.project(landmarks[spec["follow"]].centre)
        if isinstance(offset, list):
            points.append(point + np.array([offset[0], -offset[1]]))
        else:
            centre = camera.project(landmarks[spec["about"]].centre if "about" in spec else body.joints["pelvis"])
            points.append(point + normalise(point - centre) * offset)
    return np.array(points)


def _straight_points(spec: dict[str, Any], key_poses: Sequence[KeyPose], camera: Camera) -> Array:
    """Return points from a landmark of the start or end posture, or from a point of the world, straight by a vector."""
    body = key_poses[-1 if spec.get("at", "end") == "end" else 0].body
    start, by = spec["start"], vec(*spec["by"])
    origin = locate_point(start, body)
    last = STRAIGHT_SAMPLES - 1
    return np.array([camera.project(origin + by * step / last) for step in range(STRAIGHT_SAMPLES)])
