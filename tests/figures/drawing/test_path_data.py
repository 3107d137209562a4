"""Path data through points."""

import numpy as np

from app.figures.drawing.path_data import smooth_path_data, straight_path_data

SQUARE = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], dtype=float)


def test_a_smooth_path_steps_through_midpoints_exactly() -> None:
    data = smooth_path_data(SQUARE)
    assert data.startswith("M")
    assert data.endswith("z")
    assert data.count("t") == 1


def test_an_open_path_begins_and_ends_at_its_points() -> None:
    assert smooth_path_data(SQUARE[:3], closed=False) == "M0 0q100 0 100 100"


def test_a_straight_path_steps_from_corner_to_corner() -> None:
    assert straight_path_data(SQUARE) == "M0 0l100 0 0 100-100 0z"
