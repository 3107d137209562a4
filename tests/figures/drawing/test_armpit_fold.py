"""The fold of the shirt at an armpit."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.figures.drawing.armpit_fold import armpit_fold
from app.figures.drawing.arms import arm_layers
from app.figures.drawing.camera import make_camera
from app.figures.drawing.outline import polygon_of
from app.figures.drawing.skeleton import SIDES, Body
from app.figures.drawing.torso import torso_layer
from tests.figures.drawing.pose_files import pose_figure


def _pose_arms(folder: Path, direction: list[float]) -> Body:
    return pose_figure(folder, end={"arms": {"dir": direction, "elbow": 4}}).key_poses[-1].body


@pytest.mark.parametrize("direction", [[0, 20], [0, 90], [0, 150]])
@pytest.mark.parametrize("yaw", [90, -90])
@pytest.mark.parametrize("side", SIDES)
def test_a_fold_runs_from_the_edge_of_the_sleeve_into_the_trunk(
    direction: list[float], yaw: float, side: str, tmp_path: Path
) -> None:
    """It begins at the sleeve's outline and ends inside the shirt, however high the arm is raised to the side."""
    body, camera = _pose_arms(tmp_path, direction), make_camera(yaw=yaw, pitch=0)
    points = armpit_fold(body, camera, side).points
    fills = [stroke for stroke in arm_layers(body, camera, side, "")[0].strokes if stroke.kind == "fill"]
    sleeve = polygon_of(next(fill.points for fill in fills if fill.tone == "top"))
    assert sleeve.exterior.distance(shapely.Point(points[0])) < 0.7
    assert torso_layer(body, camera).shape.contains(shapely.Point(points[-1]))


def test_a_fold_comes_and_goes_without_a_leap(tmp_path: Path) -> None:
    """Turned away from the viewer it becomes shorter and shorter, until nothing is left of it."""
    body = _pose_arms(tmp_path, [0, 90])
    cameras = [make_camera(yaw=yaw, pitch=0) for yaw in range(0, 91, 2)]
    sizes = [float(np.ptp(armpit_fold(body, camera, "R").points, axis=0).max()) for camera in cameras]
    assert sizes[0] < 0.01
    assert sizes[-1] > 5
    assert np.abs(np.diff(sizes)).max() < 1.0
