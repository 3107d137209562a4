"""The form of an arm under its outline."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from app.figures.drawing.arm_shape import (
    FOREARM_STATIONS,
    HEM_SHARE,
    SLEEVE_STEPS,
    elbow_tip,
    forearm_spheres,
    hem_ring,
    sleeve_outline,
    sleeve_shape,
    sleeve_spheres,
)
from app.figures.drawing.camera import make_camera
from app.figures.drawing.skeleton import ARM, NECK_NODE, SIDE_SIGN, SIDES, Body, upper_side
from app.figures.drawing.surface_parts import build_surfaces
from app.figures.drawing.torso import FLANK_CM, shoulder_pairs, torso_layer
from tests.figures.drawing.pose_files import pose_figure

FRONT = make_camera(yaw=90, pitch=0)


def _pose_arms(folder: Path, direction: list[float], elbow: float) -> Body:
    return pose_figure(folder, end={"arms": {"dir": direction, "elbow": elbow}}).key_poses[-1].body


@pytest.mark.parametrize(("elbow", "stands_out"), [(4, False), (90, True), (130, True)])
def test_the_tip_of_the_elbow_stands_out_of_a_bent_arm_only(elbow: float, stands_out: bool, tmp_path: Path) -> None:
    """A straight arm has no corner at the elbow."""
    body = _pose_arms(tmp_path, [0, 90], elbow)
    tip = elbow_tip(body, "R")
    reach = float(np.linalg.norm(tip.centre - body.joints["elbowR"])) + tip.radius
    assert (reach > FOREARM_STATIONS[0][1] + 0.3) == stands_out


def test_a_sleeve_ends_at_its_hem_and_not_like_a_pill(tmp_path: Path) -> None:
    """Close to the hem the sleeve of an arm held out to the side is still as wide as half way."""
    body = _pose_arms(tmp_path, [0, 90], 4)
    shape = sleeve_shape(body, FRONT, "R", sleeve_spheres(body, "R"))
    shoulder, elbow = (FRONT.project(body.joints[joint + "R"]) for joint in ("shoulder", "elbow"))

    def width(share: float) -> float:
        x = float(shoulder[0] + (elbow - shoulder)[0] * share)
        column = _cut_at(shape, x)
        return float(column.bounds[3] - column.bounds[1])

    assert width(HEM_SHARE - 0.05) > 0.9 * width(HEM_SHARE / 2)


@pytest.mark.parametrize("side", SIDES)
def test_the_upper_side_of_an_arm_turns_with_it(side: str, tmp_path: Path) -> None:
    """It looks up where the arm is held out, outwards where it hangs, and is always across the bone."""
    out, hanging = _pose_arms(tmp_path, [0, 90], 4), _pose_arms(tmp_path, [0, 6], 4)
    assert float(upper_side(out, side) @ out.chest_frame[:, 1]) > 0.95
    assert float(upper_side(hanging, side) @ hanging.chest_frame[:, 2]) * SIDE_SIGN[side] > 0.95
    for body in (out, hanging):
        assert abs(float(upper_side(body, side) @ body.bones(ARM, side)[0])) < 1e-6


def test_the_outline_of_a_sleeve_has_the_corners_of_its_hem(tmp_path: Path) -> None:
    """Where arms swing, the same points stay at the corners."""
    steps = SLEEVE_STEPS[0], SLEEVE_STEPS[0] + SLEEVE_STEPS[1]
    for raised in (10, 60, 90, 140):
        body = _pose_arms(tmp_path, [0, raised], 4)
        outline = sleeve_outline(body, FRONT, "R", sleeve_shape(body, FRONT, "R", sleeve_spheres(body, "R")))
        ring = FRONT.project(hem_ring(body, "R"))
        for corner in outline[list(steps)]:
            assert float(np.hypot(*(ring - corner).T).min()) < 1.0


def test_a_raised_arm_lifts_the_shirt_at_the_shoulder(tmp_path: Path) -> None:
    """The line from the neck ends up the arm where the arm is overhead, and at the joint where it hangs."""
    hanging, overhead = _pose_arms(tmp_path, [0, 10], 4), _pose_arms(tmp_path, [0, 160], 4)

    def lift(body: Body) -> float:
        return float((shoulder_pairs(body, "R")[0][1].centre - body.joints["shoulderR"])[1])

    assert abs(lift(hanging)) < 0.01
    assert lift(overhead) > 1.5


def test_the_shoulder_line_is_steeper_beside_the_neck(tmp_path: Path) -> None:
    """The muscle beside the neck makes it hollow; a straight line would give square shoulders."""
    body = _pose_arms(tmp_path, [0, 10], 4)
    shape = torso_layer(body, FRONT).shape
    middle = float(FRONT.project(body.spine[NECK_NODE])[0])
    tops = [_cut_at(shape, middle + out).bounds[1] for out in (5.0, 9.0, 13.0)]
    assert tops[1] - tops[0] > tops[2] - tops[1] + 0.1


def _cut_at(shape: BaseGeometry, x: float) -> BaseGeometry:
    return shape.intersection(shapely.box(x - 0.1, -1000, x + 0.1, 1000))


def test_the_flank_runs_into_a_raised_arm(tmp_path: Path) -> None:
    """The muscle of the flank ends up an arm that is held out, and at the joint where the arm hangs."""
    for raised, reach in ((10, 0.0), (90, 3.0)):
        body = _pose_arms(tmp_path, [0, raised], 4)
        (armpit,) = (end for start, end in shoulder_pairs(body, "R") if start.radius == FLANK_CM)
        along = float((armpit.centre - body.joints["shoulderR"]) @ body.bones(ARM, "R")[0])
        assert along == pytest.approx(reach, abs=0.1)


def test_muscles_lie_on_the_fuller_sides_of_an_arm(tmp_path: Path) -> None:
    """The surface that muscles are drawn on has the middles of the spheres that are drawn."""
    body = _pose_arms(tmp_path, [0, 90], 60)
    surfaces = build_surfaces(body, FRONT)
    for name, spheres in (("forearmR", forearm_spheres(body, "R")), ("shoulderR", sleeve_spheres(body, "R"))):
        middles = surfaces[name].grid.mean(1)[-len(spheres) :]
        assert np.allclose(middles, [sphere.centre for sphere in spheres], atol=0.01)
