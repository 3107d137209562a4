"""Directions and reference frames in which a pose file states where a limb goes."""

from collections.abc import Sequence

import numpy as np

from app.figures.drawing.geometry import Array, normalise, reject, vec
from app.figures.drawing.skeleton import SHOULDER_NODE, Body

Direction = str | float | Sequence[float]
"""A direction as a pose file writes it: a name, a raise in degrees, [raise, out] in degrees, or a vector."""
NAMED_DIRECTIONS = {
    "down": (0.0, -1.0, 0.0),
    "up": (0.0, 1.0, 0.0),
    "forward": (1.0, 0.0, 0.0),
    "back": (-1.0, 0.0, 0.0),
    "out": (0.0, 0.0, 1.0),
    "in": (0.0, 0.0, -1.0),
}
"""Unit vectors of the named directions; z points outwards, away from the middle of the body."""


def raise_angle(value: Direction) -> float | None:
    """Return by how many degrees a direction is raised, or None when it is a name or a vector."""
    if isinstance(value, (int, float)):
        return value
    return value[0] if not isinstance(value, str) and len(value) == 2 else None


def to_direction(value: Direction, sign: float) -> Array:
    """Return a direction as a unit vector; `sign` is that of the outward z axis on the limb's side.

    A raise of 0 degrees points down, 90 forward, 180 up; `out` turns away from the middle.
    """
    if isinstance(value, str):
        x, y, z = NAMED_DIRECTIONS[value]
        return vec(x, y, z * sign)
    if isinstance(value, (int, float)):
        value = [value, 0]
    if len(value) == 2:
        lift, out = np.radians(value[0]), np.radians(value[1])
        return vec(np.sin(lift) * np.cos(out), -np.cos(lift) * np.cos(out), sign * np.sin(out))
    return normalise(vec(value[0], value[1], value[2] * sign))


def mirror_point(point: Sequence[float], sign: float) -> Array:
    """Return a point whose z is stated outwards, on the side of `sign`."""
    return vec(point[0], point[1], point[2] * sign)


def reference_frame(body: Body, name: str, side: str) -> tuple[Array, Array]:
    """Return origin and axes of a named reference frame: chest, head, pelvis, thigh of that side, else the world."""
    if name == "thigh":  # x along the bone, y off its front: a hand stays on the thigh however the leg lies
        hip = body.joints["hip" + side]
        along = normalise(body.joints["knee" + side] - hip)
        up = reject(np.cross(body.pelvis_frame[:, 2], along), along)
        return hip, np.column_stack([along, up, np.cross(along, up)])
    if name == "chest":
        return body.spine[SHOULDER_NODE], body.chest_frame
    if name == "head":
        return body.joints["head"], body.head_frame
    if name == "pelvis":
        return body.joints["pelvis"], body.pelvis_frame
    return vec(0, 0, 0), np.eye(3)
