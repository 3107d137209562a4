"""The moving figure."""

import pytest

from app.figures.drawing.animation import render_animation
from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import load_figure
from app.figures.drawing.viewport import fit_viewport
from app.figures.rectangle import Rectangle


def test_samples_of_a_motion_share_their_structure() -> None:
    """A browser moves a path only between commands of one kind and number."""
    scenes = render_figure(load_figure("cat-cow")).scenes
    viewport = fit_viewport(Rectangle(-100, -200, 100, 20), 400, 300, 16)
    assert "<animate " in render_animation(scenes, [], viewport, "")
    fill = next(stroke for stroke in scenes[3].layers[-1].strokes if stroke.kind == "fill")
    fill.points = fill.points[:-2]
    with pytest.raises(ValueError, match="changes its structure"):
        render_animation(scenes, [], viewport, "")
