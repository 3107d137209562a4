"""The checks bite: a figure that is wrong in one way is reported, and only a named exception silences it."""

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from app.figures.drawing import skeleton as sk
from app.figures.drawing.animation import animated
from app.figures.drawing.checks import Finding, check, summary
from app.figures.drawing.figure import pictures
from app.figures.drawing.posefile import Figure, load, read
from app.figures.drawing.scene import frame
from app.figures.drawing.space import vec

SAID = "A person stands upright with both arms at the sides, looking ahead."
GOOD: dict[str, Any] = {
    "slug": "made-up",
    "alt": {"start": SAID, "end": "The same person raises both arms straight ahead to shoulder height."},
    "start": {"base": "standing"},
    "end": {"arms": {"dir": [90, 0], "elbow": 4}},
}


def drawn(folder: Path, **changes: Any) -> Figure:
    """The figure of a pose file that says the same as the good one but for the changes."""
    path = folder / "made-up.yaml"
    path.write_text(yaml.safe_dump(copy.deepcopy({**GOOD, **changes})))
    return read(path)


def found(figure: Figure) -> set[str]:
    return {finding.check for finding in check(figure)}


def ending(**end: Any) -> dict[str, Any]:
    return {"end": end}


def test_a_right_figure_has_no_findings(tmp_path: Path) -> None:
    assert check(drawn(tmp_path)) == []


SUNK: dict[str, Any] = {"pelvis": {"at": [0, 80, 0]}, "legs": {"thigh": [0, 0], "knee": 0, "foot": 0}}
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("reach", "armR misses its target", ending(armR={"wrist": [120, 100, 20], "pole": [0, -1, 0]})),
    ("reach", "legR misses its target", ending(legR={"ankle": [90, 7.4, 9.5], "pole": [1, 0, 0]})),
    ("elbow", "elbowR bends", ending(armR={"dir": [40, 10], "elbow": 165})),
    ("elbow", "elbowL bends", ending(armL={"dir": [40, 10], "elbow": 158})),
    ("knee", "kneeR bends 1", ending(legR={"thigh": [80, 0], "knee": 165, "foot": 20})),
    ("knee", "kneeL bends the wrong way", ending(legL={"ankle": [0, 30, 9.5], "pole": [-1, 0, 0], "foot": 0})),
    ("hip", "hipR bends", ending(legR={"thigh": [-60, 0], "knee": 4, "foot": 0})),
    ("hip", "thighL goes", ending(legL={"thigh": [0, 80], "knee": 4, "foot": 0})),
    ("shoulder", "armR goes more than", ending(armR={"dir": [-1, -0.05, 0.05], "elbow": 4})),
    ("shoulder", "armL crosses", ending(armL={"dir": [0.3, 0, -1], "elbow": 4})),
    ("shoulder", "armR runs through the trunk", ending(armR={"dir": [-0.5, -0.8, -0.5], "elbow": 4})),
    ("wrist", "handR bends", ending(armR={"dir": [90, 0], "elbow": 4, "fingers": [-1, 0, 0.2], "palm": [0, 0, 1]})),
    ("ankle", "footR points", ending(legR={"thigh": [40, 0], "knee": 40, "foot": 110})),
    ("ankle", "footL is pulled up", ending(legL={"thigh": [40, 0], "knee": 40, "foot": -60})),
    ("spine", "lumbar.flex is -50", ending(lumbar={"flex": -50})),
    ("spine", "lumbar.rot is 20", ending(lumbar={"rot": 20})),
    ("spine", "thoracic.flex is -60", ending(thoracic={"flex": -60})),
    ("spine", "thoracic.side is 40", ending(thoracic={"side": 40})),
    ("spine", "thoracic.rot is 60", ending(thoracic={"rot": 60})),
    ("spine", "neck.flex is 60", ending(neck={"flex": 60})),
    ("neck", "head and neck bend", ending(neck={"flex": 44}, head={"flex": 52})),
    ("neck", "head turns", ending(neck={"rot": 60}, head={"rot": 50})),
    ("floor", "heelR is", ending(**SUNK)),
    ("floor", "handR is", ending(armR={"wrist": [30, 0, 20]}, pelvis={"pitch": 90, "at": [0, 50, 0]})),
    ("contact", "heelL is a contact but moves", ending(legL={"ankle": [12, 7.4, 9.5], "pole": [1, 0, 0.12]})),
    ("balance", "centre of mass is", ending(pelvis={"at": [-35, 80, 0]})),
    (
        "clash",
        "forearmR runs through the head",
        ending(armR={"frame": "head", "wrist": [-2, 2, -6], "pole": [0, 0, 1]}),
    ),
    ("difference", "start and end look the same", ending(arms={"elbow": 11})),
    ("alt", "alt.start", {"alt": {**GOOD["alt"], "start": "Too short."}}),
    ("alt", "alt.end", {"alt": {"start": SAID}}),
]


@pytest.mark.parametrize(("name", "text", "changes"), WRONG, ids=[f"{name}: {text}" for name, text, _ in WRONG])
def test_what_is_wrong_is_found(name: str, text: str, changes: dict[str, Any], tmp_path: Path) -> None:
    findings = [one for one in check(drawn(tmp_path, **changes)) if one.check == name]
    assert [one for one in findings if one.text.startswith(text)], summary(findings)


@pytest.mark.parametrize(("bone", "name"), [("knee", "hip-kneeR"), ("wrist", "elbow-wristR")])
def test_a_bone_that_changes_its_length_is_found(bone: str, name: str, tmp_path: Path) -> None:
    figure = drawn(tmp_path)
    figure.keys[0].body.joints[bone + "R"] = figure.keys[0].body.joints[bone + "R"] + vec(0, -3, 0)
    assert "bone" in found(figure)


def test_what_goes_wrong_only_on_the_way_is_found(tmp_path: Path) -> None:
    """Start and end stand on the floor; between them the feet are far below it."""
    findings = check(drawn(tmp_path, via=[SUNK]))
    assert {"floor", "contact"} <= {one.check for one in findings}
    assert {one.moment for one in findings if one.check == "floor"} <= {i / 8 for i in range(1, 8)}


def test_what_goes_wrong_only_on_the_way_home_is_found(tmp_path: Path) -> None:
    findings = [one for one in check(drawn(tmp_path, back=[SUNK])) if one.check == "floor"]
    assert findings
    assert all(1 < one.moment < 2 for one in findings)


def test_an_exception_silences_only_what_it_names(tmp_path: Path) -> None:
    wrong = ending(lumbar={"rot": 20}, armR={"dir": [40, 10], "elbow": 165})
    assert found(drawn(tmp_path, **wrong)) == {"spine", "elbow"}
    assert found(drawn(tmp_path, **wrong, allow={"spine": "a reason"})) == {"elbow"}


def test_a_hold_may_stand_still(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, hold=True, end={}, alt={"start": SAID})) == set()


def test_a_summary_says_each_kind_once_with_its_moments() -> None:
    lines = summary([Finding("floor", t, "heelR is 3.0 cm below the floor, at most 1") for t in (0.25, 0.5)])
    assert lines == ["floor: heelR is 3.0 cm below the floor, at most 1 (at 0.25, 0.50)"]


def test_left_is_the_mirror_image_of_right(tmp_path: Path) -> None:
    """The same words for the other side, with turns and side bends the other way, give the mirrored body."""
    limbs = {"armR": {"dir": [80, 30], "elbow": 60}, "legL": {"thigh": [40, 5], "knee": 50, "foot": 4}}
    other = {"armL": limbs["armR"], "legR": limbs["legL"]}
    spine = {"lumbar": {"side": 8}, "thoracic": {"rot": 25, "side": -9}, "neck": {"rot": 20}, "pelvis": {"lean": 3}}
    turned = {part: {word: -value for word, value in words.items()} for part, words in spine.items()}
    one = sk.landmarks(drawn(tmp_path, end={**limbs, **spine}).keys[-1].body)
    two = sk.landmarks(drawn(tmp_path, end={**other, **turned}).keys[-1].body)
    swap = {"R": "L", "L": "R"}
    for name, (centre, radius) in one.items():
        mirrored, same = two[name[:-1] + swap.get(name[-1], name[-1])]
        assert np.allclose(centre * [1, 1, -1], mirrored, atol=1e-6), name
        assert radius == same


def test_samples_of_a_motion_share_their_structure() -> None:
    """A browser moves a path only between commands of one kind and number."""
    scenes = pictures(load("cat-cow")).scenes
    box = frame([(-100, -200, 100, 20)], 400, 300, 16)
    assert "<animate " in animated(scenes, box, 5, "", [])
    edge = next(mark for mark in scenes[3].layers[-1].marks if mark.kind == "fill")
    edge.points = edge.points[:-2]
    with pytest.raises(ValueError, match="changes its structure"):
        animated(scenes, box, 5, "", [])
