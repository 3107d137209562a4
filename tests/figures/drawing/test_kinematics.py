"""Bodies of poses: hands that rest where they should, tucked toes, and both sides alike."""

from pathlib import Path

import numpy as np
import pytest

from app.figures.drawing.interpolation import pose_at
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.torso import shoulder_pairs
from tests.figures.drawing.pose_files import pose_figure, pose_hold


@pytest.mark.parametrize("base", ["seated", "heel_sit"])
def test_a_hand_rests_on_the_thigh(base: str, tmp_path: Path) -> None:
    joints = pose_hold(tmp_path, f"start: {{base: {base}}}").key_poses[0].body.joints
    for side in "RL":
        thigh = joints["knee" + side] - joints["hip" + side]
        to_wrist = joints["wrist" + side] - joints["hip" + side]
        distance = np.linalg.norm(np.cross(thigh, to_wrist)) / np.linalg.norm(thigh)
        assert 8.5 < distance < 10.5


def test_tucked_toes_lie_flat_in_front_of_the_ball(tmp_path: Path) -> None:
    landmarks = find_landmarks(pose_hold(tmp_path, "start: {base: forearm_plank}").key_poses[0].body)
    ball, toe = landmarks["ballR"].centre, landmarks["toeR"].centre
    assert toe[0] - ball[0] > 4
    assert abs(toe[1] - ball[1]) < 1
    assert landmarks["heelR"].centre[1] - ball[1] > 10


def test_left_is_the_mirror_image_of_right(tmp_path: Path) -> None:
    """The same words for the other side, with turns and side bends the other way, give the mirrored body."""
    arm, leg = {"dir": [80, 30], "elbow": 60}, {"thigh": [40, 5], "knee": 50, "foot": 4}
    spine = {"lumbar": {"side": 8}, "thoracic": {"rot": 25, "side": -9}, "neck": {"rot": 20}, "pelvis": {"lean": 3}}
    mirrored_spine = {part: {word: -value for word, value in words.items()} for part, words in spine.items()}
    right = pose_figure(tmp_path, end={"armR": arm, "legL": leg, **spine})
    left = pose_figure(tmp_path, end={"armL": arm, "legR": leg, **mirrored_spine})
    landmarks, mirrored = (find_landmarks(figure.key_poses[-1].body) for figure in (right, left))
    other_side = {"R": "L", "L": "R"}
    for name, (centre, radius) in landmarks.items():
        other_centre, other_radius = mirrored[name[:-1] + other_side.get(name[-1], name[-1])]
        assert np.allclose(centre * [1, 1, -1], other_centre, atol=1e-6), name
        assert radius == other_radius


def test_a_fist_keeps_its_turn_while_a_bent_arm_moves(tmp_path: Path) -> None:
    """At a right angle the forearm lies along the direction of the elbow, which then cannot tell how a hand turns."""
    arms = {"pole": [-1, 0, 0.1], "hand": "fist", "palm": [0, 0, -1]}
    figure = pose_figure(
        tmp_path,
        start={"base": "seated", "arms": {"dir": [4, 10], "elbow": 86, **arms}},
        end={"arms": {"dir": [-32, 16], "elbow": 118, **arms}},
    )
    for share in np.linspace(0, 1, 9):
        assert pose_at(figure.key_poses, float(share)).body.hands["R"].palm[2] < -0.8


@pytest.mark.parametrize(("share", "order"), [(0.4, []), (0.6, [["foreR", "torso"]])])
def test_the_order_of_the_nearer_posture_holds_on_the_way(share: float, order: list[list[str]], tmp_path: Path) -> None:
    figure = pose_figure(tmp_path, end={"arms": {"dir": [90, 0]}, "order": [["foreR", "torso"]]})
    assert pose_at(figure.key_poses, share).pose["order"] == order


def test_the_shirt_beside_the_neck_rises_with_a_shrug(tmp_path: Path) -> None:
    figure = pose_figure(tmp_path, start={"base": "standing"}, end={"arms": {"elevate": 5}})
    resting, shrugged = (shoulder_pairs(key_pose.body, "R")[0] for key_pose in figure.key_poses)
    collar, shoulder = (
        float((after.centre - before.centre)[1]) for before, after in zip(resting, shrugged, strict=True)
    )
    assert 4 < shoulder < 6
    assert 2 < collar < shoulder
