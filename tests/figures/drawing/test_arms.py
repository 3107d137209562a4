"""Arms that are seen at a slant."""

from pathlib import Path

import numpy as np
import pytest

from app.figures.drawing.arms import arm_layers
from app.figures.drawing.camera import make_camera
from tests.figures.drawing.pose_files import pose_figure


@pytest.mark.parametrize(("yaw", "is_over_the_sleeve"), [(90, True), (70, True), (0, False), (-90, False)])
def test_an_arm_comes_out_of_its_sleeve_towards_the_viewer(
    yaw: float, is_over_the_sleeve: bool, tmp_path: Path
) -> None:
    """Straight ahead it points at who faces the person; the sleeve would else end it like a stump."""
    body = pose_figure(tmp_path, end={"arms": {"dir": [80, 0], "elbow": 4}}).key_poses[-1].body
    upper = arm_layers(body, make_camera(yaw=yaw, pitch=8), "R", "")[0]
    last_fill = [stroke for stroke in upper.strokes if stroke.kind == "fill" and stroke.has_size][-1]
    assert last_fill.tone == ("skin" if is_over_the_sleeve else "top")


def test_the_arm_grows_out_of_the_hem_without_a_leap(tmp_path: Path) -> None:
    """When it begins to be drawn over the sleeve, it covers the part that is bare anyway."""
    body = pose_figure(tmp_path, end={"arms": {"dir": [80, 0], "elbow": 4}}).key_poses[-1].body
    for yaw in range(90):
        strokes = arm_layers(body, make_camera(yaw=yaw, pitch=8), "R", "")[0].strokes
        if strokes[-1].has_size:
            sleeve = next(stroke for stroke in strokes if stroke.kind == "fill" and stroke.tone == "top")
            assert np.ptp(strokes[-1].points[:, 0]) < np.ptp(sleeve.points[:, 0]) * 0.9
            return
    pytest.fail("the arm is never drawn over its sleeve")
