"""Outlines of leg segments."""

import numpy as np
import pytest
import shapely

from app.figures.drawing.camera import make_camera
from app.figures.drawing.geometry import Sphere, vec
from app.figures.drawing.leg_outline import hemmed_shape, sample_segment, segment_shape, withdraw_points

SPHERES = [Sphere(vec(0, height, 0), 5.0) for height in (40, 20, 4)]
DOWN = vec(0, -1, 0)


def lowest_of(pitch: float, across: float) -> float:
    """Return how far down the picture the hem of an upright segment reaches beside its middle."""
    shape = hemmed_shape(make_camera(yaw=0, pitch=pitch), SPHERES, DOWN)
    column = shape.intersection(shapely.LineString([(across, -100), (across, 100)]))
    return float(column.bounds[3])


def test_a_hem_from_the_side_has_corners() -> None:
    assert lowest_of(0, 0) - lowest_of(0, 4) < 1
    pill = segment_shape(make_camera(yaw=0, pitch=0), SPHERES)
    assert float(pill.bounds[3]) > lowest_of(0, 0) + 4


@pytest.mark.parametrize(("pitch", "sign"), [(60, 1), (-60, -1)])
def test_a_hem_curves_away_from_a_viewer_who_sees_into_it(pitch: float, sign: int) -> None:
    assert (lowest_of(pitch, 0) - lowest_of(pitch, 3)) * sign > 0.1


def test_points_lie_close_together_at_both_ends() -> None:
    shape = segment_shape(make_camera(yaw=0, pitch=0), SPHERES)
    points = sample_segment(shape, 20, np.array([0.0, -90.0]), np.array([0.0, 60.0]))
    steps = np.hypot(*np.diff(np.vstack([points, points[:1]]), axis=0).T)
    assert points[0] == pytest.approx([0, -45], abs=0.3)
    assert points[10] == pytest.approx([0, 1], abs=0.3)
    assert max(steps[0], steps[9], steps[10], steps[19]) < min(steps[4], steps[5], steps[14]) / 1.5


def test_a_line_follows_the_fill_where_it_is_seen_and_lies_under_it_elsewhere() -> None:
    camera = make_camera(yaw=0, pitch=0)
    whole, outlined = segment_shape(camera, SPHERES), segment_shape(camera, SPHERES[1:])
    points = sample_segment(whole, 20, np.array([0.0, -90.0]), np.array([0.0, 60.0]))
    line = withdraw_points(points, outlined)
    is_seen = shapely.distance(shapely.points(points), outlined) < 1e-3
    assert 4 < is_seen.sum() < 16
    assert line[is_seen] == pytest.approx(points[is_seen], abs=0.01)
    inside = shapely.points(line[shapely.distance(shapely.points(points), outlined) > 1])
    assert (shapely.distance(inside, shapely.get_exterior_ring(whole)) > 1).all()
