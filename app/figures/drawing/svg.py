"""Writing SVG: marks to paths, and the document round them."""

from collections.abc import Iterable
from html import escape

import numpy as np

from app.figures.assets import CREDIT, LICENSE_NAME
from app.figures.drawing.arrows import Arrow
from app.figures.drawing.layers import Layer, Mark
from app.figures.drawing.outline import smooth_path, straight_path
from app.figures.drawing.scene import Frame
from app.figures.drawing.space import Array
from app.figures.palette import CLASS_PREFIX as P

WIDTH, HEIGHT, PAD = 400, 300, 16
Drawn = list[tuple[str, str]]


def _open(points: Array) -> Array:
    """Points of an open line with enough vertices to be smooth."""
    if len(points) > 2:
        return points
    return np.array([points[0], (points[0] + points[-1]) / 2, points[-1]])


def drawn(mark: Mark, frame: Frame) -> Drawn:
    """A mark as (attributes, path) pairs; the attributes say how it is painted."""
    points = frame.units(mark.points)
    if mark.kind == "flat":
        return [(f'class="{P}{mark.tone}"', straight_path(points))]
    if mark.kind == "edge":
        return [(f'class="{P}e {P}e-{mark.tone}"', smooth_path(points))]
    if mark.kind == "line":
        return [(f'class="{P}{mark.tone}"', smooth_path(points, closed=False))]
    if mark.kind == "rod":
        tone, radius = mark.tone.split(":")
        line = smooth_path(_open(points), closed=False) if len(points) < 3 else straight_path(points)[:-1]
        return [(f'class="{P}rod {P}r-{tone}" stroke-width="{round(float(radius) * 20 * frame.scale)}"', line)]
    if mark.kind == "spine":
        seen = mark.tone.split(":")[1]
        shade = "" if seen == "1.00" else f' opacity="{seen}"'
        line = smooth_path(points, closed=False)
        return [(f'class="{P}case"{shade}', line), (f'class="{P}spine"{shade}', line)]
    return [(f'class="{P}{mark.tone}"', smooth_path(points))]


def path(attributes: str, d: str) -> str:
    """One path element."""
    return f'<path {attributes} d="{d}"/>'


def still(layers: Iterable[Layer], frame: Frame) -> str:
    """All layers as they stand."""
    return "".join(
        path(a, d)
        for layer in layers
        for mark in layer.marks
        for a, d in drawn(mark, frame)
        if not a.endswith('opacity="0.00"')
    )


def arrow(item: Arrow, frame: Frame) -> str:
    """An arrow."""
    return path(f'class="{P}arrow"', smooth_path(_open(frame.units(item.line)), closed=False)) + path(
        f'class="{P}arrowhead"', straight_path(frame.units(item.head))
    )


def document(title: str, description: str, body: str, style: str = "{style}") -> str:
    """The SVG document; the style sheet is a placeholder that a theme fills."""
    about = f"{description} Licence: {LICENSE_NAME}. Credit: {CREDIT}."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(about)}</desc><style>{style}</style>"
        f'<rect class="{P}bg" width="{WIDTH}" height="{HEIGHT}" rx="18"/>'
        f'<g transform="scale(.1)">{body}</g></svg>'
    )
