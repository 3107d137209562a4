"""The yoke of the shirt: its cloth between neck and shoulder, which runs on into the sleeve of a raised arm.

A sleeve is drawn over the shirt with an outline of its own. Of a raised arm, the outline on the side of the neck would
run down into the shirt, as if the sleeve were another thing laid on it; so there, the yoke is drawn once more over it.
"""

import numpy as np

from app.figures.drawing.arm_shape import YOKE_ANGLES
from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Sphere, shrink_to_point
from app.figures.drawing.layers import Stroke
from app.figures.drawing.outline import resample_outline, sweep
from app.figures.drawing.skeleton import Body, measure_raise
from app.figures.drawing.torso import shoulder_pairs

YOKE_STEPS = (0.7, 1.0)
"""Where the yoke begins and ends, as shares of the way from the collar to the shoulder."""
YOKE_INSET_CM = 0.6
"""How much smaller it is than the shirt, whose outline it must leave alone."""
YOKE_POINTS = 12
"""Points of the outline."""


def yoke_stroke(body: Body, camera: Camera, side: str, shade: str) -> Stroke:
    """Return the yoke beside the neck, over the sleeve of a raised arm; it has no size where the arm is lower."""
    collar, shoulder = shoulder_pairs(body, side)[0]
    size = float(np.interp(measure_raise(body, side), YOKE_ANGLES, (0.0, 1.0)))
    spheres = [
        Sphere(
            collar.centre + (shoulder.centre - collar.centre) * share,
            collar.radius + (shoulder.radius - collar.radius) * share - YOKE_INSET_CM,
        )
        for share in YOKE_STEPS
    ]
    middle = camera.project(shoulder.centre)
    points = resample_outline(sweep(camera.project_spheres(spheres)), YOKE_POINTS, middle - np.array([0.0, 40.0]))
    return Stroke("fill", "top" + shade, middle + (points - middle) * size if size else shrink_to_point(points))
