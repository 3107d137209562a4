"""Every check finds its fault: a figure that is wrong in one way is reported, unless its file names the check."""

from pathlib import Path
from typing import Any

import pytest

from app.figures.drawing.checks import check_figure, summarise_findings
from app.figures.drawing.geometry import vec
from app.figures.drawing.joint_limits import PoseFinding
from app.figures.drawing.kinematics import forward_kinematics
from app.figures.drawing.posefile import PosedFigure, load_figure
from tests.figures.drawing.pose_files import ALT_TEXT, FLAWLESS, pose_figure


def names_of_failed_checks(figure: PosedFigure) -> set[str]:
    return {finding.check for finding in check_figure(figure)}


def at_the_end(**end: Any) -> dict[str, Any]:
    return {"end": end}


def test_a_right_figure_has_no_findings(tmp_path: Path) -> None:
    assert check_figure(pose_figure(tmp_path)) == []


SUNKEN: dict[str, Any] = {"pelvis": {"at": [0, 80, 0]}, "legs": {"thigh": [0, 0], "knee": 0, "foot": 0}}
FLAWS: list[tuple[str, str, dict[str, Any]]] = [
    ("reach", "armR misses its target", at_the_end(armR={"wrist": [120, 100, 20], "pole": [0, -1, 0]})),
    ("reach", "legR misses its target", at_the_end(legR={"ankle": [90, 7.4, 9.5], "pole": [1, 0, 0]})),
    ("elbow", "elbowR bends", at_the_end(armR={"dir": [40, 10], "elbow": 165})),
    ("elbow", "elbowL bends", at_the_end(armL={"dir": [40, 10], "elbow": 158})),
    ("knee", "kneeR bends 1", at_the_end(legR={"thigh": [80, 0], "knee": 165, "foot": 20})),
    ("knee", "kneeL bends the wrong way", at_the_end(legL={"ankle": [0, 30, 9.5], "pole": [-1, 0, 0], "foot": 0})),
    ("hip", "hipR bends", at_the_end(legR={"thigh": [-60, 0], "knee": 4, "foot": 0})),
    ("hip", "thighL goes", at_the_end(legL={"thigh": [0, 80], "knee": 4, "foot": 0})),
    ("shoulder", "armR goes more than", at_the_end(armR={"dir": [-1, -0.05, 0.05], "elbow": 4})),
    ("shoulder", "armL crosses", at_the_end(armL={"dir": [0.3, 0, -1], "elbow": 4})),
    ("shoulder", "armR runs through the trunk", at_the_end(armR={"dir": [-0.5, -0.8, -0.5], "elbow": 4})),
    ("wrist", "handR bends", at_the_end(armR={"dir": [90, 0], "elbow": 4, "fingers": [-1, 0, 0.2], "palm": [0, 0, 1]})),
    ("ankle", "footR points", at_the_end(legR={"thigh": [40, 0], "knee": 40, "foot": 110})),
    ("ankle", "footL is pulled up", at_the_end(legL={"thigh": [40, 0], "knee": 40, "foot": -60})),
    ("spine", "lumbar.flex is -50", at_the_end(lumbar={"flex": -50})),
    ("spine", "lumbar.rot is 20", at_the_end(lumbar={"rot": 20})),
    ("spine", "thoracic.flex is -60", at_the_end(thoracic={"flex": -60})),
    ("spine", "thoracic.side is 40", at_the_end(thoracic={"side": 40})),
    ("spine", "thoracic.rot is 60", at_the_end(thoracic={"rot": 60})),
    ("spine", "neck.flex is 60", at_the_end(neck={"flex": 60})),
    ("neck", "head and neck bend", at_the_end(neck={"flex": 44}, head={"flex": 52})),
    ("neck", "head turns", at_the_end(neck={"rot": 60}, head={"rot": 50})),
    ("floor", "heelR is", at_the_end(**SUNKEN)),
    ("floor", "handR is", at_the_end(armR={"wrist": [30, 0, 20]}, pelvis={"pitch": 90, "at": [0, 50, 0]})),
    ("contact", "heelL is a contact but moves", at_the_end(legL={"ankle": [12, 7.4, 9.5], "pole": [1, 0, 0.12]})),
    ("balance", "centre of mass is", at_the_end(pelvis={"at": [-35, 80, 0]})),
    (
        "clash",
        "forearmR runs through the head",
        at_the_end(armR={"frame": "head", "wrist": [-2, 2, -6], "pole": [0, 0, 1]}),
    ),
    ("difference", "start and end look the same", at_the_end(arms={"elbow": 11})),
    ("alt", "alt.start", {"alt": {**FLAWLESS["alt"], "start": "Too short."}}),
    ("alt", "alt.end", {"alt": {"start": ALT_TEXT}}),
    (
        "alt",
        "alt.motion: say 90 degrees",
        {"alt": {**FLAWLESS["alt"], "motion": "Bent at a right angle."}},
    ),
]


@pytest.mark.parametrize(("check", "text", "changes"), FLAWS, ids=[f"{check}: {text}" for check, text, _ in FLAWS])
def test_what_is_wrong_is_found(check: str, text: str, changes: dict[str, Any], tmp_path: Path) -> None:
    findings = [finding for finding in check_figure(pose_figure(tmp_path, **changes)) if finding.check == check]
    assert [finding for finding in findings if finding.text.startswith(text)], summarise_findings(findings)


@pytest.mark.parametrize(("joint", "bone"), [("knee", "hipR-kneeR"), ("wrist", "elbowR-wristR")])
def test_a_bone_that_changes_its_length_is_found(joint: str, bone: str, tmp_path: Path) -> None:
    figure = pose_figure(tmp_path)
    joints = figure.key_poses[0].body.joints
    joints[joint + "R"] = joints[joint + "R"] + vec(0, -3, 0)
    findings = [finding for finding in check_figure(figure) if finding.check == "bone"]
    assert [finding for finding in findings if finding.text.startswith(bone)], summarise_findings(findings)


def test_what_goes_wrong_only_on_the_way_is_found(tmp_path: Path) -> None:
    """Start and end stand on the floor; between them the feet are far below it."""
    findings = check_figure(pose_figure(tmp_path, via=[SUNKEN]))
    assert {"floor", "contact"} <= {finding.check for finding in findings}
    assert {finding.moment for finding in findings if finding.check == "floor"} <= {i / 8 for i in range(1, 8)}


def test_what_goes_wrong_only_on_the_way_home_is_found(tmp_path: Path) -> None:
    findings = [finding for finding in check_figure(pose_figure(tmp_path, back=[SUNKEN])) if finding.check == "floor"]
    assert findings
    assert all(1 < finding.moment < 2 for finding in findings)


def test_an_exception_silences_only_what_it_names(tmp_path: Path) -> None:
    wrong = at_the_end(lumbar={"rot": 20}, armR={"dir": [40, 10], "elbow": 165})
    assert names_of_failed_checks(pose_figure(tmp_path, **wrong)) == {"spine", "elbow"}
    assert names_of_failed_checks(pose_figure(tmp_path, **wrong, allow={"spine": "a reason"})) == {"elbow"}


def test_a_hold_may_stand_still(tmp_path: Path) -> None:
    assert names_of_failed_checks(pose_figure(tmp_path, hold=True, end={}, alt={"start": ALT_TEXT})) == set()


def test_a_summary_says_each_kind_once_with_its_moments() -> None:
    lines = summarise_findings(
        [PoseFinding("floor", t, "heelR is 3.0 cm below the floor, at most 1") for t in (0.25, 0.5)]
    )
    assert lines == ["floor: heelR is 3.0 cm below the floor, at most 1 (at 0.25, 0.50)"]


def test_a_sunken_hand_is_found() -> None:
    figure = load_figure("cat-cow")
    pose = {**figure.key_poses[0].pose, "anchor": None}
    pose["pelvis"] = {**pose["pelvis"], "at": [0, 30, 0]}
    figure.key_poses[0].pose, figure.key_poses[0].body = pose, forward_kinematics(pose)
    assert any(finding.check == "floor" for finding in check_figure(figure, sample_count=2))
