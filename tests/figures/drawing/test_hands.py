"""Hands: lines between fingers that tell straight fingers from bent ones."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.figures.drawing.camera import make_camera
from app.figures.drawing.hands import HAND_SHAPES, hand_strokes
from tests.figures.drawing.pose_files import pose_hold


def line_lengths(pitch: float, folder: Path) -> Iterator[float]:
    """Yield the lengths of the lines between the fingers of a flat hand on the floor."""
    body = pose_hold(folder, "start: {base: quadruped}").key_poses[0].body
    for stroke in hand_strokes(make_camera(yaw=0, pitch=pitch), body, "R", "")[0]:
        if stroke.tone == "crease":
            yield float(np.hypot(*np.diff(stroke.points, axis=0).T).sum())


@pytest.mark.parametrize("pitch", range(0, 90, 2))
def test_no_line_between_straight_fingers_is_a_speck(pitch: int, tmp_path: Path) -> None:
    assert all(length < 0.02 or length > 1.5 for length in line_lengths(pitch, tmp_path))


def test_the_lines_are_seen_from_above(tmp_path: Path) -> None:
    assert min(line_lengths(90, tmp_path)) > 4


@pytest.mark.parametrize("word", ["flat", "spread", "relax"])
def test_straight_fingers_part_as_far_as_their_tips(word: str) -> None:
    shape = HAND_SHAPES[word]
    for place, line in enumerate(shape.lines):
        shorter = min(finger[-1][0] for finger in shape.fingers[place : place + 2])
        assert line[0][0] < 8.5
        assert shorter < line[-1][0] < shorter + 1
