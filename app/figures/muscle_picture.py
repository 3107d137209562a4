"""A stored drawing with coloured muscles, and the map with its legend that is laid beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.figures.muscle_legend import MapLegend, describe_muscles, make_legend
from app.figures.muscle_overlay import ColouredMuscle, find_sides, lay_muscles
from app.figures.picture_options import ShownMuscle


def colour_muscles(document: str, asset: Mapping[str, Any], phase: str, muscles: Sequence[ShownMuscle]) -> str:
    """Return a document as it is stored with muscles on the body, where they are seen."""
    return lay_muscles(document, asset["muscles"], phase, _find_coloured(asset, muscles)) if muscles else document


def make_muscle_map(asset: Mapping[str, Any], muscles: Sequence[ShownMuscle], is_mirrored: bool) -> MapLegend:
    """Return the map of the muscles with its legend; in a mirrored picture they change their sides."""
    return make_legend(_find_coloured(asset, muscles), is_mirrored)


def name_muscles(asset: Mapping[str, Any], muscles: Sequence[ShownMuscle], is_mirrored: bool) -> str:
    """Return a sentence that names the coloured muscles."""
    return describe_muscles(muscles, _find_coloured(asset, muscles), is_mirrored)


def _find_coloured(asset: Mapping[str, Any], muscles: Sequence[ShownMuscle]) -> tuple[ColouredMuscle, ...]:
    """Return muscles on the sides of the stored drawing."""
    side, stated = asset["about"]["side"], asset["muscles"]["sides"]
    return tuple(ColouredMuscle(shown.muscle, shown.role, find_sides(shown.muscle, side, stated)) for shown in muscles)
