"""Arrows: their line and their head."""

import numpy as np

from app.figures.drawing.arrows import HEAD_LENGTH_CM, make_arrows
from app.figures.drawing.camera import Camera


def test_an_arrow_round_a_joint_keeps_its_beginning() -> None:
    angles = np.radians(np.arange(-60, 241, 25))
    points = [[13 * float(np.cos(angle)), 100 + 13 * float(np.sin(angle)), 0.0] for angle in angles]
    camera = Camera(np.eye(3))
    (arrow,) = make_arrows([{"points": points}], [], camera)
    assert np.allclose(arrow.line[0], camera.project(np.array(points[0])))
    assert np.linalg.norm(arrow.line[-1] - arrow.head[0]) < HEAD_LENGTH_CM
