"""The cap of hair: what is seen of it from all sides, and hair at the temples."""

import itertools

import numpy as np
import pytest
import shapely

from app.figures.drawing.body_shape import SHAPES, TEMPLES, BodyShape, HairlinePoint
from app.figures.drawing.camera import make_camera
from app.figures.drawing.geometry import normalise, vec
from app.figures.drawing.hair_cap import visible_cap_outline
from app.figures.drawing.outline import polygon_of

SKULL_HALF_WIDTH_CM = 7.9


def _cap(yaw: float, pitch: float, hairline: tuple[HairlinePoint, ...] = ()) -> shapely.Geometry:
    """Return the visible cap of a ball of radius 10 whose pole looks up."""
    camera = make_camera(yaw=yaw, pitch=pitch)
    ball = np.eye(3), vec(0, 0, 0), vec(10, 10, 10)
    return polygon_of(visible_cap_outline(camera, *ball, vec(0, 1, 0), hairline))


@pytest.mark.parametrize(("pitch", "share"), [(90, 1.0), (30, 0.75), (0, 0.5), (-30, 0.25)])
def test_seen_share_of_half_a_ball(pitch: float, share: float) -> None:
    assert _cap(40, pitch).area == pytest.approx(np.pi * 100 * share, rel=0.02)


@pytest.mark.parametrize("yaw", [90, 20, -70])
def test_cap_changes_continuously_where_its_pole_turns_out_of_sight(yaw: float) -> None:
    before, after = (_cap(yaw, pitch, TEMPLES) for pitch in (0.3, -0.3))
    assert before.symmetric_difference(after).area < 3


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_hair_is_seen_at_both_temples_from_the_front(shape: BodyShape) -> None:
    camera, hair = make_camera(yaw=90, pitch=0), shape.hair
    centre = vec(hair.centre[0], hair.centre[1], 0)
    head = np.eye(3), centre, vec(*hair.radii), normalise(vec(*hair.pole))
    outline = polygon_of(visible_cap_outline(camera, *head, hair.hairline))
    for side in (-1, 1):
        # Level with the brows, hair covers the rim of the face, and the forehead is free.
        assert outline.contains(shapely.Point(side * SKULL_HALF_WIDTH_CM, -3.2))
        assert not outline.contains(shapely.Point(side * 5.5, -3.2))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_head_that_is_tipped_back_shows_hair_at_the_forehead(shape: BodyShape) -> None:
    """Seen from the front and half below, hair reaches well into the picture of the skull."""
    camera, hair = make_camera(yaw=90, pitch=-25), shape.hair
    pole = normalise(vec(*hair.pole))
    outline = polygon_of(visible_cap_outline(camera, np.eye(3), vec(0, 0, 0), vec(*hair.radii), pole, hair.hairline))
    middle = outline.intersection(shapely.box(-1, -30, 1, 30))
    assert middle.bounds[3] - middle.bounds[1] > 3


@pytest.mark.parametrize("pitch", [-80, -40, -8, 8, 40, 80])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_cap_changes_continuously_all_round(shape: BodyShape, pitch: float) -> None:
    """Of a cap that is seen along its reversed pole, only a rim is left, which must not close over the face."""
    hair = shape.hair
    head = np.eye(3), vec(0, 0, 0), vec(*hair.radii), normalise(vec(*hair.pole))
    cameras = [make_camera(yaw=yaw, pitch=pitch) for yaw in range(-180, 182, 2)]
    caps = [polygon_of(visible_cap_outline(camera, *head, hair.hairline)) for camera in cameras]
    assert max(a.symmetric_difference(b).area for a, b in itertools.pairwise(caps)) < 12
