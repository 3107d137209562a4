"""The geometry under the drawings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.figures.drawing.geometry import angle_between, length, reject, rotation_matrix, slerp, two_bone_ik, vec

coordinates = st.floats(-50, 50)


@given(coordinates, coordinates, coordinates)
def test_inverse_kinematics_keeps_both_bones(x: float, y: float, z: float) -> None:
    root = vec(0, 0, 0)
    middle, end, error = two_bone_ik(root, vec(x, y, z + 0.5), 29.0, 25.5, vec(0.3, 0.2, 1))
    assert abs(length(middle - root) - 29.0) < 0.05 or error > 0
    assert abs(length(end - middle) - 25.5) < 0.6 or error > 0


@given(st.floats(-170, 170), st.floats(0, 1))
def test_slerp_turns_evenly(degrees: float, share: float) -> None:
    start = np.eye(3)
    between = slerp(start, rotation_matrix(vec(0, 1, 0), degrees), share)
    assert abs(angle_between(between[:, 0], start[:, 0]) - abs(degrees) * share) < 0.01


def test_slerp_turns_by_half_a_turn_at_a_right_angle_halfway() -> None:
    start = np.eye(3)
    half = slerp(start, rotation_matrix(vec(0, 1, 0), 180), 0.5)
    assert abs(angle_between(half[:, 0], start[:, 0]) - 90) < 1e-6
    assert np.allclose(half @ half.T, start)


@given(coordinates, coordinates, coordinates)
def test_a_rejection_is_at_right_angles_to_the_axis(x: float, y: float, z: float) -> None:
    rejected = reject(vec(x, y, z), vec(0, 1, 0))
    assert abs(rejected[1]) < 1e-6
    assert length(rejected) < 1 + 1e-9
