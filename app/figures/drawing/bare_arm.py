"""The bare part of an upper arm that comes out of its sleeve towards the viewer.

The sleeve is drawn over the arm. Of an arm that points at the viewer it would hide all but the forearm, and end like a
stump; so there, the arm is drawn once more over the sleeve, from the ellipse of the hem to the elbow.
"""

import numpy as np

from app.figures.drawing.arm_shape import hem_ring
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import shrink_to_point
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import circle_points, convex_hull, resample_outline
from app.figures.drawing.skeleton import ARM, Body

BARE_ARM_HEMS = ((0.2, 0.5), (2.0, 0.0))
"""How far an arm points to the viewer (cosines), and how many cm past its hem it then begins over the sleeve."""
HEM_SHARE_OF_RADIUS = 0.9
"""Radius of the arm in the hem of the sleeve, as a share of the hem's."""
ELBOW_RADIUS_CM = 3.7
"""Radius of the arm at the elbow."""
BARE_ARM_POINTS = 14
"""Points of the outline."""


def bare_arm_strokes(body: Body, camera: Camera, side: str, shade: str) -> list[Stroke]:
    """Return the arm between hem and elbow where it comes out of the sleeve towards the viewer; else it has no size."""
    shoulder, elbow = body.joints["shoulder" + side], body.joints["elbow" + side]
    towards = camera.depth_of(body.bones(ARM, side)[0])
    past = float(np.interp(towards, *BARE_ARM_HEMS))
    hem = camera.project(hem_ring(body, side, past, HEM_SHARE_OF_RADIUS))
    end = circle_points(camera.project(elbow), ELBOW_RADIUS_CM * body.shape.girth("elbow"))
    points = resample_outline(convex_hull(np.vstack([hem, end])), BARE_ARM_POINTS, camera.project(shoulder))
    if towards < BARE_ARM_HEMS[0][0]:
        points = shrink_to_point(points)
    return [Stroke("edge", "skin", points), Stroke("fill", "skin" + shade, points)]
