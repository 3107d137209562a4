"""The shoulder blades glide with the arms, and show from behind only."""

import numpy as np
import pytest
import shapely

from app.figures.drawing.camera import make_camera
from app.figures.drawing.kinematics import solve_pose
from app.figures.drawing.layers import Layer, Stroke
from app.figures.drawing.pose_schema import expand_pose
from app.figures.drawing.scapula import GirdleMotion, measure_girdle, move_with_scapula
from app.figures.drawing.scapula_lines import CONTOUR, hide_covered_contours, scapula_strokes
from app.figures.drawing.skeleton import Body

PLACES = np.array(CONTOUR)


def pose_arms(**arms: object) -> Body:
    pose = expand_pose({"base": "standing", "arms": {"dir": [0, 6], "elbow": 4, **arms}}, None, "test")
    return solve_pose({word: value for word, value in pose.items() if value is not None})


def move(body: Body) -> tuple[np.ndarray, np.ndarray]:
    """Return the change of the contour: spine nodes up, degrees away from the spine."""
    stations, angles = move_with_scapula(PLACES[:, 0], PLACES[:, 1], measure_girdle(body, "R"))
    return stations - PLACES[:, 0], PLACES[:, 1] - angles


def test_a_hanging_arm_leaves_the_blade_at_rest() -> None:
    motion = measure_girdle(pose_arms(), "L")
    assert abs(motion.glide) < 1
    assert abs(motion.rise) < 1
    assert motion.turn == 0


def test_a_shrug_lifts_the_blade_and_a_reach_draws_it_from_the_spine() -> None:
    rest_up, rest_out = move(pose_arms())
    up, _ = move(pose_arms(elevate=4))
    assert (up - rest_up > 0.3).all()
    _, forward = move(pose_arms(protract=4))
    _, back = move(pose_arms(protract=-4))
    assert (forward > rest_out + 5).all()
    assert (back < rest_out - 2).all()


def test_a_raised_arm_turns_the_lower_end_of_the_blade_outwards() -> None:
    lowest = int(np.argmin(PLACES[:, 0]))
    body = pose_arms(dir=[180, 10])
    assert 38 < measure_girdle(body, "R").turn < 60
    _, out = move(body)
    assert out[lowest] > 20
    assert out[lowest] > out[0] + 10


def test_a_blade_never_reaches_the_spine() -> None:
    _, angles = move_with_scapula(PLACES[:, 0], PLACES[:, 1], GirdleMotion(0, -8, 0))
    assert (angles < 172).all()


@pytest.mark.parametrize(("yaw", "shown"), [(-90, 2), (-60, 2), (0, 0), (60, 0), (90, 0)])
def test_the_lines_show_from_behind(yaw: float, shown: int) -> None:
    strokes = scapula_strokes(pose_arms(), make_camera(yaw, 8))
    assert len(strokes) == 2
    assert sum(stroke.has_size for stroke in strokes) == shown


@pytest.mark.parametrize(("covered_cm", "is_shown"), [(3, True), (5, False)])
def test_pieces_of_a_covered_line_are_left_out(covered_cm: float, is_shown: bool) -> None:
    line = Stroke("line", "blade", np.column_stack([np.linspace(0, 10, 7), np.zeros(7)]))
    torso = Layer("torso", [line], shapely.box(-1, -9, 11, 9), lambda at: at[:, 0], 0)
    arm = Layer("upperR", [], shapely.box(0, -1, covered_cm, 1), lambda at: at[:, 0], 0)
    hide_covered_contours([torso, arm])
    assert line.has_size == is_shown


def test_a_line_ends_before_the_sleeve_that_covers_its_end() -> None:
    line = Stroke("line", "blade", np.column_stack([np.linspace(0, 10, 7), np.zeros(7)]))
    torso = Layer("torso", [line], shapely.box(-1, -9, 11, 9), lambda at: at[:, 0], 0)
    arm = Layer("upperR", [], shapely.box(-1, -1, 3, 1), lambda at: at[:, 0], 0)
    hide_covered_contours([torso, arm])
    assert line.points.shape == (7, 2)
    assert 4 < line.points[:, 0].min() < 5
    assert line.points[:, 0].max() == 10
