"""The bare part of an upper arm that comes out of its sleeve towards the viewer.

The sleeve is drawn over the arm. Of an arm that points at the viewer it would hide all but the forearm, and end like a
stump; so there, the arm is drawn once more over the sleeve, from the ellipse of the hem to the elbow.
"""

import numpy as np

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import ANY_DIRECTION, normalise, reject, shrink_to_point, vec
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import UNIT_CIRCLE, circle_points, convex_hull, resample_outline
from app.figures.drawing.skeleton import ARM, Body

BARE_ARM_HEMS = ((0.4, 0.75), (0.66, 0.52))
"""How far an arm points to the viewer (cosines), and the shares of the upper arm where its hem is drawn then."""
HEM_RADIUS_CM = 4.5
"""Radius of the arm in the hem of the sleeve."""
ELBOW_RADIUS_CM = 3.8
"""Radius of the arm at the elbow."""
BARE_ARM_POINTS = 14
"""Points of the outline."""


def bare_arm_strokes(body: Body, camera: Camera, side: str, shade: str) -> list[Stroke]:
    """Return the arm between hem and elbow where it comes out of the sleeve towards the viewer; else it has no size."""
    shoulder, elbow = body.joints["shoulder" + side], body.joints["elbow" + side]
    upper = normalise(body.bones(ARM, side)[0])
    girth = body.shape.girth("elbow")
    towards = camera.depth_of(upper)
    share = float(np.interp(towards, *BARE_ARM_HEMS))
    across = reject(vec(*ANY_DIRECTION), upper)
    circle = UNIT_CIRCLE @ np.array([across, np.cross(upper, across)])
    hem = camera.project(shoulder + (elbow - shoulder) * share + circle * HEM_RADIUS_CM * girth)
    end = circle_points(camera.project(elbow), ELBOW_RADIUS_CM * girth)
    points = resample_outline(convex_hull(np.vstack([hem, end])), BARE_ARM_POINTS, camera.project(shoulder))
    if towards < BARE_ARM_HEMS[0][0]:
        points = shrink_to_point(points)
    return [Stroke("edge", "skin", points), Stroke("fill", "skin" + shade, points)]
