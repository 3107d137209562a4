"""The head: hair and neck as they are seen from behind."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.figures.drawing.documents import render_figure
from app.figures.drawing.face import EAR_POINTS
from app.figures.drawing.hair_bun import BUN_POINTS, ROOT_POINTS
from app.figures.drawing.hair_cap import MIN_STRAND_CM
from app.figures.drawing.head import head_layer
from app.figures.drawing.layers import Layer
from app.figures.drawing.neck import neck_shape
from app.figures.drawing.outline import polygon_of
from app.figures.drawing.posefile import load_figure
from app.figures.drawing.scene import camera_of
from tests.figures.drawing.pose_files import load_solved_figure, pose_figure


def hair_of(head: Layer) -> shapely.Geometry:
    """Return the area of all hair."""
    return shapely.union_all([polygon_of(s.points) for s in head.strokes if s.tone == "hair" and s.has_size])


def test_hair_covers_the_back_of_the_head() -> None:
    figure = load_solved_figure("goalpost-squeeze")
    head = head_layer(figure.key_poses[0].body, camera_of(figure))
    assert hair_of(head).area > 0.8 * head.shape.area


@pytest.mark.parametrize("slug", ["goalpost-squeeze", "dead-hang"])
def test_no_jaw_line_runs_over_the_nape(slug: str) -> None:
    figure = load_solved_figure(slug)
    body, camera = figure.key_poses[0].body, camera_of(figure)
    fills = [stroke for stroke in head_layer(body, camera).strokes if stroke.kind == "fill"]
    skins = [stroke for stroke in fills if stroke.tone == "skin"]
    jaw = max(skins, key=lambda stroke: float(np.ptp(stroke.points, axis=0).max()))
    painted_over_it = shapely.union_all([polygon_of(stroke.points) for stroke in fills if stroke is not jaw])
    line = shapely.LinearRing(jaw.points).intersection(neck_shape(body, camera).buffer(-0.5))
    assert line.length > 4
    assert line.difference(painted_over_it.buffer(0.1)).length < 0.5


@pytest.mark.parametrize(("base", "view"), [("prone", {"yaw": -60, "pitch": 40}), ("supine", {"yaw": 60, "pitch": 20})])
def test_the_neck_never_lies_over_hair_or_chin(base: str, view: dict[str, int], tmp_path: Path) -> None:
    """From the feet, the trunk hides a part of the head, so that the neck, which it carries, is drawn last."""
    scene = render_figure(pose_figure(tmp_path, view=view, props=["mat"], start={"base": base})).scenes[0]
    neck, head = (scene.layers[scene.order.index(name)] for name in ("neck", "head"))
    assert scene.order.index("neck") > scene.order.index("head")
    cover = hair_of(head) if base == "prone" else head.shape
    uncut, drawn = (shape.intersection(cover).area for shape in (neck.shape, polygon_of(neck.strokes[1].points)))
    assert drawn < uncut / 4


def test_pale_hair_has_an_outline_and_combed_lines() -> None:
    tones = []
    for person in ("woman", "older_person"):
        figure = load_figure("chin-tuck", person)
        strokes = head_layer(figure.key_poses[0].body, camera_of(figure)).strokes
        tones.append([stroke.kind + " " + stroke.tone for stroke in strokes if stroke.has_size])
    assert "line strand" not in tones[0]
    assert tones[1].count("line strand") >= 2
    assert tones[1].count("edge hair") == 2


def test_hair_on_the_nape_has_no_outline_from_the_front() -> None:
    figure = load_figure("wall-angel", "older_person")
    strokes = head_layer(figure.key_poses[0].body, camera_of(figure)).strokes
    edges = [stroke for stroke in strokes if (stroke.kind, stroke.tone) == ("edge", "hair")]
    assert [stroke.has_size for stroke in edges] == [False, True]


@pytest.mark.parametrize(("yaw", "count"), [(-90, 2), (0, 1), (90, 0)])
def test_twist_and_root_of_a_bun_show_from_behind_and_its_root_from_the_side(
    yaw: float, count: int, tmp_path: Path
) -> None:
    figure = pose_figure(tmp_path, view={"yaw": yaw, "pitch": 4})
    head = head_layer(figure.key_poses[0].body, camera_of(figure))
    lines = [stroke for stroke in head.strokes if stroke.tone == "strand" and stroke.has_size]
    assert len(lines) == count
    assert all(head.shape.contains(shapely.LineString(line.points)) for line in lines)


def test_a_bun_lies_behind_the_hairline_from_every_side(tmp_path: Path) -> None:
    """Behind the crown, it is seen above the head at most, never over the forehead."""
    for yaw in (40, 60, 90):
        figure = pose_figure(tmp_path, view={"yaw": yaw, "pitch": 8})
        strokes = head_layer(figure.key_poses[0].body, camera_of(figure)).strokes
        face = next(i for i, stroke in enumerate(strokes) if stroke.tone == "skin" and stroke.has_size)
        buns = [i for i, stroke in enumerate(strokes) if stroke.tone == "hair" and len(stroke.points) == BUN_POINTS]
        assert buns
        assert max(buns) < face


@pytest.mark.parametrize(("yaw", "count"), [(90, 2), (-90, 2), (50, 1), (0, 1)])
def test_both_ears_show_from_the_front_and_one_from_the_side(yaw: float, count: int, tmp_path: Path) -> None:
    figure = pose_figure(tmp_path, view={"yaw": yaw, "pitch": 4})
    head = head_layer(figure.key_poses[0].body, camera_of(figure))
    ears = [stroke for stroke in head.strokes if stroke.kind == "edge" and len(stroke.points) == EAR_POINTS]
    assert len([stroke for stroke in ears if stroke.has_size and stroke.tone == "skin"]) == count


@pytest.mark.parametrize("pitch", [-4, 4, 12])
def test_ears_grow_as_the_head_turns(pitch: float, tmp_path: Path) -> None:
    """None leaps out of a head that turns from the front to the side: what is seen of all of them grows steadily."""
    seen = []
    for yaw in range(90, 44, -1):
        figure = pose_figure(tmp_path, view={"yaw": yaw, "pitch": pitch})
        head = head_layer(figure.key_poses[0].body, camera_of(figure))
        ears = [stroke for stroke in head.strokes if stroke.kind == "fill" and len(stroke.points) == EAR_POINTS]
        shapes = [polygon_of(stroke.points) for stroke in ears if stroke.has_size and stroke.tone == "skin"]
        seen.append(shapely.union_all(shapes).area)
    assert max(seen) > 8
    assert np.abs(np.diff(seen)).max() < 6


def test_the_root_of_a_bun_grows_steadily_as_the_head_turns(tmp_path: Path) -> None:
    extents = []
    for yaw in range(60, -91, -5):
        figure = pose_figure(tmp_path, view={"yaw": yaw, "pitch": 4})
        strokes = head_layer(figure.key_poses[0].body, camera_of(figure)).strokes
        root = next(stroke for stroke in strokes if stroke.tone == "strand" and len(stroke.points) == ROOT_POINTS)
        extents.append(float(np.ptp(root.points, axis=0).max()))
    assert extents[0] == 0
    assert extents[-1] > 5
    assert np.abs(np.diff(extents)).max() <= MIN_STRAND_CM + 0.5
