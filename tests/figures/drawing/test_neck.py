"""The neck and the collar round it."""

import numpy as np
import pytest
import shapely

from app.figures.drawing.collar_ends import drop_loose_ends
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.neck import near_rim
from app.figures.drawing.scene import camera_of
from tests.figures.drawing.pose_files import load_solved_figure


@pytest.mark.parametrize("slug", ["standing-thoracic-extension", "seated-thoracic-extension"])
def test_a_collar_is_round_even_when_the_chest_leans_back(slug: str) -> None:
    """A level ring would be seen from its edge there, as a bar of at most 1 cm."""
    figure = load_solved_figure(slug)
    rim = near_rim(figure.key_poses[-1].body, camera_of(figure))
    chord = rim[-1] - rim[0]
    off = (rim - rim[0]) @ np.array([-chord[1], chord[0]]) / np.hypot(*chord)
    assert float(np.ptp(off)) > 1.15


@pytest.mark.parametrize(("arm", "left"), [((1.5, 4), 4), ((4, 8), 0), ((6, 8.5), 0), ((10.5, 13), 0)])
def test_a_short_end_of_the_collar_beyond_an_arm_is_left_out(arm: tuple[float, float], left: float) -> None:
    """A collar of 12 cm: its first 1.5 cm go, a longer piece and an end that the arm covers stay."""
    rim = np.column_stack([np.linspace(0, 12, 7), np.zeros(7)])
    band = Stroke("fill", "top2", np.vstack([rim, rim[::-1] - [0, 1]]))
    line = Stroke("line", "collar", rim)
    neck = Layer("neck", [band, line], shapely.box(0, 0, 12, 5), lambda at: at[:, 0], 0)
    upper = Layer("upperR", [], shapely.box(arm[0], -3, arm[1], 3), lambda at: at[:, 0], 0)
    drop_loose_ends([neck, upper])
    assert line.points.shape == (7, 2)
    assert band.points.shape == (14, 2)
    assert line.points[0, 0] == pytest.approx(left, abs=0.25)
    assert line.points[-1, 0] == pytest.approx(12)
