"""How far a point is from the skin of trunk and thighs; all lengths are cm."""

from typing import NamedTuple

import numpy as np

from app.figures.drawing.geometry import Array, length, normalise
from app.figures.drawing.skeleton import NECK_NODE, SIDES, Body

THIGH_RADII_CM = (8.6, 5.7)
"""Radii at hip and knee, in the first body shape."""
FAR_CM = 1e3
"""Distance to a part that a point is not beside."""


class SurfaceDistance(NamedTuple):
    """Distance from a point to the nearest skin, negative within the body, and the direction out of the body."""

    distance: float
    outwards: Array


def measure_clearance(body: Body, point: Array) -> SurfaceDistance:
    """Return how far a point is from trunk and thighs."""
    parts = [_to_trunk(body, point), *(_to_thigh(body, point, side) for side in SIDES)]
    return min(parts, key=lambda part: part.distance)


def _to_trunk(body: Body, point: Array) -> SurfaceDistance:
    """Return the distance to the elliptical ring of the trunk beside which a point lies."""
    levels = [float((point - body.spine[node]) @ body.spine_frames[node][:, 1]) for node in range(NECK_NODE + 1)]
    node = next((node for node in range(NECK_NODE) if levels[node] >= 0 > levels[node + 1]), None)
    if node is None:
        return SurfaceDistance(FAR_CM, np.zeros(3))
    share = levels[node] / (levels[node] - levels[node + 1])
    near, above = body.shape.rings[node], body.shape.rings[node + 1]
    half, front, behind = (a + (b - a) * share for a, b in zip(near, above, strict=True))
    frame = body.spine_frames[node]
    centre = body.spine[node] + (body.spine[node + 1] - body.spine[node]) * share
    local = frame.T @ (point - centre - frame[:, 0] * (front - behind) / 2)
    semi_axes = np.array([(front + behind) / 2, half])
    across = local[[0, 2]]
    scaled = length(across / semi_axes)
    if scaled < 1e-6:
        return SurfaceDistance(-half, frame[:, 0])
    normal = normalise(across / semi_axes**2)
    distance = length(across) * (1 - 1 / scaled)
    return SurfaceDistance(distance, frame[:, 0] * normal[0] + frame[:, 2] * normal[1])


def _to_thigh(body: Body, point: Array, side: str) -> SurfaceDistance:
    hip, knee = body.joints["hip" + side], body.joints["knee" + side]
    bone = knee - hip
    share = float(np.clip((point - hip) @ bone / (bone @ bone), 0, 1))
    radii = [radius * body.shape.girth(joint) for radius, joint in zip(THIGH_RADII_CM, ("hip", "knee"), strict=True)]
    away = point - hip - bone * share
    return SurfaceDistance(length(away) - radii[0] - (radii[1] - radii[0]) * share, normalise(away))
