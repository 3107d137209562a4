"""Vectors, rotations and the two-bone reach: the geometry under everything that is drawn."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def vec(*values: float) -> Array:
    """A vector of floats."""
    return np.array(values, dtype=float)


def length(v: Array) -> float:
    """Euclidean length."""
    return float(np.sqrt(v @ v))


def unit(v: Array | Sequence[float]) -> Array:
    """The vector scaled to length one; a zero vector stays zero."""
    a = np.asarray(v, dtype=float)
    size = length(a)
    return a / size if size > 1e-9 else a * 0.0


def across(v: Array, axis: Array) -> Array:
    """The unit part of v that is at right angles to the unit vector axis."""
    return unit(v - float(v @ axis) * axis)


def angle(a: Array, b: Array) -> float:
    """Angle between two vectors in degrees."""
    return float(np.degrees(np.arccos(np.clip(float(unit(a) @ unit(b)), -1.0, 1.0))))


def turn(axis: Array | Sequence[float], degrees: float) -> Array:
    """Rotation matrix about an axis, counter-clockwise when looking against it."""
    x, y, z = unit(axis)
    a = np.radians(degrees)
    c, s = float(np.cos(a)), float(np.sin(a))
    k = 1 - c
    return np.array(
        [
            [c + x * x * k, x * y * k - z * s, x * z * k + y * s],
            [y * x * k + z * s, c + y * y * k, y * z * k - x * s],
            [z * x * k - y * s, z * y * k + x * s, c + z * z * k],
        ]
    )


def bend(frame: Array, flex: float, side: float, rot: float) -> Array:
    """A body frame (columns forward, up, right) bent about its own axes: forward, to the right, turned right."""
    frame = turn(frame[:, 2], -flex) @ frame
    frame = turn(frame[:, 0], side) @ frame
    return turn(frame[:, 1], -rot) @ frame


def frame_from(first: Array, hint: Array) -> Array:
    """A right-handed frame whose first column is `first` and whose second leans to `hint`."""
    a = unit(first)
    b = across(hint, a)
    if length(b) < 0.5:
        b = across(vec(0.31, 0.87, 0.38), a)
    return np.column_stack([a, b, np.cross(a, b)])


def between(a: Array, b: Array, t: float) -> Array:
    """The rotation a part t of the way from frame a to frame b, along the shortest turn."""
    delta = b @ a.T
    cosine = float(np.clip((np.trace(delta) - 1) / 2, -1.0, 1.0))
    whole = float(np.degrees(np.arccos(cosine)))
    if whole < 1e-3:
        return b if t > 0.5 else a
    axis = vec(delta[2, 1] - delta[1, 2], delta[0, 2] - delta[2, 0], delta[1, 0] - delta[0, 1])
    if length(axis) < 1e-6:
        values, vectors = np.linalg.eigh((delta + delta.T) / 2)
        axis = vectors[:, int(np.argmax(values))]
    return turn(axis, whole * t) @ a


def reach(root: Array, target: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array, float]:
    """Two bones from root towards target, the middle joint pointing to pole: (middle, end, distance missed)."""
    line = target - root
    far = length(line)
    longest, shortest = (upper + lower) * 0.9995, abs(upper - lower) + 4.0
    used = min(max(far, shortest), longest)
    along = unit(line)
    out = across(pole, along)
    x = (upper * upper - lower * lower + used * used) / (2 * used)
    rise = float(np.sqrt(max(0.0, upper * upper - x * x)))
    return root + along * x + out * rise, root + along * used, abs(far - used)
