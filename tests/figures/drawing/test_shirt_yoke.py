"""The yoke of the shirt over the sleeve of a raised arm."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.figures.drawing.arms import arm_layers
from app.figures.drawing.camera import make_camera
from app.figures.drawing.outline import polygon_of
from app.figures.drawing.shirt_yoke import yoke_stroke
from app.figures.drawing.skeleton import SIDES, Body
from app.figures.drawing.torso import torso_layer
from tests.figures.drawing.pose_files import pose_figure


def _raise_arms(folder: Path, angle: float) -> Body:
    return pose_figure(folder, end={"arms": {"dir": [0, angle], "elbow": 4}}).key_poses[-1].body


@pytest.mark.parametrize("yaw", [90, -90, -60])
@pytest.mark.parametrize("side", SIDES)
def test_it_hides_the_edge_of_the_sleeve_inside_the_shirt(yaw: float, side: str, tmp_path: Path) -> None:
    """Of an arm overhead, hardly anything of the sleeve's outline crosses the shirt; the shirt's own is left alone."""
    body, camera = _raise_arms(tmp_path, 165), make_camera(yaw=yaw, pitch=0)
    strokes = arm_layers(body, camera, side, "")[0].strokes
    edge = next(stroke for stroke in strokes if (stroke.kind, stroke.tone) == ("edge", "top"))
    sleeve = next(stroke for stroke in strokes if (stroke.kind, stroke.tone) == ("fill", "top"))
    yoke, shirt = polygon_of(yoke_stroke(body, camera, side, "").points), torso_layer(body, camera).shape
    inner = (
        shapely.LineString(edge.points)
        .intersection(shirt.buffer(-1))
        .difference(polygon_of(sleeve.points).buffer(-0.5))
    )
    assert inner.length > 4
    assert inner.difference(yoke).length < 0.5 * inner.length
    assert yoke.within(shirt.union(polygon_of(sleeve.points)))


def test_it_comes_and_goes_without_a_leap(tmp_path: Path) -> None:
    camera = make_camera(yaw=-90, pitch=0)
    sizes = [
        float(np.ptp(yoke_stroke(_raise_arms(tmp_path, angle), camera, "R", "").points, axis=0).max())
        for angle in range(60, 171, 5)
    ]
    assert sizes[0] < 0.01
    assert sizes[-1] > 8
    assert np.abs(np.diff(sizes)).max() < 3.5
