"""Vectors, rotations and two-bone inverse kinematics: the geometry under everything that is drawn.

A frame is a rotation matrix whose columns are the axes of a body part, stated in world axes. The columns of a body
frame are forward, up and right.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

ANY_DIRECTION = (0.31, 0.87, 0.38)
"""A direction along no axis: stands in where a perpendicular is needed and the caller's hint is parallel."""
MAX_REACH_SHARE = 0.9995
"""Share of the two bones' summed length that a reach may use, so that the middle joint never locks."""
MIN_REACH_MARGIN_CM = 4.0
"""How much farther than the difference of the two bones' lengths the end joint stays from the root, in cm."""


class Sphere(NamedTuple):
    """A sphere: its centre in the world (or a disc: its centre on the picture), and its radius in cm."""

    centre: Array
    radius: float


class DepthSphere(NamedTuple):
    """A projected sphere: its centre on the picture, the depth of its centre towards the viewer, its radius; in cm."""

    centre: Array
    depth: float
    radius: float


def vec(*values: float) -> Array:
    """Return a vector of floats."""
    return np.array(values, dtype=float)


def shrink_to_point(points: Array, count: int | None = None) -> Array:
    """Return `count` points (as many as there are) in the middle: what is out of sight keeps its path, without size."""
    return np.repeat(points.mean(0)[None], len(points) if count is None else count, 0)


def length(v: Array) -> float:
    """Return the Euclidean length."""
    return math.sqrt(v @ v)


def normalise(v: Array | Sequence[float]) -> Array:
    """Return the vector scaled to length one; a zero vector stays zero."""
    vector = np.asarray(v, dtype=float)
    size = length(vector)
    return vector / size if size > 1e-9 else vector * 0.0


def reject(v: Array, axis: Array) -> Array:
    """Return the normalised rejection of v from a unit axis: its part at right angles to the axis."""
    return normalise(v - float(v @ axis) * axis)


def angle_between(a: Array, b: Array) -> float:
    """Return the angle between two vectors in degrees, 0 to 180."""
    return float(np.degrees(np.arccos(np.clip(float(normalise(a) @ normalise(b)), -1.0, 1.0))))


def rotation_matrix(axis: Array | Sequence[float], degrees: float) -> Array:
    """Return the matrix that rotates about an axis, counter-clockwise for a viewer whom the axis points at."""
    # Rodrigues' rotation formula, written out as a matrix.
    x, y, z = normalise(axis)
    radians = np.radians(degrees)
    c, s = float(np.cos(radians)), float(np.sin(radians))
    k = 1 - c
    return np.array(
        [
            [c + x * x * k, x * y * k - z * s, x * z * k + y * s],
            [y * x * k + z * s, c + y * y * k, y * z * k - x * s],
            [z * x * k - y * s, z * y * k + x * s, c + z * z * k],
        ]
    )


def bend_frame(frame: Array, flex: float, side: float, rot: float) -> Array:
    """Return a body frame bent about its own axes, in degrees: forward, then to the right, then turned right."""
    # Most joints bend about one axis only; a rotation by nothing is left out, because it costs as much as any other.
    for axis, degrees in ((2, -flex), (0, side), (1, -rot)):
        if degrees:
            frame = rotation_matrix(frame[:, axis], degrees) @ frame
    return frame


def frame_from_axes(first: Array, hint: Array) -> Array:
    """Return the right-handed frame whose first column is along `first` and whose second leans towards `hint`."""
    x_axis = normalise(first)
    y_axis = reject(hint, x_axis)
    if length(y_axis) < 0.5:  # the hint is parallel to the first axis
        y_axis = reject(vec(*ANY_DIRECTION), x_axis)
    return np.column_stack([x_axis, y_axis, np.cross(x_axis, y_axis)])


def swing(start: Array, end: Array, vector: Array) -> Array:
    """Return a vector turned with the shortest rotation from one unit direction to another."""
    cosine = float(start @ end)
    if cosine < -0.999:
        return vector
    axis = np.cross(start, end)
    turned: Array = vector * cosine + np.cross(axis, vector) + axis * float(axis @ vector) / (1 + cosine)
    return turned


def slerp(start: Array, end: Array, share: float) -> Array:
    """Return the frame `share` (0 to 1) of the way from one frame to another, along the shortest rotation."""
    delta = end @ start.T
    cosine = float(np.clip((np.trace(delta) - 1) / 2, -1.0, 1.0))
    degrees = float(np.degrees(np.arccos(cosine)))
    if degrees < 1e-3:
        return end if share > 0.5 else start
    axis = vec(delta[2, 1] - delta[1, 2], delta[0, 2] - delta[2, 0], delta[1, 0] - delta[0, 1])
    if length(axis) < 1e-6:  # half a turn: the matrix is symmetric, and the axis is its eigenvector of the value 1
        values, vectors = np.linalg.eigh((delta + delta.T) / 2)
        axis = vectors[:, int(np.argmax(values))]
    return rotation_matrix(axis, degrees * share) @ start


def two_bone_ik(root: Array, target: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array, float]:
    """Return middle joint, end joint and the distance by which the end misses the target, in cm.

    `upper` and `lower` are the lengths of the bones. The middle joint lies on the side of the line from root to
    target that `pole` points to (law of cosines in that plane).
    """
    line = target - root
    distance = length(line)
    max_reach, min_reach = (upper + lower) * MAX_REACH_SHARE, abs(upper - lower) + MIN_REACH_MARGIN_CM
    reach = min(max(distance, min_reach), max_reach)
    # In the plane of root, target and pole: x along the line to the middle joint's foot, height off the line.
    along = normalise(line)
    out = reject(pole, along)
    x = (upper * upper - lower * lower + reach * reach) / (2 * reach)
    height = float(np.sqrt(max(0.0, upper * upper - x * x)))
    return root + along * x + out * height, root + along * reach, abs(distance - reach)
