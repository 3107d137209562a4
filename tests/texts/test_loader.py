"""Texts are loaded in their declared shape, and every fault names its line."""

from pathlib import Path
from typing import Annotated, Literal

import pytest

import app.main
from app.texts.loader import LANGUAGE, TEXTS_FOLDER, EveryKey, TextFile, check_texts, load_texts, read_texts
from app.texts.templates import Fields, PluralTemplate, Template, Text

Colour = Literal["red", "blue"]


class SampleTexts(TextFile):
    file_name = "sample.yaml"
    title: Text
    sentence: Annotated[Template, Fields("name", "seconds")]
    rest: Annotated[PluralTemplate, Fields("count")]
    labels: Annotated[dict[Colour, Text], EveryKey(Colour)]


RIGHT = """title: A title
sentence: "{name} takes {seconds} s."
rest:
  one: One more.
  other: "{count} more."
labels:
  red: Red
  blue: Blue
"""


def write(tmp_path: Path, text: str) -> Path:
    (tmp_path / "sample.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_texts_have_the_declared_shape(tmp_path: Path) -> None:
    texts, faults = read_texts(SampleTexts, write(tmp_path, RIGHT))
    assert faults == []
    assert texts is not None
    assert texts.sentence.fill(name="Open book", seconds=30) == "Open book takes 30 s."
    assert [texts.rest.fill(count) for count in (1, 2)] == ["One more.", "2 more."]
    assert texts.labels == {"red": "Red", "blue": "Blue"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: A title", 'title: ""', 1, "at least 1 character"),
        ("title: A title", "title: 3", 1, "valid string"),
        ("title: A title", 'title: "A {name}"', 1, "no fields in braces"),
        ("  red: Red", "  red: yes", 7, "valid string"),
        ("title: A title", "title: A\ntitle: B", 2, "stands twice"),
        ("title: A title", "titel: A title", 1, "required"),
        ("{seconds}", "{second}", 2, "unknown field {second}; field {seconds} is missing"),
        ("{seconds}", "{seconds:>3}", 2, "plain name"),
        ("{seconds}", "{0}", 2, "plain name"),
        ("{count} more", "{number} more", 3, "unknown field {number}"),
        ("  blue: Blue\n", "", 6, "missing: blue"),
        ("  blue: Blue", "  green: Green", 8, "'red' or 'blue'"),
        ("title: A title", "other: x\ntitle: A title", 1, "unknown field"),
        ("rest:", "rest: [", 3, "not YAML"),
    ],
)
def test_a_fault_names_its_file_line_and_reason(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in RIGHT
    _, faults = read_texts(SampleTexts, write(tmp_path, RIGHT.replace(old, new, 1)))
    assert any(message in fault.message for fault in faults), faults
    if "not YAML" not in message:
        assert line in {fault.line for fault in faults if message in fault.message}
    assert all(fault.file.endswith("sample.yaml") for fault in faults)


def test_a_missing_file_and_a_stray_file_are_faults(tmp_path: Path) -> None:
    (tmp_path / "stray.yaml").write_text("a: b")
    faults = check_texts([SampleTexts], tmp_path)
    assert [(Path(fault.file).name, fault.message) for fault in faults] == [
        ("sample.yaml", "cannot be read: No such file or directory"),
        ("stray.yaml", "nothing uses this file"),
    ]


def test_every_file_of_texts_is_declared_and_fits() -> None:
    declared = {shape for shape in TextFile.__subclasses__() if shape.__module__.startswith("app.")}
    assert set(app.main.TEXT_FILES) == declared
    assert check_texts(app.main.TEXT_FILES) == []


def test_texts_are_loaded_once() -> None:
    shape = app.main.TEXT_FILES[0]
    assert load_texts(shape) is load_texts(shape)
    assert (TEXTS_FOLDER / LANGUAGE / shape.file_name).is_file()
