"""How centimetres on the picture become the drawing units of the SVG document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.figures.drawing.geometry import Array

UNITS_PER_PIXEL = 10.0
"""Drawing units are tenths of a pixel, so that paths need no decimal points."""
MAX_PIXELS_PER_CM = 1.9
"""Largest scale of a whole figure, so that a small one does not look like a giant beside the others."""
MAX_LOWERING_PX = 12.0
"""How far below the middle of its frame a low figure stands."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in cm on the picture."""


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


def fit_viewport(
    boxes: Sequence[Box], width: float, height: float, padding: float, max_scale: float = MAX_PIXELS_PER_CM
) -> Viewport:
    """Return the viewport that shows all boxes in a frame of `width` by `height` pixels, centred, a little low."""
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    scale = min((width - 2 * padding) / (x1 - x0), (height - 2 * padding) / (y1 - y0), max_scale)
    lowering = min(MAX_LOWERING_PX, max(0.0, (height - 2 * padding - scale * (y1 - y0)) / 2))
    shift = np.array([width / 2 - scale * (x0 + x1) / 2, height / 2 - scale * (y0 + y1) / 2 + lowering])
    return Viewport(scale, shift)
