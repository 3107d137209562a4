"""A bar is round, lit from above, and hangs between uprights that stand on feet."""

import numpy as np

from app.figures.drawing.camera import make_camera
from app.figures.drawing.handheld_props import BAR_RADIUS_CM, draw_bar
from app.figures.drawing.layers import Layer
from tests.figures.drawing.pose_files import load_solved_figure


def _draw_bar() -> dict[str, Layer]:
    layers = draw_bar(
        {"x": 0, "y": 200, "half": 70}, load_solved_figure("dead-hang").key_poses[0].body, make_camera(yaw=90, pitch=0)
    )
    return {layer.name: layer for layer in layers}


def test_lights_of_a_bar_lie_in_it_above_its_middle() -> None:
    base, *lights = _draw_bar()["bar"].strokes
    assert base.radius == BAR_RADIUS_CM
    assert len(lights) == 2
    for light in lights:
        rise = base.points[:, 1] - light.points[:, 1]
        assert np.all(rise > 0)
        assert np.all(rise + light.radius <= BAR_RADIUS_CM)


def test_uprights_rise_above_the_bar_and_stand_on_feet() -> None:
    parts = _draw_bar()
    for number in "01":
        _, top, _, bottom = parts["upright" + number].shape.bounds
        assert top < parts["bar"].shape.bounds[1]
        assert round(float(bottom)) == round(float(parts["foot" + number].shape.bounds[3])) == 0
