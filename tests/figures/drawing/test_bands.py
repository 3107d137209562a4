"""Every band ends inside the fists that hold it."""

import pytest
import shapely

from app.figures.drawing.geometry import length
from app.figures.drawing.handheld_props import BAND_EXIT_CM, BAND_TAIL_CM, HANDS
from app.figures.drawing.landmarks import grip_centre
from app.figures.drawing.posefile import list_posed_slugs, load_figure
from app.figures.drawing.scene import camera_of, sample_scenes
from app.figures.persons import Person
from tests.figures.drawing.pose_files import load_solved_figure

MAX_BEYOND_FIST_CM = 5.0
"""How far a tail may reach beyond the outline of the hand."""
MAX_FROM_RIM_CM = 1.5
"""How far from the outline of the trunk a band may go out of sight."""
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
            hand, piece, rest = layers["hand" + side], layers[band + side], [layers[band]]
            rest += [layers[band + "Far"]] if band + "Far" in layers else []
            ends = piece.strokes[0].points
            grip = camera.project(grip_centre(scene.body, side))
            assert hand.shape.buffer(1).contains(shapely.Point(*grip))
            assert piece.shape.contains(shapely.Point(*grip))
            assert length(ends[0] - grip) <= BAND_TAIL_CM + 0.01
            assert length(ends[1] - grip) <= BAND_EXIT_CM + 0.01
            assert all(hand.shape.distance(shapely.Point(*end)) < MAX_BEYOND_FIST_CM for end in ends)
            assert scene.order.index(piece.name) < scene.order.index(hand.name)
            assert any(layer.shape.contains(shapely.Point(*ends[1])) for layer in rest)


@pytest.mark.parametrize("person", ["woman", "larger_person", "wheelchair_user"])
@pytest.mark.parametrize("yaw", [-30.0, -150.0])
def test_a_band_round_the_back_lies_on_it_from_rim_to_rim(person: Person, yaw: float) -> None:
    figure = load_figure("seated-band-punch", person)
    figure.view["yaw"] = yaw
    for scene in sample_scenes(figure)[::4]:
        layers = {layer.name: layer for layer in scene.layers}
        seen, hidden, torso = (layers[name] for name in ("band1.band", "band1.bandFar", "torso"))
        assert scene.order.index(hidden.name) < scene.order.index("torso") < scene.order.index(seen.name)
        rim = shapely.Point(*seen.strokes[0].points[-1])
        assert torso.shape.exterior.distance(rim) < MAX_FROM_RIM_CM
        assert length(seen.strokes[0].points[-1] - hidden.strokes[0].points[-1]) < 0.01
