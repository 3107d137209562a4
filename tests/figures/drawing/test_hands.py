"""Hands: lines that tell the fingers apart."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from shapely import Point

from app.figures.drawing.camera import make_camera
from app.figures.drawing.geometry import Array, vec
from app.figures.drawing.hand_shapes import HAND_SHAPES
from app.figures.drawing.handheld_props import HEAD_FROM_CM
from app.figures.drawing.hands import HAND_POINTS, hand_strokes, turn_to_viewer
from app.figures.drawing.outline import polygon_of, resample_outline
from tests.figures.drawing.pose_files import pose_hold


def draw_hand(folder: Path, start: str, yaw: float, pitch: float) -> tuple[list[Array], Array]:
    """Return the lines between the fingers of the right hand that have a size, and the outline of the hand."""
    body = pose_hold(folder, f"start: {start}").key_poses[0].body
    strokes = hand_strokes(make_camera(yaw, pitch), body, "R", "")[0]
    outline = next(stroke.points for stroke in strokes if len(stroke.points) == HAND_POINTS)
    return [stroke.points for stroke in strokes if stroke.tone == "crease" and stroke.has_size], outline


def line_lengths(pitch: float, folder: Path) -> Iterator[float]:
    """Yield the lengths of the lines between the fingers of a flat hand on the floor."""
    for line in draw_hand(folder, "{base: quadruped}", 0, pitch)[0]:
        yield float(np.hypot(*np.diff(line, axis=0).T).sum())


@pytest.mark.parametrize("pitch", range(0, 90, 2))
def test_no_line_between_straight_fingers_is_a_speck(pitch: int, tmp_path: Path) -> None:
    assert all(length > 2.1 for length in line_lengths(pitch, tmp_path))


def test_the_lines_are_seen_from_above(tmp_path: Path) -> None:
    assert min(line_lengths(90, tmp_path)) > 4


def test_the_fingers_of_a_planted_hand_are_told_apart_from_the_side(tmp_path: Path) -> None:
    lines, _ = draw_hand(tmp_path, "{base: quadruped}", 20, 12)
    assert len(lines) == 3
    middles = sorted(float(line[:, 1].mean()) for line in lines)
    assert min(np.diff(middles)) > 0.4  # cm: nearer lines would run together


@pytest.mark.parametrize("start", ["{base: quadruped}", "{base: hanging}"])
def test_the_lines_go_to_the_rim_of_the_hand(start: str, tmp_path: Path) -> None:
    lines, outline = draw_hand(tmp_path, start, 90, 60)
    assert len(lines) == 3
    rim = polygon_of(outline).exterior
    assert all(min(rim.distance(Point(line[0])), rim.distance(Point(line[-1]))) < 1.0 for line in lines)


def test_a_hand_at_its_edge_is_turned_to_the_viewer() -> None:
    axes = np.column_stack([vec(1, 0, 0), vec(0, 0, 1), vec(0, -1, 0)])  # the palm looks down
    camera = make_camera(0, 12)
    edge, turned = (camera.depth_of(frame[:, 2]) for frame in (axes, turn_to_viewer(camera, axes)))
    assert turned < edge - 0.1
    assert np.allclose(turn_to_viewer(make_camera(0, 90), axes), axes)


def test_a_fist_fits_between_the_heads_of_a_dumbbell() -> None:
    across = [abs(station[1]) + station[3] for finger in HAND_SHAPES["fist"].fingers for station in finger]
    assert max(across) < HEAD_FROM_CM - 2  # cm of the handle are seen at either side


def test_points_are_closer_to_each_other_at_the_far_end_of_an_outline() -> None:
    points = resample_outline(Point(0, 0).buffer(10, 32), 20, np.array([-10.0, 0.0]), 0.5)
    spacing = np.hypot(*np.diff(points, axis=0).T)
    assert spacing[9:11].max() < 0.6 * spacing[0]
