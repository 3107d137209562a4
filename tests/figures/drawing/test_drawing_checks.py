"""Every check of the drawing finds its blemish, shown on what was drawn before the check existed."""

import dataclasses
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.figures.drawing import scene as scene_module
from app.figures.drawing.camera import make_camera
from app.figures.drawing.documents import RenderedFigure, render_figure
from app.figures.drawing.drawing_checks import check_collar, check_drawing, check_face, check_specks
from app.figures.drawing.face import face_strokes
from app.figures.drawing.handheld_props import HANDHELD_DRAWERS
from app.figures.drawing.head import head_layer
from app.figures.drawing.joint_limits import PoseFinding
from app.figures.drawing.layers import Layer
from app.figures.drawing.limbs import choose_shades
from app.figures.drawing.neck import neck_layer
from app.figures.drawing.outline import sweep
from app.figures.drawing.scene import Scene, camera_of
from app.figures.drawing.skeleton import Body
from app.figures.drawing.solids import rod_layer
from tests.figures.drawing.pose_files import load_solved_figure, pose_figure


def names_of(findings: list[PoseFinding]) -> set[str]:
    return {finding.check for finding in findings}


def test_a_neck_that_ends_in_a_ball_over_the_shirt_is_found() -> None:
    figure = load_solved_figure("dead-hang")
    body, camera = figure.key_poses[0].body, camera_of(figure)
    neck = neck_layer(body, camera)
    assert not list(check_collar(neck, body, camera, 0))
    spheres = [(body.spine[node] + body.spine_frames[node][:, 0] * 1.5, 5.9) for node in (10, 11, 12)]
    neck.shape = sweep(camera.project_spheres(spheres))
    assert names_of(list(check_collar(neck, body, camera, 0))) == {"collar"}


def test_a_hidden_bun_that_keeps_a_little_size_is_found() -> None:
    figure = load_solved_figure("cat-cow")
    head = head_layer(figure.key_poses[0].body, camera_of(figure))
    assert not list(check_specks(head, 0))
    bun = next(stroke for stroke in head.strokes if stroke.tone == "hair" and stroke.has_size)
    head.strokes.append(dataclasses.replace(bun, points=bun.points * 0.02))
    assert names_of(list(check_specks(head, 0))) == {"speck"}


def test_the_bun_is_seen_from_behind() -> None:
    """The lines at its root and of its twist tell it from the hair, which has the same colour."""
    figure = load_solved_figure("dead-hang")
    strokes = head_layer(figure.key_poses[0].body, camera_of(figure)).strokes
    assert [stroke.kind for stroke in strokes if stroke.tone == "strand" and stroke.has_size] == ["line", "line"]


@pytest.mark.parametrize("yaw", range(-180, 180, 5))
def test_no_line_of_the_face_is_a_speck(yaw: int) -> None:
    body = load_solved_figure("seated-open-book").key_poses[0].body
    for stroke in face_strokes(body, make_camera(yaw=yaw, pitch=8)):
        if stroke.kind == "line" and stroke.has_size:
            assert float(np.ptp(stroke.points, axis=0).max()) >= 0.4


@pytest.mark.parametrize("yaw", range(-30, 211, 15))
def test_a_face_that_is_seen_from_the_side_has_brow_eye_and_mouth(yaw: int) -> None:
    """Of an eye that looks a little away the lashes are seen, which have the tone of the brow."""
    body = load_solved_figure("seated-open-book").key_poses[0].body
    seen = [stroke.tone for stroke in face_strokes(body, make_camera(yaw=yaw, pitch=8)) if stroke.has_size]
    assert "mouth" in seen
    assert seen.count("brow") + seen.count("eye") >= 2


def test_a_face_that_is_seen_from_above_does_not_scowl() -> None:
    """The outer ends of the brows are not higher than the inner ones."""
    body = load_solved_figure("mountain-pose").key_poses[0].body
    strokes = face_strokes(body, make_camera(yaw=90, pitch=40))
    brows = [stroke.points for stroke in strokes if stroke.tone == "brow" and stroke.has_size]
    assert len(brows) == 2
    for brow in brows:
        assert brow[-1, 1] > brow[0, 1] - 0.1


def test_the_brow_of_a_profile_that_is_seen_from_above_is_no_slash() -> None:
    body = load_solved_figure("mountain-pose").key_poses[0].body
    strokes = face_strokes(body, make_camera(yaw=10, pitch=22))
    brow = max((stroke.points for stroke in strokes if stroke.tone == "brow"), key=lambda line: np.ptp(line[:, 0]))
    assert np.ptp(brow[:, 1]) < 0.6 * np.ptp(brow[:, 0])


def test_a_near_brow_above_an_eye_that_is_seen_is_no_second_eye() -> None:
    """The face of someone who lies on the front is seen from every side: a brow is long, or left out."""
    body = load_solved_figure("prone-extension").key_poses[0].body
    for yaw, pitch in itertools.product(range(-60, 90, 5), range(0, 60, 5)):
        strokes = face_strokes(body, make_camera(yaw=yaw, pitch=pitch))
        near_eye, _, near_brow = [stroke for stroke in strokes if stroke.tone in ("eye", "brow")][:3]
        if near_eye.has_size and near_brow.has_size:
            assert np.ptp(near_brow.points, axis=0).max() >= 1.1, (yaw, pitch)


def test_no_sleeve_is_a_dark_patch_on_a_chest_that_turns_to_the_viewer() -> None:
    for slug in ("seated-open-book", "standing-wall-rotation", "standing-trunk-rotation"):
        figure = load_solved_figure(slug)
        shades = choose_shades([key_pose.body for key_pose in figure.key_poses], camera_of(figure))
        assert shades["armL"] == ""


@pytest.mark.parametrize("slug", ["scapular-pull-up", "dead-hang"])
def test_no_shoulder_line_runs_across_a_raised_sleeve(slug: str) -> None:
    for scene in render_figure(load_solved_figure(slug)).scenes:
        assert scene.order.index("torso") < min(scene.order.index("upperR"), scene.order.index("upperL"))


def test_a_limb_that_changes_its_shade_on_the_way_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = load_solved_figure("open-book")
    assert check_drawing(figure, render_figure(figure)) == []
    draw = scene_module.mannequin_layers

    def shade_each_moment(body: Body, camera: Any, _: Any) -> list[Layer]:
        return draw(body, camera, choose_shades([body], camera))

    monkeypatch.setattr(scene_module, "mannequin_layers", shade_each_moment)
    assert names_of(check_drawing(figure, render_figure(figure))) == {"shade"}


def test_a_bar_in_the_air_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = load_solved_figure("foot-assisted-hang")

    def draw_floating_bar(spec: Any, _: Body, camera: Any) -> list[Layer]:
        ends = [np.array([spec["x"], spec["y"], z]) for z in (-62.0, 62.0)]
        return [rod_layer(camera, "bar", ends, 1.7, "metal")]

    monkeypatch.setitem(HANDHELD_DRAWERS, "bar", draw_floating_bar)
    assert "stand" in names_of(check_drawing(figure, render_figure(figure)))


def test_furniture_over_the_face_is_found() -> None:
    figure = load_solved_figure("cat-cow")
    scene, camera = scene_module.sample_scenes(figure)[-1], camera_of(figure)
    assert not list(check_face(scene, camera, 0))
    head = next(layer for layer in scene.layers if layer.name == "head")
    board = Layer("bench1.bench", [], head.shape, head.depth, 0)
    assert names_of(list(check_face(Scene(scene.body, [*scene.layers, board]), camera, 0))) == {"face"}


def test_a_small_drawing_that_could_be_larger_is_found() -> None:
    figure = load_solved_figure("chin-tuck")
    rendered = render_figure(figure)
    assert check_drawing(figure, rendered) == []
    small = shrink(rendered)
    assert names_of(check_drawing(figure, small)) == {"size"}
    assert check_drawing(dataclasses.replace(figure, allowed_findings={"size": "a reason"}), small) == []


def shrink(rendered: RenderedFigure) -> RenderedFigure:
    """Return the drawing at half its scale."""
    viewport = dataclasses.replace(rendered.viewport, scale=rendered.viewport.scale / 2)
    return dataclasses.replace(rendered, viewport=viewport)


@pytest.mark.parametrize(("yaw", "is_stump"), [(90, True), (60, False), (0, False)])
def test_an_arm_that_points_at_the_viewer_is_found(yaw: int, is_stump: bool, tmp_path: Path) -> None:
    figure = pose_figure(tmp_path, view={"yaw": yaw, "pitch": 8})
    found = "stump" in names_of(check_drawing(figure, render_figure(figure)))
    assert found == is_stump
