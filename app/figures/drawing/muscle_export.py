"""The muscles of a drawing as numbers in its asset file; `app.figures.muscle_patches` reads them.

Every muscle is in it, whatever the record says: the record decides when the picture is asked for.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.figures.drawing.documents import RenderedFigure
from app.figures.drawing.drawn_columns import measure_columns
from app.figures.drawing.geometry import Array
from app.figures.drawing.muscle_patches import outline_patches
from app.figures.drawing.path_data import spread_control_points
from app.figures.drawing.posefile import PosedFigure
from app.figures.drawing.scene import camera_of
from app.figures.drawing.viewport import Viewport
from app.figures.muscle_patches import GRID_UNITS


def export_muscles(figure: PosedFigure, rendered: RenderedFigure) -> dict[str, Any]:
    """Return what an asset file says of muscles.

    `patches` has for each part of a muscle that is ever seen its name, side and layer, and the numbers of its outlines;
    `places` by phase where in the document they belong; `columns` what of the picture is drawn on by each phase, and by
    the arrows; `sides` the muscles that a one-sided exercise uses on another side than usual; `way` how many of the
    `samples` lead to the end.
    """
    samples = [outline_patches(scene, camera_of(figure)) for scene in [*rendered.scenes, *rendered.return_scenes]]
    drawn = rendered.documents | ({"arrows": rendered.arrows} if rendered.arrows else {})
    patches = []
    for key in samples[0]:
        outlines = [sample[key] for sample in samples]
        if any(outline.is_seen for outline in outlines):
            grids = [_to_grid(outline.points, rendered.viewport) for outline in outlines]
            patches.append([key.muscle, key.side, key.layer, encode_outlines(grids)])
    return {
        "patches": patches,
        "places": rendered.places,
        "columns": {name: measure_columns(document) for name, document in drawn.items()},
        "sides": figure.muscle_sides,
        "way": len(rendered.scenes),
        "samples": len(samples),
    }


def _to_grid(points: Array, viewport: Viewport) -> Array:
    """Return the control points of an outline in steps of `GRID_UNITS`."""
    return np.round(spread_control_points(viewport.to_units(points)) / GRID_UNITS).astype(int)


def encode_outlines(grids: Sequence[Array]) -> str:
    """Return the numbers of the samples of an outline, small ones: steps along it, and their changes from the last."""
    steps = np.array([np.concatenate([grid[:1], np.diff(grid, axis=0)]).ravel() for grid in grids])
    changes = np.concatenate([steps[:1], np.diff(steps, axis=0)])
    return " ".join(map(str, changes.ravel().tolist())).replace(" -", "-")
