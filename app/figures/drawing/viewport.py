"""How centimetres on the picture become the drawing units of the SVG document."""

from dataclasses import dataclass, replace

import numpy as np

from app.figures.drawing.geometry import Array
from app.figures.rectangle import Rectangle

UNITS_PER_PIXEL = 10.0
"""Drawing units are tenths of a pixel, so that paths need no decimal points."""
MAX_PIXELS_PER_CM = 1.9
"""Largest scale of a whole figure, so that a small one does not look like a giant beside the others."""
MAX_LOWERING_PX = 12.0
"""How far below the middle of its frame a low figure stands."""


@dataclass
class Viewport:
    """A scale in pixels to a cm, and the shift that follows, in pixels."""

    scale: float
    shift: Array

    def to_units(self, points: Array) -> Array:
        """Return points of the picture in drawing units."""
        return (points * self.scale + self.shift) * UNITS_PER_PIXEL

    def moved(self, pixels: Array) -> "Viewport":
        """Return the viewport moved by pixels."""
        return replace(self, shift=self.shift + pixels)


def bounds_of_points(points: Array) -> Rectangle:
    """Return the bounds of points (n, 2)."""
    return Rectangle(*map(float, (*points.min(0), *points.max(0))))


def fit_viewport(
    bounds: Rectangle, width: float, height: float, padding: float, max_scale: float = MAX_PIXELS_PER_CM
) -> Viewport:
    """Return the viewport that shows what lies in the bounds, in a frame of `width` by `height` pixels.

    It is centred, a little low, and `padding` pixels stay empty at each edge.
    """
    scale = min((width - 2 * padding) / bounds.width, (height - 2 * padding) / bounds.height, max_scale)
    lowering = min(MAX_LOWERING_PX, max(0.0, (height - 2 * padding - scale * bounds.height) / 2))
    x = width / 2 - scale * (bounds.left + bounds.right) / 2
    y = height / 2 - scale * (bounds.top + bounds.bottom) / 2 + lowering
    return Viewport(scale, np.array([x, y]))
