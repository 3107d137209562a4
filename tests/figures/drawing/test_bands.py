"""Every band ends inside the fists that hold it."""

import pytest
import shapely

from app.figures.drawing.geometry import length
from app.figures.drawing.handheld_props import BAND_EXIT_CM, BAND_TAIL_CM, HANDS
from app.figures.drawing.landmarks import grip_centre
from app.figures.drawing.posefile import list_posed_slugs
from app.figures.drawing.scene import camera_of, sample_scenes
from tests.figures.drawing.pose_files import load_solved_figure

MAX_BEYOND_FIST_CM = 5.0
"""How far a tail may reach beyond the outline of the hand."""
BANDED_SLUGS = [slug for slug in list_posed_slugs() if "band" in slug]


@pytest.mark.parametrize("slug", BANDED_SLUGS)
def test_a_band_runs_through_each_fist_that_holds_it(slug: str) -> None:
    figure = load_solved_figure(slug)
    camera = camera_of(figure)
    held = [
        (f"band{place}.{spec.get('name', 'band')}", grip[-1])
        for place, spec in enumerate(figure.props)
        if spec["kind"] == "band"
        for grip in spec.get("through", HANDS)
        if grip in HANDS
    ]
    assert held
    scenes = sample_scenes(figure)
    for scene in (scenes[0], scenes[4], scenes[-1]):
        layers = {layer.name: layer for layer in scene.layers}
        for band, side in held:
            hand, piece, rest = layers["hand" + side], layers[band + side], layers[band]
            ends = piece.strokes[0].points
            grip = camera.project(grip_centre(scene.body, side))
            assert hand.shape.buffer(1).contains(shapely.Point(*grip))
            assert piece.shape.contains(shapely.Point(*grip))
            assert length(ends[0] - grip) <= BAND_TAIL_CM + 0.01
            assert length(ends[1] - grip) <= BAND_EXIT_CM + 0.01
            assert all(hand.shape.distance(shapely.Point(*end)) < MAX_BEYOND_FIST_CM for end in ends)
            assert scene.order.index(piece.name) < scene.order.index(hand.name)
            assert rest.shape.contains(shapely.Point(*ends[1]))
