"""Forward kinematics of pelvis, spine and head."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.figures.drawing.body_shape import WOMAN, BodyShape
from app.figures.drawing.geometry import Array, bend_frame, rotation_matrix, vec
from app.figures.drawing.skeleton import PELVIC_TILT_DEG, SACRUM_CM, SIDE_SIGN, SIDES, SPINE_REGIONS, Body

GAZE_ITERATIONS = 6
"""Nods by which the head approaches its gaze; each leaves about a tenth of the error."""


def solve_trunk(pose: Mapping[str, Any]) -> Body:
    """Return a body with pelvis, spine, head and hips in place, without limbs."""
    pelvis_frame = _pelvis_frame(pose["pelvis"])
    pelvis = vec(*pose["pelvis"]["at"])
    frame = bend_frame(pelvis_frame, PELVIC_TILT_DEG, 0, 0)
    point = pelvis + frame[:, 1] * SACRUM_CM
    points, frames = [pelvis, point], [pelvis_frame, frame]
    for region in SPINE_REGIONS:
        bend, count = pose.get(region.name, {}), region.joint_count
        for _ in range(count):
            flexion = (bend.get("flex", 0) + region.neutral_flexion) / count
            frame = bend_frame(frame, flexion, bend.get("side", 0) / count, bend.get("rot", 0) / count)
            point = point + frame[:, 1] * region.length_cm / count
            points.append(point)
            frames.append(frame)
    head_frame = _head_frame(pose.get("head", {}), frame)
    shape: BodyShape = pose.get("shape", WOMAN)
    joints = {"pelvis": pelvis, "head": point + head_frame[:, 1] * 8.6 + head_frame[:, 0] * 2.4}
    for side in SIDES:
        joints["hip" + side] = pelvis + pelvis_frame[:, 2] * SIDE_SIGN[side] * shape.hip_half
    breath, belly = pose.get("breath", 0.0), pose.get("belly", 0.0)
    return Body(joints, points, frames, pelvis_frame, head_frame, breath=breath, belly=belly, shape=shape)


def _pelvis_frame(spec: Mapping[str, Any]) -> Array:
    """Return the pelvis twisted about its own axis, then pitched forward, leant right, turned right."""
    if "orientation" in spec:  # set by interpolation
        return np.asarray(spec["orientation"])
    frame = rotation_matrix((0, 1, 0), -spec.get("turn", 0)) @ rotation_matrix((1, 0, 0), spec.get("lean", 0))
    pitch, twist = rotation_matrix((0, 0, 1), -spec.get("pitch", 0)), rotation_matrix((0, 1, 0), -spec.get("twist", 0))
    return frame @ pitch @ twist


def _head_frame(spec: Mapping[str, Any], neck: Array) -> Array:
    """Return the head on the neck; `gaze` nods it until the face looks that many degrees above level."""
    if "orientation" in spec:  # set by interpolation, relative to the neck
        return np.asarray(neck @ np.asarray(spec["orientation"]), dtype=float)
    head = bend_frame(neck, spec.get("flex", 0), spec.get("side", 0), spec.get("rot", 0))
    if spec.get("gaze") is None:
        return head
    for _ in range(GAZE_ITERATIONS):
        elevation = float(np.degrees(np.arcsin(np.clip(head[1, 0], -1, 1))))
        sense = 1 if head[1, 1] >= -0.2 else -1  # upside down, a nod forward lifts the gaze
        head = bend_frame(head, (elevation - spec["gaze"]) * sense * 0.9, 0, 0)
    return head
