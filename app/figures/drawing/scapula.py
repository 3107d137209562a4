"""The shoulder blades: how they glide on the ribs with the arm.

The shoulder joint tells how far a blade is raised and drawn forward; the arm's raise how far it is turned, by one
degree for every two of the arm (Inman 1944), but not before the arm has left the side by 30 degrees.
"""

from typing import NamedTuple

import numpy as np

from app.figures.drawing.geometry import Array
from app.figures.drawing.skeleton import Body, measure_raise

SETTING_DEG = 30.0
"""Raise of the arm at which the blade begins to turn."""
TURN_SHARE = 1 / 3
"""Degrees of the blade for each degree of the arm beyond that: 60 at most."""
NODE_CM = 28 / 6
"""From each spine node of the chest to the next."""
WIDTH_CM_PER_DEG = 0.2
"""Width of the back in cm for each degree from the midline."""
PIVOT = (8.3, 135.0)
"""Middle of the blade (spine node, angle), about which it turns."""
FOLLOWING_DEG = {"blade": (172.0, 156.0), "belly": (178.0, 146.0)}
"""Angles at which a part begins to follow the blade, seen from the spine, and from which it follows in full."""
GIRDLE_SHARE = 0.6
"""How far the blade follows the rise of the shoulder joint, which is partly the joint's own."""


RETRACTION_SHARE = 0.6
"""How far the blade follows a shoulder that is drawn back: the spine and its muscles are in the way."""


class GirdleMotion(NamedTuple):
    """How a shoulder blade has moved: cm up, cm away from the spine, degrees of upward turn."""

    rise: float
    glide: float
    turn: float


def measure_girdle(body: Body, side: str) -> GirdleMotion:
    """Return how the shoulder blade of a side has moved from where it rests with a hanging arm."""
    chest = body.chest_frame
    shift = body.joints["shoulder" + side] - body.resting_shoulder(side)
    raised = measure_raise(body, side)
    turn = max(0.0, raised - SETTING_DEG) * TURN_SHARE
    glide = float(shift @ chest[:, 0])
    return GirdleMotion(float(shift @ chest[:, 1]) * GIRDLE_SHARE, glide * (RETRACTION_SHARE if glide < 0 else 1), turn)


def move_with_scapula(
    stations: Array, angles: Array, motion: GirdleMotion, following_deg: tuple[float, float] = FOLLOWING_DEG["blade"]
) -> tuple[Array, Array]:
    """Return places on the right side of the back moved with the shoulder blade; those beside the spine stay."""
    begin, full = following_deg
    up, out = (stations - PIVOT[0]) * NODE_CM, (PIVOT[1] - angles) * WIDTH_CM_PER_DEG
    radians = np.radians(motion.turn)
    cosine, sine = np.cos(radians), np.sin(radians)
    # Upward turn: the lower end swings away from the spine, the outer end rises.
    moved_out = out * cosine - up * sine + motion.glide
    moved_up = up * cosine + out * sine + motion.rise
    follows = np.clip((begin - angles) / (begin - full), 0, 1)
    new_stations = stations + follows * (PIVOT[0] + moved_up / NODE_CM - stations)
    new_angles = angles + follows * (PIVOT[1] - moved_out / WIDTH_CM_PER_DEG - angles)
    # What moves towards the midline is slowed down, so that it never reaches it.
    room = np.maximum(begin - angles, 1e-6)
    slowed = angles + room * (1 - np.exp(-np.maximum(new_angles - angles, 0) / room))
    new_angles = np.where(new_angles > angles, slowed, new_angles)
    return np.clip(new_stations, 4.0, 10.0), np.maximum(new_angles, 75.0)
