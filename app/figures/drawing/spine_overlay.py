"""The line of the spine over everything: an overlay that shows how the back bends, for clients that ask for it."""

import numpy as np
import shapely

from app.figures.drawing.camera import Camera
from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.skeleton import NECK_NODE, Body

SPINE_INSET_CM = 1.6
"""How far behind the spine nodes the line runs: a little inside the back."""
SPINE_DEPTH = 1e4
"""Depth of the overlay: before everything, so that no sleeve cuts the line into pieces."""


def spine_layer(body: Body, camera: Camera) -> Layer:
    """Return the line from the sacrum to the base of the neck, on a white casing."""
    points = camera.project(
        np.array([body.spine[i] - body.spine_frames[i][:, 0] * SPINE_INSET_CM for i in range(1, NECK_NODE + 1)])
    )

    def depth(at: Array) -> Array:
        return np.full(len(at), SPINE_DEPTH)

    strokes = [Stroke("line", "case", points), Stroke("line", "spine", points)]
    return Layer("spine", strokes, shapely.LineString(points), depth, SPINE_DEPTH)
