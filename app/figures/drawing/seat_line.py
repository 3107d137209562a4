"""The line round a buttock that is seen from behind: down the middle of the seat and outwards above the thigh."""

import numpy as np

from app.figures.drawing.body_shape import WOMAN
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Stroke
from app.figures.drawing.skeleton import LEG, SIDE_SIGN, Body

SEAT_LINE_CM = ((5.0, -2.5, 0.0), (5.5, -7.0, 0.2), (6.0, -9.8, 2.0), (6.0, -10.4, 5.6), (5.5, -8.6, 9.4))
"""Points of the line from the middle of the hips: cm behind it, above it, and outwards; in the first body shape."""
CORNER = 2
"""Index of the point towards which the line shortens."""
FACING_SHARES = (0.81, 0.84)
"""The line begins to show, and shows in full, where the seat turns to the viewer by this (cosine)."""
STRAIGHT_SHARES = (0.85, 0.94)
"""The same for how far the thigh goes on in the line of the trunk (cosine): a bent hip smooths the seat."""


def seat_line(body: Body, camera: Camera, side: str) -> Stroke:
    """Return the line; where the seat turns away, or the hip bends, it has no size."""
    frame = body.pelvis_frame
    facing = -camera.depth_of(frame[:, 0])
    straightness = -float(body.bones(LEG, side)[0] @ frame[:, 1])
    share = float(np.interp(facing, FACING_SHARES, (0, 1)) * np.interp(straightness, STRAIGHT_SHARES, (0, 1)))
    wider = body.shape.hip_half / WOMAN.hip_half
    axes = np.array([-frame[:, 0], frame[:, 1], frame[:, 2] * SIDE_SIGN[side] * wider])
    places = np.array(SEAT_LINE_CM)
    shortened: Array = places[CORNER] + (places - places[CORNER]) * share
    return Stroke("line", "seam", camera.project(body.joints["pelvis"] + shortened @ axes))
