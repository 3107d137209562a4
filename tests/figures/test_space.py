"""The geometry under the drawings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.figures.drawing.outline import smooth_path
from app.figures.drawing.space import angle, between, length, reach, turn, vec

numbers = st.floats(-50, 50)


@given(numbers, numbers, numbers)
def test_a_reach_keeps_both_bones(x: float, y: float, z: float) -> None:
    root = vec(0, 0, 0)
    middle, end, missed = reach(root, vec(x, y, z + 0.5), 29.0, 25.5, vec(0.3, 0.2, 1))
    assert abs(length(middle - root) - 29.0) < 0.05 or missed > 0
    assert abs(length(end - middle) - 25.5) < 0.6 or missed > 0


@given(st.floats(-170, 170), st.floats(0, 1))
def test_between_turns_evenly(degrees: float, part: float) -> None:
    start = np.eye(3)
    half = between(start, turn(vec(0, 1, 0), degrees), part)
    assert abs(angle(half[:, 0], start[:, 0]) - abs(degrees) * part) < 0.01


def test_a_smooth_path_steps_through_midpoints_exactly() -> None:
    square = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], dtype=float)
    path = smooth_path(square)
    assert path.startswith("M")
    assert path.endswith("z")
    assert path.count("t") == 1
