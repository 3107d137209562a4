"""Feet: the arch, and the lines between the toes."""

import pytest
import shapely

from app.figures.drawing.camera import Camera, make_camera
from app.figures.drawing.feet import foot_silhouette, foot_strokes
from app.figures.drawing.skeleton import Body
from tests.figures.drawing.pose_files import load_solved_figure


def standing_body() -> Body:
    return load_solved_figure("mountain-pose").key_poses[0].body


def count_toe_lines(camera: Camera) -> int:
    strokes, _ = foot_strokes(camera, standing_body(), "R", "")
    return sum(stroke.has_size for stroke in strokes[2:-1])


def test_the_sole_rises_between_heel_and_ball() -> None:
    body, camera = standing_body(), make_camera(yaw=0, pitch=0)
    shape = foot_silhouette(camera, body, "R")
    left, _, right, lowest = shape.bounds

    def height(share: float) -> float:
        across = left + (right - left) * share
        return float(lowest - shape.intersection(shapely.LineString([(across, -50), (across, 50)])).bounds[3])

    assert height(0.15) < 0.2
    assert 0.3 < height(0.4) < 1.5


def test_toes_are_told_apart_from_above_and_from_below_but_not_edge_on() -> None:
    assert [count_toe_lines(make_camera(yaw=0, pitch=pitch)) for pitch in (60, 0, -60)] == [4, 0, 4]


@pytest.mark.parametrize(("yaw", "is_seen"), [(0, True), (180, True), (90, False)])
def test_the_bone_of_the_ankle_shows_from_both_sides_but_not_from_the_front(yaw: float, is_seen: bool) -> None:
    strokes, shape = foot_strokes(make_camera(yaw=yaw, pitch=0), standing_body(), "R", "")
    line = strokes[-1]
    assert line.has_size == is_seen
    assert shape.contains(shapely.MultiPoint(line.points))
