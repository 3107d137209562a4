"""The wheelchair user shows every seated exercise, on the seat of the wheelchair with the feet on its footplates."""

import re
from pathlib import Path

import pytest
import yaml

from app.figures.drawing.checks import check_figure
from app.figures.drawing.clearance import measure_clearance
from app.figures.drawing.documents import render_figure
from app.figures.drawing.drawing_checks import check_drawing
from app.figures.drawing.landmarks import find_landmarks
from app.figures.drawing.pose_schema import PoseError
from app.figures.drawing.posefile import list_posed_slugs, load_figure
from app.figures.drawing.scene import sample_scenes
from app.figures.drawing.wheelchair import FOOTPLATE_CM, SEAT_CM
from app.kit.settings import PROJECT_ROOT


def read_position(path: Path) -> str:
    return next(line.split(": ")[1].strip() for line in path.read_text("utf-8").splitlines() if line[:9] == "position:")


def test_every_seated_exercise_is_shown() -> None:
    """The rules keep none of them from a wheelchair user, see below."""
    paths = sorted((PROJECT_ROOT / "seed" / "exercises").glob("*.yaml"))
    assert list_posed_slugs("wheelchair_user") == [path.stem for path in paths if read_position(path) == "seated"]


def test_no_rule_keeps_a_shown_exercise_from_a_wheelchair_user() -> None:
    rules = yaml.safe_load((PROJECT_ROOT / "seed" / "condition_rules.yaml").read_text("utf-8"))["wheelchair_user"]
    assert rules["positions"] == ["seated"]
    degrees = ("none", "mild", "full")
    for slug in list_posed_slugs("wheelchair_user"):
        text = (PROJECT_ROOT / "seed" / "exercises" / f"{slug}.yaml").read_text("utf-8")
        strains = yaml.load(text, yaml.CSafeLoader).get("strains", {})
        for strain, limits in rules["strains"].items():
            avoided = degrees.index(limits["avoid"]) if "avoid" in limits else len(degrees)
            assert degrees.index(strains.get(strain, "none")) < avoided, (slug, strain)


@pytest.mark.parametrize("slug", list_posed_slugs("wheelchair_user"))
def test_no_description_names_another_seat(slug: str) -> None:
    """A wheelchair user sits on no stool, and has no floor under the feet."""
    figure = load_figure(slug, "wheelchair_user")
    words = set(re.findall("[a-z]+", " ".join(figure.alt.values()).lower()))
    assert words & {"stool", "chair", "bench", "flat"} == set()


@pytest.mark.parametrize("slug", ["brugger-relief-position", "seated-side-bend"])
def test_seat_and_feet_rest_on_the_wheelchair(slug: str) -> None:
    figure = load_figure(slug, "wheelchair_user")
    assert check_figure(figure) == []
    assert check_drawing(figure, render_figure(figure)) == []
    for key_pose in figure.key_poses:
        landmarks = find_landmarks(key_pose.body)
        for name, height in (("seatR", SEAT_CM), ("ballR", FOOTPLATE_CM), ("heelL", FOOTPLATE_CM)):
            assert landmarks[name].centre[1] - landmarks[name].radius == pytest.approx(height, abs=1.0), name


@pytest.mark.parametrize("slug", ["hand-to-thigh-press", "seated-cat-cow"])
def test_hands_lie_on_the_thighs(slug: str) -> None:
    """They sank into the thighs when the footplates held the knees higher than a floor does."""
    for key_pose in load_figure(slug, "wheelchair_user").key_poses:
        body = key_pose.body
        palm = body.joints["wristR"] + body.hands["R"].fingers * 8
        assert measure_clearance(body, palm).distance > 0.5


def test_a_pose_file_may_part_the_knees_on_the_footplates() -> None:
    body = load_figure("brugger-relief-position", "wheelchair_user").key_poses[-1].body
    assert body.joints["kneeR"][2] - body.joints["hipR"][2] > 8


def test_a_hand_that_finds_no_room_on_the_seat_holds_the_wheel() -> None:
    figure = load_figure("seated-side-bend", "wheelchair_user")
    assert "wheel" in figure.alt["start"]
    assert figure.alt["end"] == load_figure("seated-side-bend").alt["end"]


def test_the_wheelchair_takes_the_place_of_the_chair() -> None:
    names = {layer.name for layer in sample_scenes(load_figure("chair-twist", "wheelchair_user"))[0].layers}
    assert {"wheelchair0.wheelR", "wheelchair0.wheelL", "wheelchair0.plateR", "wheelchair0.back"} <= names
    assert not any(name.startswith(("chair", "bench")) for name in names)


def test_who_kneels_is_shown_by_no_wheelchair_user() -> None:
    with pytest.raises(PoseError, match="nobody sits on a chair or bench"):
        load_figure("cat-cow", "wheelchair_user")
