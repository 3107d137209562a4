"""The fold of the shirt at an armpit: it goes on from the lower edge of the sleeve and curves into the trunk."""

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array, normalise
from app.figures.drawing.layers import Stroke
from app.figures.drawing.skeleton import ARM, Body, upper_side

FOLD_CM = ((4.4, 5.75), (1.4, 5.65), (-1.2, 4.9), (-3.1, 2.8), (-4.0, 0.8))
"""Points of the fold from the shoulder joint: cm along the arm, and cm to its lower edge."""
DELTOID_CM = 0.6
"""The lower edge is nearer by this where the arm is seen across, because the sleeve is fuller on its upper side."""
FACING_SHARES = (0.45, 0.8)
"""The fold begins to show, and shows in full, where arm and lower side lie across the view by this (sine)."""


def armpit_fold(body: Body, camera: Camera, side: str) -> Stroke:
    """Return the fold; where the armpit turns to the viewer or away, it has no size."""
    bone = body.bones(ARM, side)[0]
    along, below = camera.project(bone), camera.project(-upper_side(body, side))
    turn = float(along[0] * below[1] - along[1] * below[0])
    across = normalise(np.array([-along[1], along[0]]) * turn)
    share = float(np.interp(abs(turn), FACING_SHARES, (0.0, 1.0)))
    places = np.array(FOLD_CM)
    places[:, 1] -= DELTOID_CM * abs(turn)
    shortened = places[0] + (places - places[0]) * share
    girth = body.shape.girth("shoulder")
    points: Array = camera.project(body.joints["shoulder" + side]) + shortened @ np.array([along, across]) * girth
    return Stroke("line", "fold", points)
