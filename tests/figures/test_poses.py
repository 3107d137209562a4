"""Every pose file stands, and its asset is current."""

import zlib
from pathlib import Path

import numpy as np
import pytest

from app.figures import assets
from app.figures.drawing import build
from app.figures.drawing import skeleton as sk
from app.figures.drawing.checks import check, summary
from app.figures.drawing.figure import pictures
from app.figures.drawing.posefile import POSES, Figure, PoseError, load, read, slugs
from app.figures.drawing.presets import PRESETS
from app.figures.drawing.scene import SAMPLES
from app.figures.drawing.solve import place

SYMMETRIC = ("quadruped", "supine", "prone", "seated", "standing", "heel_sit", "tall_kneeling", "hanging", "plank")
PAIRED = ("shoulder", "elbow", "wrist", "knee", "ankle")
EACH_HAND_ITS_OWN = {"diaphragmatic-breathing", "kettlebell-pull-through"}


@pytest.fixture(scope="module", params=slugs())
def figure(request: pytest.FixtureRequest) -> Figure:
    """Solved once for all tests of a pose file."""
    return load(request.param)


def test_a_pose_passes_its_checks_all_the_way(figure: Figure) -> None:
    assert SAMPLES >= 9
    assert summary(check(figure, SAMPLES)) == []


def test_an_asset_is_current(figure: Figure) -> None:
    stored = (assets.ASSETS / f"{figure.slug}.z").read_bytes()
    assert zlib.decompress(stored) == zlib.decompress(assets.encode_asset(build.content(figure)))


def test_what_has_no_side_is_symmetric(figure: Figure) -> None:
    """It is never mirrored, so it must be the same from either side; two exercises give each hand its own work."""
    bodies = [figure.keys[0].body, figure.keys[-1].body]
    uneven = any(np.abs(b.joints[j + "R"] * [1, 1, -1] - b.joints[j + "L"]).max() > 1 for b in bodies for j in PAIRED)
    assert (figure.side == "both" and uneven) == (figure.slug in EACH_HAND_ITS_OWN)


def test_every_asset_has_a_pose_and_all_are_small() -> None:
    assert list(assets.list_drawn_slugs()) == slugs()
    assert sum(p.stat().st_size for p in assets.ASSETS.glob("*.z")) < 12_000_000


def test_a_wrong_word_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text("slug: odd\nalt: {start: x}\nstart: {base: standing, arms: {elbwo: 3}}\n")
    with pytest.raises(PoseError, match=r"odd\.start\.arms: unknown word elbwo"):
        read(path)


@pytest.mark.parametrize("base", SYMMETRIC)
def test_a_symmetric_posture_is_symmetric(base: str, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(f"slug: one\nhold: true\nalt: {{start: x}}\nstart: {{base: {base}}}\n")
    body = read(path).keys[0].body
    for joint in PAIRED:
        right, left = body.joints[joint + "R"], body.joints[joint + "L"]
        assert np.allclose(right * [1, 1, -1], left, atol=0.6), joint


def test_a_sunken_hand_is_found() -> None:
    figure = load("cat-cow")
    pose = {**figure.keys[0].pose, "anchor": None}
    pose["pelvis"] = {**pose["pelvis"], "at": [0, 30, 0]}
    figure.keys[0].pose, figure.keys[0].body = pose, place(pose)
    assert any(f.check == "floor" for f in check(figure, 2))


def test_presets_name_known_landmarks() -> None:
    known = set(sk.landmarks(load("cat-cow").keys[0].body))
    assert all(set(preset["contacts"]) <= known for preset in PRESETS.values())
    assert POSES.is_dir()


def _drawn(tmp_path: Path, text: str) -> Figure:
    path = tmp_path / "one.yaml"
    path.write_text(f"slug: one\nhold: true\nalt: {{start: x}}\n{text}\n")
    return read(path)


@pytest.mark.parametrize("base", ["seated", "heel_sit"])
def test_a_hand_rests_on_the_thigh(base: str, tmp_path: Path) -> None:
    joints = _drawn(tmp_path, f"start: {{base: {base}}}").keys[0].body.joints
    for s in "RL":
        bone = joints["knee" + s] - joints["hip" + s]
        way = joints["wrist" + s] - joints["hip" + s]
        off = np.linalg.norm(np.cross(bone, way)) / np.linalg.norm(bone)
        assert 8.5 < off < 10.5


def test_tucked_toes_lie_flat_in_front_of_the_ball(tmp_path: Path) -> None:
    marks = sk.landmarks(_drawn(tmp_path, "start: {base: forearm_plank}").keys[0].body)
    ball, toe = marks["ballR"][0], marks["toeR"][0]
    assert toe[0] - ball[0] > 4
    assert abs(toe[1] - ball[1]) < 1
    assert marks["heelR"][0][1] - ball[1] > 10


def test_a_small_movement_is_shown_larger(tmp_path: Path) -> None:
    whole = pictures(_drawn(tmp_path, "start: {base: seated}")).frame
    part = pictures(_drawn(tmp_path, "frame: {above: 68}\nstart: {base: seated}")).frame
    assert part.scale > 1.5 * whole.scale
