"""Reads YAML with the line of every value, and refuses what YAML itself would let pass."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

Place = tuple[str | int, ...]
"""The way to a value: keys and indexes from the top of the file."""


class Fault(NamedTuple):
    """What is wrong, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Parsed(NamedTuple):
    """A file's value, the line of each value in it, and what was wrong with it as YAML."""

    name: str
    value: Any
    lines: dict[Place, int]
    faults: list[Fault]

    def fault(self, place: Place, message: str) -> Fault:
        """A fault at `place`, or at the nearest thing above it that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return Fault(self.name, self.lines.get(place, 1), message)


def parse(path: Path, name: str) -> Parsed:
    """The file at `path`; `name` is what faults call it."""
    parsed = Parsed(name, None, {}, [])
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        return parsed._replace(faults=[Fault(name, 1, f"not UTF-8 at byte {error.start}")])
    except OSError as error:
        return parsed._replace(faults=[Fault(name, 1, f"cannot be read: {error.strerror}")])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return parsed._replace(faults=[Fault(name, line, f"not YAML: {error.problem}")])
    except yaml.YAMLError as error:
        return parsed._replace(faults=[Fault(name, 1, f"not YAML: {' '.join(str(error).split())}")])
    if node is None:
        return parsed._replace(faults=[Fault(name, 1, "the file is empty")])
    return parsed._replace(value=_value(node, (), parsed))


def _value(node: yaml.Node, place: Place, parsed: Parsed) -> Any:
    parsed.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, parsed)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, index), parsed) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node)


def _mapping(node: yaml.MappingNode, place: Place, parsed: Parsed) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            line = key_node.start_mark.line + 1
            parsed.faults.append(Fault(parsed.name, line, f"{key!r} stands twice here; the second would win silently"))
        found[key] = _value(value_node, (*place, key), parsed)
        parsed.lines[(*place, key)] = key_node.start_mark.line + 1
    return found


def _scalar(node: yaml.ScalarNode) -> Any:
    """The words and numbers that the records need; a date or 12:30 unquoted stays the text that it looks like."""
    kind = node.tag.rsplit(":", 1)[-1]
    text: str = node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "int" and text.lstrip("+-").isdigit():
        return int(text)
    if kind == "float":
        return _number(text)
    return text


def _number(text: str) -> float | str:
    """YAML also calls 1:30.5 and .inf numbers; here they stay text, which no field for a number takes."""
    try:
        return float(text)
    except ValueError:
        return text
