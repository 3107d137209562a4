"""A stored drawing with coloured muscles, and with their map and legend beside it, for which it makes room."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from app.figures.muscle_legend import describe_muscles, make_legend
from app.figures.muscle_overlay import ColouredMuscle, find_sides, lay_muscles
from app.figures.muscle_place import MapPlace, find_place
from app.figures.picture_options import ShownMuscle

WIDTH_PX, HEIGHT_PX = 400.0, 300.0
"""Size of a picture."""


def colour_muscles(document: str, asset: Mapping[str, Any], phase: str, muscles: Sequence[ShownMuscle]) -> str:
    """Return a document as it is stored with muscles on the body, where they are seen."""
    return lay_muscles(document, asset["muscles"], phase, _find_coloured(asset, muscles))


def add_legend(
    document: str, group: str, asset: Mapping[str, Any], phase: str, muscles: Sequence[ShownMuscle], is_mirrored: bool
) -> str:
    """Return a document with the map of the muscles, its legend, and a description that names them.

    `group` is the opening tag of the group that holds the drawing; it may become smaller and move.
    """
    coloured = _find_coloured(asset, muscles)
    legend = make_legend(coloured, is_mirrored)
    columns = tuple((top, bottom) for top, bottom in asset["muscles"]["columns"][phase])
    place = find_place(columns, legend.sizes_px, (WIDTH_PX, HEIGHT_PX), phase == "animated")
    if is_mirrored:
        place = place._replace(x=WIDTH_PX - place.x - legend.sizes_px[place.shape][0])
    document = document.replace(group, legend.write(place) + _write_group(place, is_mirrored), 1)
    names = escape(describe_muscles(muscles, coloured, is_mirrored))
    return document.replace("</desc>", f" {names}</desc>", 1)


def _find_coloured(asset: Mapping[str, Any], muscles: Sequence[ShownMuscle]) -> tuple[ColouredMuscle, ...]:
    """Return muscles on the sides of the stored drawing."""
    side, stated = asset["about"]["side"], asset["muscles"]["sides"]
    return tuple(ColouredMuscle(shown.muscle, shown.role, find_sides(shown.muscle, side, stated)) for shown in muscles)


def _write_group(place: MapPlace, is_mirrored: bool) -> str:
    """Return the opening tag of the group that holds the drawing, ten units to a pixel."""
    scale = f"{place.scale / 10:.4g}"
    x, across = (WIDTH_PX - place.shift_x, f"-{scale}") if is_mirrored else (place.shift_x, scale)
    return f'<g transform="translate({x:.1f} {place.shift_y:.1f})scale({across} {scale})">'
