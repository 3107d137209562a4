"""A seed file with a fault changes nothing, and the fault is told with the file and the line it stands in."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.__main__ import main
from app.kit.settings import PROJECT_ROOT
from tests.editing.conftest import Edit

TURN, STANDING, BAND = "exercises/seated-turn.yaml", "exercises/standing-turn.yaml", "exercises/band-turn.yaml"
GUIDE, REFERENCES, ROUTINES, SYNONYMS = "guidelines/posture.yaml", "references.yaml", "routines.yaml", "synonyms.yaml"
Refused = Callable[[], list[str]]
BROKEN = {
    "an unknown field": (TURN, "level: 1", "level: 1\n§colour: blue", "colour: unknown field"),
    "an unknown field inside": (TURN, "{sets: 1", "{weight: 5, sets: 1", "dose.weight: unknown field"),
    "a derived field": (TURN, "level: 1", "level: 1\n§contraindications: []", "contraindications: unknown field"),
    "a key twice": (TURN, "level: 1", "level: 1\n§level: 2", "'level' stands twice"),
    "an anchor in use": (
        TURN,
        "phases: [prepare, mobilise]",
        "§phases: [&p prepare, *p]",
        "an anchor is used more than",
    ),
    "a control character": (
        TURN,
        "name: Seated turn",
        '§name: "Seated\\0turn"',
        "name: This should be one line of plain",
    ),
    "a missing field": (TURN, "slug: seated-turn\nname: Seated turn", "§slug: seated-turn", "name: required"),
    "a missing field of a list": (
        GUIDE,
        "slug: breathe-slowly\n  topic: posture",
        "§slug: breathe-slowly",
        "topic: required",
    ),
    "a slug twice": (GUIDE, "slug: breathe-slowly", "slug: turn-now-and-then", "'turn-now-and-then' stands twice"),
    "a term twice": (SYNONYMS, "term: sigh", "term: twist", "'twist' stands twice"),
    "a name twice": (STANDING, "name: Standing turn", "name: seated Turn", "'seated Turn' already names 'seated-turn'"),
    "an alias that is a name": (
        STANDING,
        "name: Standing turn\naliases: []",
        "§name: X y\naliases: [Band turn]",
        "names",
    ),
    "a DOI twice": (REFERENCES, "10.1000/second", "10.1000/FIRST", "already leads to 'first-source'"),
    "a word twice": (TURN, "phases: [prepare, mobilise]", "phases: [prepare, prepare]", "'prepare' stands twice"),
    "a muscle that is none": (TURN, "[obliques]", "[belly]", "muscles.primary.0"),
    "a muscle in two roles": (
        TURN,
        "muscles: {primary: [obliques]}",
        "§muscles: {primary: [obliques], stretched: [obliques]}",
        "'obliques' stands twice",
    ),
    "no muscle that works": (
        BAND,
        "muscles: {primary: [rhomboids]}",
        "§muscles: {stretched: [rhomboids]}",
        "an exercise of the category strength has primary muscles",
    ),
    "a muscle that nothing presses": (
        TURN,
        "muscles: {primary: [obliques]}",
        "§muscles: {primary: [obliques], massaged: [rhomboids]}",
        "only self_massage has massaged muscles",
    ),
    "a load on other muscles": (
        BAND,
        "muscles: {primary: [rhomboids]}",
        "§muscles: {primary: [hamstrings]}",
        "the load_group pull works",
    ),
    "a breath of other muscles": (
        "exercises/slow-breath.yaml",
        "muscles: {primary: [diaphragm]}",
        "§muscles: {primary: [hamstrings]}",
        "breathing has diaphragm or intercostals",
    ),
    "a link twice": (TURN, "[standing-turn]", "[standing-turn, standing-turn]", "'standing-turn' stands twice"),
    "a source twice": (
        TURN,
        "That the tests have a link to follow.",
        "One thing.\n  - §reference: first-source\n    supports: Another thing.",
        "'first-source' stands twice",
    ),
    "harder leads nowhere": (TURN, "harder: [standing-turn]", "harder: [nobody]", "there is no exercise 'nobody'"),
    "evidence leads nowhere": (
        TURN,
        "reference: first-source",
        "reference: nothing",
        "there is no reference 'nothing'",
    ),
    "a figure's source leads nowhere": (GUIDE, "source: first-source", "source: x", "there is no reference 'x'"),
    "a guideline leads nowhere": (GUIDE, "exercises: [seated-turn]", "exercises: [x]", "there is no exercise 'x'"),
    "a recipe includes nobody": (ROUTINES, "include: [seated-turn]", "include: [x]", "there is no exercise 'x'"),
    "a recipe excludes nobody": (ROUTINES, "exclude: []", "exclude: [x]", "there is no exercise 'x'"),
    "a synonym of no exercise": (SYNONYMS, "exercises: [seated-turn]", "exercises: [x]", "there is no exercise 'x'"),
    "a synonym of no guideline": (SYNONYMS, "guidelines: []", "guidelines: [x]", "there is no guideline 'x'"),
    "a synonym of no routine": (SYNONYMS, "[a-minute-of-turning]", "[x]", "there is no routine 'x'"),
    "a synonym of no word": (SYNONYMS, "goal:rotation", "goal:spinning", "'goal:spinning' is no word"),
    "links in a circle": (BAND, "harder: []", "harder: [seated-turn]", "in a circle: band-turn > seated-turn"),
    "a link to itself": (TURN, "harder: [standing-turn]", "harder: [seated-turn]", "harder goes in a circle"),
    "a level that falls": (STANDING, "harder: [band-turn]", "harder: [seated-arch]", "its level 1 is below 2"),
    "easier that is not harder": (BAND, "harder: []", "harder: []\n§easier: [seated-turn]", "does not call this one"),
    "a dose outside its range": (TURN, "reps: 8", "reps: 13", "dose: reps 13 is outside the dynamic range (3-12)"),
    "a dose of another pattern": (TURN, "reps: 8", "reps: 8, breaths: 6", "dose: a dynamic dose has no breaths"),
    "a year to come": (REFERENCES, "year: 2019", "year: 2999", "year 2999 lies in the future"),
    "a wrong word": (TURN, "position: seated", "position: floating", "position: Input should be 'seated'"),
    "a goal of no weight": (TURN, "rotation: 3", "rotation: 4", "goals.rotation: Input should be less than"),
    "true for a number": (TURN, "level: 1", "level: true", "level: Input should be a valid integer"),
    "a number for words": (TURN, "name: Seated turn", "name: 12", "name: Input should be a valid string"),
    "no number at all": (GUIDE, "max: 40.5", "max: .inf", "measures.1.max: Input should be a valid number"),
    "a time of day for a number": (GUIDE, "max: 40.5", "max: 1:30.5", "measures.1.max: Input should be a valid"),
    "a cue too long to say": (
        TURN,
        "- Stay tall.",
        f"- {'Stay tall. ' * 9}",
        "cues.0.text: String should have at most 90",
    ),
    "a cue for a strain that the exercise lacks": (
        TURN,
        "- Stay tall.",
        '- {text: "Stay tall.", strain: hanging}',
        "the exercise has no strain 'hanging'",
    ),
    "too few steps": (
        TURN,
        "steps:\n  - Take the position and let both shoulders sink.",
        "§steps:",
        "steps: List should have",
    ),
    "a figure without a figure": (
        GUIDE,
        "name: angle\n      min: 20\n      max: 40.5",
        "§name: angle\n      min: null\n      max: null",
        "a measure needs min or max",
    ),
    "a figure upside down": (GUIDE, "name: angle\n      min: 20", "§name: angle\n      min: 50", "min is above max"),
    "a seat left out": (
        TURN,
        "equipment: [{any_of: [chair, bench]}]",
        "equipment: []",
        "a seated exercise needs a seat",
    ),
    "a hang without a bar": (
        STANDING,
        "standing\nequipment: []",
        "hanging\n§equipment: []",
        "hanging needs {any_of: [pullup_bar]}",
    ),
    "a file with another name": (TURN, "slug: seated-turn", "slug: seated-twist", "must be seated-twist.yaml"),
    "a slug misformed": (GUIDE, "slug: breathe-slowly", "slug: Breathe", "slug: String should match pattern"),
    "no YAML": (TURN, "family: seated-turn", "§\tfamily: seated-turn", "not YAML: found character"),
    "a recipe too short": (
        ROUTINES,
        "duration_s: 120",
        "duration_s: 29",
        "recipe: duration_s: Input should be greater",
    ),
    "a recipe with a stray field": (ROUTINES, "level: 1", "level: 1\n    §pace: 3", "recipe: pace: unknown field"),
    "a recipe for one person": (
        ROUTINES,
        "level: 1",
        "level: 1\n    §conditions: [wrist_pain]",
        "a recipe is for anybody: leave out conditions",
    ),
    "a recipe without goals": (
        ROUTINES,
        "recipe:\n    duration_s: 120\n    goals: ",
        "§recipe:\n    duration_s: 120\n    aims: ",
        "goals: req",
    ),
    "a recipe that cannot be built": (
        ROUTINES,
        "recipe:\n    duration_s: 120",
        "§recipe:\n    duration_s: 30",
        "no session can be",
    ),
}
"""What is wrong: the file, what stands there, what is put in its place, and what is said of the line with the `§`."""


def contents(data: Path) -> dict[str, bytes]:
    """Every file of the data folder that holds data."""
    return {path.name: path.read_bytes() for path in data.iterdir() if not path.name.endswith((".lock", "-shm"))}


@pytest.fixture
def refused(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Loads the folder, which must be refused without a change; what was printed."""

    def load() -> list[str]:
        before = contents(data)
        assert main(["seed", "--folder", str(folder)]) == 1
        assert contents(data) == before
        printed = capsys.readouterr()
        assert printed.out == ""
        *faults, last = printed.err.splitlines()
        assert last == f"{len(faults)} faults; nothing was changed"
        return faults

    return load


def test_the_folder_as_it_stands_is_well(folder: Path, data: Path) -> None:
    before = contents(data)
    assert main(["seed", "--folder", str(folder)]) == 0
    assert contents(data) == before


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_fault_is_told_with_its_line(
    file: str, old: str, new: str, message: str, edit: Edit, refused: Refused
) -> None:
    line = edit(file, old, new)
    faults = refused()
    assert any(fault.startswith(f"seed/{file}:{line}: ") and message in fault for fault in faults), faults


FILES = {
    "not UTF-8": (TURN, "name: Straße".encode("latin-1"), f"seed/{TURN}:1: not UTF-8 at byte 10"),
    "empty": (TURN, b"", f"seed/{TURN}:1: the file is empty"),
    "only a comment": (REFERENCES, b"# to come\n", f"seed/{REFERENCES}:1: the file is empty"),
    "a control character": (TURN, b"name: a\x07b", f"seed/{TURN}:1: not YAML: "),
    "a list for a record": (TURN, b"- slug: seated-turn", f"seed/{TURN}:1: this file holds one record, not a list"),
    "a record for a list": (GUIDE, b"slug: breathe", f"seed/{GUIDE}:1: this file holds a list of records"),
    "words for a record": (GUIDE, b"- breathe", f"seed/{GUIDE}:1: : Input should be a valid dictionary"),
    "two documents": (GUIDE, b"- a\n---\n- b\n", f"seed/{GUIDE}:2: not YAML: "),
    "not closed": (TURN, b"slug: a\naliases: [b, c\nname: d", f"seed/{TURN}:3: not YAML: "),
    "another ending": ("exercises/more.yml", b"", "seed/exercises/more.yml:1: would not be read"),
}


@pytest.mark.parametrize(("file", "content", "message"), FILES.values(), ids=list(FILES))
def test_a_file_that_cannot_be_read(file: str, content: bytes, message: str, folder: Path, refused: Refused) -> None:
    (folder / file).write_bytes(content)
    assert any(fault.startswith(message) for fault in refused())


def test_a_file_that_is_missing_does_not_bury_its_records(folder: Path, refused: Refused) -> None:
    (folder / REFERENCES).unlink()
    for path in (folder / "guidelines").iterdir():
        path.unlink()
    assert refused() == [
        "seed/guidelines:1: there is no guideline here",
        "seed/references.yaml:1: this file is missing; where it has no records, write []",
    ]


def test_a_folder_that_is_not_there(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed", "--folder", str(folder / "nowhere")]) == 1
    assert f"{folder / 'nowhere'}:1: there is no such folder" in capsys.readouterr().err


def test_links_that_are_not_mutual_are_told_at_the_one_that_says_more(edit: Edit, refused: Refused) -> None:
    edit(STANDING, "harder: [band-turn]", "harder: [band-turn]\neasier: []")
    line = edit(TURN, "harder: [standing-turn]", "harder: [standing-turn]")
    assert refused() == [f"seed/{TURN}:{line}: 'standing-turn' does not call this one easier"]


def test_all_faults_of_a_run_are_told_by_a_process_of_its_own(folder: Path, data: Path, edit: Edit) -> None:
    lines = {
        f"seed/{TURN}:{edit(TURN, 'reps: 8', 'reps: 30')}: dose: reps 30 is outside the dynamic range (3-12)",
        f"seed/{BAND}:{edit(BAND, 'reference: first-source', 'reference: x')}: there is no reference 'x'",
        f"seed/{REFERENCES}:{edit(REFERENCES, 'year: 2019', 'year: 2999')}: year 2999 lies in the future",
        f"seed/{ROUTINES}:{edit(ROUTINES, 'level: 1', 'pace: 1')}: recipe: pace: unknown field",
        f"seed/{SYNONYMS}:{edit(SYNONYMS, 'goal:rotation', 'goal:spin')}: 'goal:spin' is no word of the vocabulary",
    }
    before = contents(data)
    command = [sys.executable, "-m", "app", "seed", "--folder", str(folder)]
    done = subprocess.run(command, cwd=PROJECT_ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert set(done.stderr.splitlines()) == {*lines, "5 faults; nothing was changed"}
    assert contents(data) == before


def test_check_alone_tells_the_same_and_touches_no_database(
    folder: Path, edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THORACIC_DATA_DIR", str(tmp_path / "none"))
    line = edit(REFERENCES, "year: 2019", "year: 2999")
    assert main(["seed", "--check", "--folder", str(folder)]) == 1
    assert capsys.readouterr().err == f"seed/{REFERENCES}:{line}: year 2999 lies in the future\n"
    assert not (tmp_path / "none").exists()
