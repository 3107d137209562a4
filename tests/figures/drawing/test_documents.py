"""The pictures of one exercise."""

from pathlib import Path

from app.figures.drawing.documents import render_figure
from tests.figures.drawing.pose_files import pose_hold


def test_a_small_movement_is_shown_larger(tmp_path: Path) -> None:
    whole = render_figure(pose_hold(tmp_path, "start: {base: seated}")).viewport
    cropped = render_figure(pose_hold(tmp_path, "frame: {above: 68}\nstart: {base: seated}")).viewport
    assert cropped.scale > 1.5 * whole.scale
