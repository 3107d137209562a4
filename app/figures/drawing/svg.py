"""Writes SVG: strokes as paths, and the document round them."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

import numpy as np

from app.figures.assets import CREDIT, LICENSE_NAME
from app.figures.drawing.arrows import Arrow
from app.figures.drawing.geometry import Array
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.muscle_places import mark_place
from app.figures.drawing.path_data import smooth_path_data, straight_path_data
from app.figures.drawing.viewport import UNITS_PER_PIXEL, Viewport
from app.figures.frames import AS_STORED, END, STORED_CANVAS, write_card, write_group, write_opening
from app.figures.painting import STYLE_PLACEHOLDER
from app.figures.palette import CLASS_PREFIX
from app.figures.texts import FigureTexts
from app.texts.loader import load_texts

WIDTH_PX, HEIGHT_PX = STORED_CANVAS.width, STORED_CANVAS.height
"""Size of a stored picture."""
PADDING_PX = 16
"""What stays empty at each edge of a picture."""


class PathSpec(NamedTuple):
    """A path element: the attributes that say how it is painted, and its path data."""

    attributes: str
    data: str


def to_paths(stroke: Stroke, viewport: Viewport) -> list[PathSpec]:
    """Return a stroke as path elements."""
    # Colours come from classes, never from attributes: one drawing serves every theme.
    points = viewport.to_units(stroke.points)
    if stroke.kind == "polygon":
        return [PathSpec(_class(stroke.tone), straight_path_data(points))]
    if stroke.kind == "edge":
        return [PathSpec(_class("e", f"e-{stroke.tone}"), smooth_path_data(points))]
    if stroke.kind == "line":
        return [PathSpec(_class(stroke.tone), smooth_path_data(points, closed=False))]
    if stroke.kind == "rod":
        width = round(stroke.radius * 2 * UNITS_PER_PIXEL * viewport.scale)
        return [PathSpec(f'{_class("rod", f"r-{stroke.tone}")} stroke-width="{width}"', _rod_data(points))]
    return [PathSpec(_class(stroke.tone), smooth_path_data(points))]


def write_path(attributes: str, data: str) -> str:
    """Return one path element."""
    return f'<path {attributes} d="{data}"/>'


def write_layers(layers: Iterable[Layer], viewport: Viewport, moment: str = "") -> str:
    """Return the path elements of layers, as they stand; with a `moment`, each part of the body ends with a mark."""
    text = ""
    for layer in layers:
        strokes = (stroke for stroke in layer.strokes if stroke.has_size)
        text += "".join(write_path(*path) for stroke in strokes for path in to_paths(stroke, viewport))
        text += mark_place(layer.name, moment)
    return text


def write_arrow(arrow: Arrow, viewport: Viewport) -> str:
    """Return the path elements of an arrow."""
    line = smooth_path_data(_with_middle(viewport.to_units(arrow.line)), closed=False)
    head = straight_path_data(viewport.to_units(arrow.head))
    return write_path(_class("arrow"), line) + write_path(_class("arrowhead"), head)


def build_document(title: str, description: str, body: str) -> str:
    """Return an SVG document with licence and credit; `paint_document` fills its classes and its style placeholder."""
    text = load_texts(FigureTexts).description.fill(alt=description, license=LICENSE_NAME, credit=CREDIT)
    return (
        f"{write_opening(STORED_CANVAS)}<title>{escape(title)}</title><desc>{escape(text)}</desc>{STYLE_PLACEHOLDER}"
        f"{write_card(STORED_CANVAS)}{write_group(AS_STORED)}{body}{END}"
    )


def _class(*names: str) -> str:
    return f'class="{" ".join(CLASS_PREFIX + name for name in names)}"'


def _rod_data(points: Array) -> str:
    """Return a smooth line for a straight rod or a ring, and straight stretches, left open, for a bent one."""
    if len(points) > 3 and np.array_equal(points[0], points[-1]):
        return smooth_path_data(points[:-1])
    if len(points) < 3:
        return smooth_path_data(_with_middle(points), closed=False)
    return straight_path_data(points)[:-1]


def _with_middle(points: Array) -> Array:
    """Return the points of an open line, three at least, as a smooth path needs."""
    if len(points) > 2:
        return points
    return np.array([points[0], (points[0] + points[-1]) / 2, points[-1]])
