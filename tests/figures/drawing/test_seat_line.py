"""The line round a buttock: seen from behind, at a straight hip."""

import pytest

from app.figures.drawing.camera import make_camera
from app.figures.drawing.seat_line import seat_line
from tests.figures.drawing.pose_files import load_solved_figure


@pytest.mark.parametrize(
    ("slug", "yaw", "is_seen"),
    [
        ("mountain-pose", 270, True),
        ("mountain-pose", 90, False),
        ("mountain-pose", 0, False),
        ("childs-pose", 270, False),
    ],
)
def test_the_line_shows_from_behind_at_a_straight_hip(slug: str, yaw: float, is_seen: bool) -> None:
    body = load_solved_figure(slug).key_poses[-1].body
    assert seat_line(body, make_camera(yaw=yaw, pitch=0), "R").has_size == is_seen


def test_the_lines_of_both_sides_are_mirrored_and_begin_in_the_middle() -> None:
    body, camera = load_solved_figure("mountain-pose").key_poses[0].body, make_camera(yaw=270, pitch=0)
    right, left = (seat_line(body, camera, side).points for side in ("R", "L"))
    assert right[:, 0] == pytest.approx(-left[:, 0], abs=0.2)
    assert right[:, 1] == pytest.approx(left[:, 1], abs=0.2)
    assert abs(float(right[0, 0])) < 0.3
    assert abs(float(right[-1, 0])) > 8
