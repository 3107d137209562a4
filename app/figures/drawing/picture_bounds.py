"""What a drawing takes of its picture: bounds in pixels of the stored canvas, from which other frames are made."""

from collections.abc import Sequence

import shapely

from app.figures.drawing.arrows import Arrow
from app.figures.drawing.handheld_props import HANDHELD_DRAWERS
from app.figures.drawing.layers import SHADOW, Layer
from app.figures.drawing.scene import Scene
from app.figures.drawing.viewport import UNITS_PER_PIXEL, Viewport, bounds_of_points
from app.figures.frames import STORED_CANVAS
from app.figures.rectangle import Rectangle, unite_rectangles

LONG_PROPS = frozenset(["band", "bar"])
"""Things in the hands that reach so far that an icon shows only a part of them."""
FAR_PX = 9999.0
"""Farther than anything on a picture."""


def measure_bounds(
    scenes: Sequence[Scene], return_scenes: Sequence[Scene], arrows: Sequence[Arrow], viewport: Viewport
) -> dict[str, list[float]]:
    """Return left, top, right and bottom of what a drawing shows.

    `start`, `end` and `animated` are without mat and wall, which a frame may cut off; `backdrop` is mat and wall;
    `icon_start` and `icon_end` are the person with small things in the hands. `backdrop` and `arrows` are missing
    where there are none. What lies below the canvas, as in a cropped picture, is left out.
    """
    first, last = scenes[0], scenes[-1]
    parts = {
        "start": _measure_layers(_list_framed_layers(first), viewport),
        "end": _measure_layers(_list_framed_layers(last), viewport),
        "animated": unite_rectangles(
            [_measure_layers(_list_framed_layers(scene), viewport) for scene in [*scenes, *return_scenes]]
        ),
        "icon_start": _measure_layers(_list_icon_layers(first), viewport),
        "icon_end": _measure_layers(_list_icon_layers(last), viewport),
    }
    backdrop = [layer for layer in first.background_layers() if layer.name != SHADOW]
    if backdrop:
        parts["backdrop"] = _measure_layers(backdrop, viewport)
    if arrows:
        ends = [points for arrow in arrows for points in (arrow.line, arrow.head)]
        parts["arrows"] = unite_rectangles(
            [bounds_of_points(viewport.to_units(points) / UNITS_PER_PIXEL) for points in ends]
        )
    return {name: [round(value, 1) for value in bounds] for name, bounds in parts.items()}


def _list_framed_layers(scene: Scene) -> list[Layer]:
    """Return the layers that a frame shows whole: person, things, and their shadow, which would end at a hard edge."""
    return [layer for layer in scene.layers if layer.name == SHADOW or not layer.is_background]


def _list_icon_layers(scene: Scene) -> list[Layer]:
    """Return the layers that an icon shows whole: the person, and small things in the hands."""
    small = HANDHELD_DRAWERS.keys() - LONG_PROPS
    return [
        layer
        for layer in scene.foreground_layers()
        if "." not in layer.name or layer.name.split(".")[0].rstrip("0123456789") in small
    ]


def _measure_layers(layers: Sequence[Layer], viewport: Viewport) -> Rectangle:
    """Return the bounds of layers on the canvas, in pixels."""
    shape = shapely.union_all([layer.shape for layer in layers])
    placed = shapely.transform(shape, lambda points: viewport.to_units(points) / UNITS_PER_PIXEL)
    shown = placed.intersection(shapely.box(-FAR_PX, -FAR_PX, FAR_PX, STORED_CANVAS.height))
    return Rectangle(*map(float, shown.bounds))
