"""A bench keeps the size that its pose file states, and stands on the floor."""

import numpy as np
import pytest
import shapely

from app.figures.drawing.benches import PAD_CORNER_CM, draw_bench, pad_layer
from app.figures.drawing.camera import make_camera
from app.figures.drawing.furniture import draw_box
from app.figures.drawing.geometry import vec
from app.figures.drawing.layers import find_layer
from app.figures.drawing.solids import Box

SIDE_VIEW, VIEW = make_camera(yaw=0, pitch=0), make_camera(yaw=30, pitch=12)
SPEC = {"x": 12.0, "height": 40.0, "length": 100.0, "wide": 30.0}


def test_pad_has_the_stated_length_and_height() -> None:
    layers = draw_bench(SPEC, SIDE_VIEW)
    left, top, right, _ = layers[find_layer(layers, "bench")].shape.bounds
    assert right - left == pytest.approx(100, abs=0.1)
    assert top == pytest.approx(-40, abs=0.1)


@pytest.mark.parametrize("length", [52, 110])
def test_feet_stand_on_the_floor_under_the_pad(length: float) -> None:
    layers = draw_bench(SPEC | {"length": length}, SIDE_VIEW)
    pad = layers[find_layer(layers, "bench")].shape.bounds
    for name in ("foot0", "foot1"):
        left, _, right, bottom = layers[find_layer(layers, name)].shape.bounds
        assert bottom == pytest.approx(0, abs=0.1)
        assert pad[0] < left < right < pad[2]


def test_bench_across_is_the_same_bench_turned() -> None:
    along, across = draw_bench(SPEC, SIDE_VIEW), draw_bench(SPEC | {"across": True}, SIDE_VIEW)
    assert across[-1].shape.bounds[2] - across[-1].shape.bounds[0] == pytest.approx(30, abs=0.1)
    assert [layer.name for layer in along] == [layer.name for layer in across]


def test_corners_of_a_pad_are_round() -> None:
    from_above = make_camera(yaw=0, pitch=90)
    pad = pad_layer(from_above, "pad", Box(vec(0, 40, 0), (100, 7, 30)))
    corner = from_above.project(vec(50, 40, 15))
    distance = pad.shape.distance(shapely.Point(float(corner[0]), float(corner[1])))
    assert distance == pytest.approx((np.sqrt(2) - 1) * PAD_CORNER_CM, abs=0.2)


def test_surface_of_a_pad_is_as_near_as_that_of_its_box() -> None:
    on_top = vec(0, 43.5, 0)
    pad = pad_layer(VIEW, "pad", Box(vec(0, 40, 0), (100, 7, 30)))
    assert pad.depth(VIEW.project(on_top)[None])[0] == pytest.approx(VIEW.depth_of(on_top))


def test_box_of_the_tone_pad_is_a_pad() -> None:
    spec = {"at": [0, 40, 0], "size": [60, 7, 28], "name": "pad"}
    rounded, edged = (draw_box(spec | {"tone": tone}, VIEW)[0] for tone in ("pad", "prop"))
    assert float(rounded.shape.area) < float(edged.shape.area)
    assert [stroke.kind for stroke in rounded.strokes].count("rod") == 1
