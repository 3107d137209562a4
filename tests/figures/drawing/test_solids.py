"""Boxes, the seat and weights: outlines that meet without a gap, and what stands on the floor."""

import numpy as np
import pytest

from app.figures.drawing.camera import make_camera
from app.figures.drawing.geometry import vec
from app.figures.drawing.legs import THIGH_EDGE_SHARE
from app.figures.drawing.solids import Box, ball_layer, bevelled_disc_layer, box_layer, floor_shadow_layer
from app.figures.drawing.torso import BUTTOCK_SHARE


def test_faces_of_one_shade_are_one_outline() -> None:
    tilted = Box(vec(0, 50, 0), (50, 7, 28), tilt=-28)
    layer = box_layer(make_camera(yaw=54, pitch=10), "pad", tilted, "pad")
    tones = [stroke.tone for stroke in layer.strokes]
    assert len(tones) == len(set(tones))
    # The end and the underside share an edge: six corners instead of twice four.
    assert sorted(len(stroke.points) for stroke in layer.strokes) == [4, 6]


def test_a_ball_with_a_base_ends_at_it() -> None:
    camera = make_camera(yaw=90, pitch=0)
    ball, bell = (ball_layer(camera, "bell", vec(0, 20, 0), 9, "metal", base=base) for base in (None, 7))
    assert [round(float(layer.shape.bounds[3])) for layer in (ball, bell)] == [-11, -13]
    assert ball.shape.bounds[1] == bell.shape.bounds[1]


@pytest.mark.parametrize("direction", [-1.0, 1.0])
def test_the_end_of_a_disc_that_looks_at_the_viewer_has_a_rim_and_a_hub(direction: float) -> None:
    camera = make_camera(yaw=90, pitch=0)
    disc = bevelled_disc_layer(camera, "disc", vec(0, 0, 0), vec(4 * direction, 0, 0), 5, "metal")
    widths = [round(float(np.ptp(stroke.points[:, 0])), 1) for stroke in disc.strokes]
    assert [stroke.tone for stroke in disc.strokes[2:]] == ["metal3", "metal", "metal2"]
    assert widths == sorted(widths, reverse=True)
    assert widths[1] == pytest.approx(10, abs=0.2)
    assert widths[2] < 9


def test_the_shadow_of_a_thing_shrinks_as_it_rises() -> None:
    camera = make_camera(yaw=70, pitch=14)
    low, high = (floor_shadow_layer(camera, "shadow", vec(0, height, 0), 12).shape for height in (0, 60))
    assert high.area < low.area / 20
    assert high.centroid.distance(low.centroid) < 0.01


def test_the_outline_of_the_seat_reaches_down_to_that_of_the_thigh() -> None:
    assert THIGH_EDGE_SHARE < BUTTOCK_SHARE
