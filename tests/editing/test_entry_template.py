"""The file of a new exercise: it tells its own gaps, loads once they are filled, and text editors know its fields."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from app.__main__ import main
from app.changes.record_kind import RecordKind
from app.editing.entry_schema import write_entry_schema
from app.editing.overlay_files import check_overlay, read_overlay
from app.editing.seed_files import read_seed

SMALL = Path(__file__).parent / "seed"
SCHEMA = Draft202012Validator(write_entry_schema(RecordKind.EXERCISE))


def test_an_own_exercise_is_begun_filled_in_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "acme"
    begin = ["new", "exercise", "acme--wall-drill", "--folder", str(folder)]
    assert main(begin) == 0
    path = folder / "exercises" / "acme--wall-drill.yaml"
    text = path.read_text()
    first, *lines = text.splitlines()
    assert first == "# yaml-language-server: $schema=../exercise.schema.json"
    schema = Draft202012Validator(json.loads((path.parent / first.partition("=")[2]).read_text()))
    assert schema.is_valid(yaml.safe_load(text))
    gaps = [number for number, line in enumerate(lines, 2) if "TODO" in line and not line.startswith("#")]
    faults = read_overlay([folder])[1]
    assert [(fault.line, fault.message[:16]) for fault in faults] == [(line, "TODO stands here") for line in gaps]
    path.write_text(text.replace("TODO", "Say"))
    overlay, faults = read_overlay([folder])
    assert faults == check_overlay(read_seed(SMALL)[0], overlay, 2026) == []
    before = path.read_text()
    assert main(begin) == 1
    assert "exists: it is left as it is" in capsys.readouterr().err
    assert path.read_text() == before


def test_a_shared_exercise_is_begun_among_the_shared_ones(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "exercise", "open-arms", "--folder", str(folder)]) == 0
    path = folder / "exercises" / "open-arms.yaml"
    assert path.read_text().startswith("# yaml-language-server: $schema=../../openapi/exercise.schema.json")
    assert [fault for fault in read_seed(folder)[1] if "TODO" not in fault.message] == []
    assert main(["new", "exercise", "open-arms", "--folder", str(folder.parent)]) == 1
    assert main(["new", "exercise", "acme--drill"]) == 1
    told = capsys.readouterr().err
    assert "an own one begins with its partner: acme--open-arms" in told
    assert "acme--drill is a partner's own: name its folder" in told
    for slug in ("Open_arms", "a--b--c", "../up", "x" * 81):
        with pytest.raises(SystemExit):
            main(["new", "exercise", slug])


def test_the_schema_of_one_file_takes_exercises_and_nothing_else() -> None:
    exercise = yaml.safe_load((SMALL / "exercises" / "seated-turn.yaml").read_text())
    assert SCHEMA.is_valid(exercise)
    assert not SCHEMA.is_valid([exercise])
    wrong_values: tuple[dict[str, Any], ...] = ({"level": 6}, {"colour": "red"}, {"slug": "a--b--c"}, {"dose": {}})
    for wrong in wrong_values:
        assert not SCHEMA.is_valid(exercise | wrong), wrong
