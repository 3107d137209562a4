"""Every pose file can be drawn, and wrong words are named with their place."""

from pathlib import Path

import numpy as np
import pytest

from app.figures.drawing.checks import check_figure, summarise_findings
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.pose_schema import PoseError
from app.figures.drawing.posefile import POSES, PosedFigure, list_posed_slugs, read_pose_file
from app.figures.drawing.presets import BASE_POSES
from app.figures.drawing.scene import SAMPLE_COUNT
from tests.figures.drawing.pose_files import load_solved_figure, pose_hold

SYMMETRIC_BASES = (
    *("quadruped", "supine", "prone", "seated", "standing"),
    *("heel_sit", "tall_kneeling", "hanging", "plank"),
)
PAIRED_JOINTS = ("shoulder", "elbow", "wrist", "knee", "ankle")
UNEVEN_HANDS = {"diaphragmatic-breathing", "kettlebell-pull-through"}
"""Exercises without a working side in which each hand has its own work."""


@pytest.fixture(params=list_posed_slugs())
def figure(request: pytest.FixtureRequest) -> PosedFigure:
    return load_solved_figure(request.param)


def test_a_pose_passes_its_checks_all_the_way(figure: PosedFigure) -> None:
    assert SAMPLE_COUNT >= 9
    assert summarise_findings(check_figure(figure)) == []


def test_what_has_no_side_is_symmetric(figure: PosedFigure) -> None:
    """It is never mirrored, so it must be the same from either side; two exercises give each hand its own work."""
    bodies = [figure.key_poses[0].body, figure.key_poses[-1].body]
    is_uneven = any(
        np.abs(body.joints[joint + "R"] * [1, 1, -1] - body.joints[joint + "L"]).max() > 1
        for body in bodies
        for joint in PAIRED_JOINTS
    )
    assert (figure.side == "both" and is_uneven) == (figure.slug in UNEVEN_HANDS)


def test_a_wrong_word_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text("slug: odd\nalt: {start: x}\nstart: {base: standing, arms: {elbwo: 3}}\n")
    with pytest.raises(PoseError, match=r"odd\.start\.arms: unknown word elbwo"):
        read_pose_file(path)


@pytest.mark.parametrize("base", SYMMETRIC_BASES)
def test_a_symmetric_posture_is_symmetric(base: str, tmp_path: Path) -> None:
    body = pose_hold(tmp_path, f"start: {{base: {base}}}").key_poses[0].body
    for joint in PAIRED_JOINTS:
        right, left = body.joints[joint + "R"], body.joints[joint + "L"]
        assert np.allclose(right * [1, 1, -1], left, atol=0.6), joint


def test_presets_name_known_landmarks() -> None:
    landmarks = set(find_landmarks(load_solved_figure("cat-cow").key_poses[0].body))
    assert all(set(preset["contacts"]) <= landmarks for preset in BASE_POSES.values())
    assert POSES.is_dir()
