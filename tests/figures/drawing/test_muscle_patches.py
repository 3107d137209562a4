"""Muscles on the body: in place, inside the silhouette, on both sides alike, and covered by what lies before them."""

import functools

import numpy as np
import pytest
import shapely

from app.figures.drawing.body_surface import STEP_DEG, make_surface, tube
from app.figures.drawing.camera import make_camera
from app.figures.drawing.documents import RenderedFigure, render_figure
from app.figures.drawing.geometry import Sphere, vec
from app.figures.drawing.muscle_export import export_muscles
from app.figures.drawing.muscle_patches import PatchKey, outline_patches
from app.figures.drawing.muscle_places import MUSCLE_LAYERS, START_MARK
from app.figures.drawing.muscle_regions import DEEP_REGIONS, MUSCLE_REGIONS
from app.figures.drawing.path_data import spread_control_points
from app.figures.drawing.scene import Scene, camera_of, mannequin_layers
from app.figures.muscle_overlay import PAIRED_MUSCLES
from app.figures.muscle_patches import GRID_UNITS, decode_outlines
from app.rules.muscles import MUSCLES
from tests.figures.drawing.pose_files import load_solved_figure

SHADES = {limb + side: "" for limb in ("arm", "leg") for side in "RL"}
MAX_BEYOND_CM = 0.7
"""How far a rounded outline may leave the silhouette of the part of the body that it lies on."""


@functools.cache
def render_once(slug: str) -> RenderedFigure:
    return render_figure(load_solved_figure(slug))


def build_scene(slug: str, place: int) -> Scene:
    """Return the start (0) or the end (-1) of an exercise without things, in no order."""
    figure = load_solved_figure(slug)
    body = figure.key_poses[place].body
    return Scene(body, mannequin_layers(body, camera_of(figure), SHADES))


def test_every_muscle_has_a_place() -> None:
    assert set(MUSCLE_REGIONS) | set(DEEP_REGIONS) == set(MUSCLES)
    assert not set(MUSCLE_REGIONS) & set(DEEP_REGIONS)
    assert set(MUSCLES) >= PAIRED_MUSCLES


@pytest.mark.parametrize("yaw", [0.0, 90.0, 180.0, 270.0])
def test_what_faces_away_is_moved_to_the_rim(yaw: float) -> None:
    """A cylinder shows its near half; an outline on the far half shrinks to nothing."""
    axes = [(vec(1, 0, 0), vec(0, 0, 1))] * 2
    surface = make_surface(make_camera(yaw, 0), "", [0, 1], tube([Sphere(vec(0, y, 0), 5) for y in (0, 20)], axes))
    near = 90 - yaw
    stations, angles = np.array([0.2, 0.8, 0.5]), np.array([-30.0, 0.0, 30.0])
    assert np.allclose(surface.keep_visible(stations, near + angles) % 360, (near + angles) % 360)
    hidden = surface.keep_visible(stations, near + 180 + angles)
    assert np.ptp(hidden) < 1e-9
    assert abs(abs((float(hidden[0]) - near + 180) % 360 - 180) - 90) < STEP_DEG


@pytest.mark.parametrize(
    ("slug", "place"),
    [("cat-cow", 0), ("childs-pose", -1), ("dead-hang", 0), ("lunge-with-rotation", -1), ("open-book", -1)],
)
def test_patches_lie_inside_the_part_of_the_body_they_belong_to(slug: str, place: int) -> None:
    scene, camera = build_scene(slug, place), camera_of(load_solved_figure(slug))
    shapes = {layer.name: layer.shape.buffer(MAX_BEYOND_CM) for layer in scene.layers}
    seen = {key: patch for key, patch in outline_patches(scene, camera).items() if patch.is_seen}
    assert len({key.muscle for key in seen}) >= 10
    for key, patch in seen.items():
        control = spread_control_points(patch.points)
        middle = (control + np.roll(control, -1, 0)) / 2
        assert shapely.contains_xy(shapes[key.layer], middle).all(), key


def test_both_sides_are_alike() -> None:
    figure = load_solved_figure("mountain-pose")
    body = figure.key_poses[0].body
    for yaw in (90, -90):
        patches = outline_patches(Scene(body, mannequin_layers(body, make_camera(yaw, 0), SHADES)), make_camera(yaw, 0))
        for key, patch in patches.items():
            if key.side == "R":
                other = patches[PatchKey(key.muscle, "L", key.part, key.layer.replace("R", "L"))]
                assert patch.is_seen == other.is_seen
                assert np.allclose(patch.points * [-1, 1], other.points, atol=0.2), key


def test_each_muscle_is_seen_from_one_side_at_least() -> None:
    body = load_solved_figure("mountain-pose").key_poses[0].body
    seen = set()
    for yaw in range(0, 360, 45):
        camera = make_camera(yaw, 5)
        patches = outline_patches(Scene(body, mannequin_layers(body, camera, SHADES)), camera)
        seen |= {key.muscle for key, patch in patches.items() if patch.is_seen}
    assert seen == set(MUSCLE_REGIONS)


def test_a_stored_drawing_has_each_muscle_where_its_part_of_the_body_ends() -> None:
    """What lies before that part, as a face or furniture, comes later in the document, so it covers the muscle."""
    rendered = render_once("cat-cow")
    for phase, scene in (("start", rendered.scenes[0]), ("end", rendered.scenes[-1])):
        document, places = rendered.documents[phase], rendered.places[phase]
        assert START_MARK not in document
        assert [layer for _, _, layer in places] == [name for name in scene.order if name in MUSCLE_LAYERS]
        assert [moment for _, moment, _ in places] == [phase] * len(places)
        paths = [document[:offset].count("<path") for offset, _, _ in places]
        strokes = {layer.name: sum(stroke.has_size for stroke in layer.strokes) for layer in scene.layers}
        ends = np.cumsum([strokes[name] for name in scene.order])
        assert paths == [ends[scene.order.index(layer)] for _, _, layer in places]


def test_stored_outlines_are_those_of_the_samples() -> None:
    figure, rendered = load_solved_figure("cat-cow"), render_once("cat-cow")
    stored = export_muscles(figure, rendered)
    assert (stored["way"], stored["samples"]) == (9, 9)
    samples = [outline_patches(scene, camera_of(figure)) for scene in rendered.scenes]
    patches = iter(stored["patches"])
    for key in samples[0]:
        if any(sample[key].is_seen for sample in samples):
            muscle, side, layer, numbers = next(patches)
            assert (muscle, side, layer) == (key.muscle, key.side, key.layer)
            for outline, sample in zip(decode_outlines(numbers, 9), samples, strict=True):
                units = rendered.viewport.to_units(spread_control_points(sample[key].points))
                assert np.abs(np.array(outline) - units).max() <= GRID_UNITS / 2
    assert next(patches, None) is None
