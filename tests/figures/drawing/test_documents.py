"""The pictures of one exercise."""

import re
from pathlib import Path

import numpy as np

from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import PosedFigure
from app.figures.drawing.viewport import UNITS_PER_PIXEL
from app.figures.palette import CLASS_PREFIX
from tests.figures.drawing.pose_files import pose_figure, pose_hold

ARM_OUT = {"arms": {"dir": [0, 70], "elbow": 4, "hand": "fist"}}
HAND_ON_HIP = {"arms": {"at": "hip"}}
FRONT_VIEW = {"yaw": 90, "pitch": 5}


def test_a_small_movement_is_shown_larger(tmp_path: Path) -> None:
    whole = render_figure(pose_hold(tmp_path, "start: {base: seated}")).viewport
    cropped = render_figure(pose_hold(tmp_path, "frame: {above: 68}\nstart: {base: seated}")).viewport
    assert cropped.scale > 1.5 * whole.scale


def test_a_frame_shows_the_shadow_whole(tmp_path: Path) -> None:
    rendered = render_figure(pose_hold(tmp_path, "start: {base: standing}"))
    shadow = next(layer for layer in rendered.scenes[0].layers if layer.name == "shadow")
    left, _, right, bottom = shadow.shape.bounds
    corners = rendered.viewport.to_units(np.array([[left, bottom], [right, bottom]])) / UNITS_PER_PIXEL
    assert rendered.bounds["start"][0] <= corners[0, 0] + 0.1
    assert rendered.bounds["start"][2:] >= (corners[1] - 0.1).tolist()


def test_a_close_up_keeps_the_seat_that_a_high_picture_shows_below_it(tmp_path: Path) -> None:
    def list_parts(above_cm: int) -> set[str]:
        text = f"frame: {{above: {above_cm}}}\nprops: [chair]\nstart: {{base: seated}}"
        return {layer.name for layer in render_figure(pose_hold(tmp_path, text)).scenes[0].layers}

    assert "chair0.seat" in list_parts(60)
    assert "chair0.seat" not in list_parts(80)


def test_the_ghost_holds_the_weights_of_the_start(tmp_path: Path) -> None:
    changes = {"both": "ghost", "view": FRONT_VIEW, "start": {"base": "standing", **ARM_OUT}}
    empty = _ghost_lengths(pose_figure(tmp_path, **changes))
    loaded = _ghost_lengths(pose_figure(tmp_path, **changes, props=["dumbbell"]))
    assert loaded[0] > empty[0] + 20


def test_the_ghost_is_open_between_arm_and_trunk(tmp_path: Path) -> None:
    changes = {"both": "ghost", "view": FRONT_VIEW, "end": {"base": "supine"}}
    on_hips = _ghost_lengths(pose_figure(tmp_path, **changes, start={"base": "standing", **HAND_ON_HIP}))
    out = _ghost_lengths(pose_figure(tmp_path, **changes, start={"base": "standing", **ARM_OUT}))
    assert len(on_hips) - len(out) == 2


def test_the_ghost_is_no_halo_round_what_hardly_moves(tmp_path: Path) -> None:
    arms = {"base": "standing", "arms": {"dir": [0, 20], "elbow": 4}}
    breathing = pose_figure(tmp_path, both="ghost", view=FRONT_VIEW, start=arms, end={"breath": 2})
    assert f'class="{CLASS_PREFIX}ghost"' not in render_figure(breathing).documents["both"]
    one_arm = {"armR": {"dir": [0, 70], "elbow": 4}}
    assert len(_ghost_lengths(pose_figure(tmp_path, both="ghost", view=FRONT_VIEW, start=arms, end=one_arm))) == 1


def test_no_scraps_of_a_ghost_lie_about(tmp_path: Path) -> None:
    """Of a head that tilts a little, crown and chin of the start would come out."""
    start = {"base": "standing", "arms": {"dir": [0, 20], "elbow": 4}}
    end = {"armR": {"dir": [0, 70], "elbow": 4}, "head": {"side": 14}}
    assert len(_ghost_lengths(pose_figure(tmp_path, both="ghost", view=FRONT_VIEW, start=start, end=end))) == 1


def _ghost_lengths(figure: PosedFigure) -> list[int]:
    """Return how much is written for each outline of the ghost."""
    both = render_figure(figure).documents["both"]
    match = re.search(rf'class="{CLASS_PREFIX}ghost" d="([^"]*)"', both)
    assert match
    return [len(outline) for outline in match[1].split("M")[1:]]
