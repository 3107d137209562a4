"""Boxes and the seat: outlines that meet without a gap."""

from app.figures.drawing.camera import make_camera
from app.figures.drawing.geometry import vec
from app.figures.drawing.limbs import THIGH_EDGE_STATIONS
from app.figures.drawing.solids import Box, box_layer
from app.figures.drawing.torso import BUTTOCK_SHARE


def test_faces_of_one_shade_are_one_outline() -> None:
    tilted = Box(vec(0, 50, 0), (50, 7, 28), tilt=-28)
    layer = box_layer(make_camera(yaw=54, pitch=10), "pad", tilted, "pad")
    tones = [stroke.tone for stroke in layer.strokes]
    assert len(tones) == len(set(tones))
    # The end and the underside share an edge: six corners instead of twice four.
    assert sorted(len(stroke.points) for stroke in layer.strokes) == [4, 6]


def test_the_outline_of_the_seat_reaches_down_to_that_of_the_thigh() -> None:
    first_station = THIGH_EDGE_STATIONS[0]
    assert first_station[0] - BUTTOCK_SHARE < 0.08
