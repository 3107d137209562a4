"""Reads YAML files with the line of every value, and refuses what YAML itself would let pass."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

YamlPath = tuple[str | int, ...]
"""The path to a value: keys and indexes from the top of the file."""


def to_json_pointer(path: YamlPath) -> str:
    """Return a path as a JSON Pointer (RFC 6901): `/steps/0`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


class FileFault(NamedTuple):
    """What is wrong in a file, and where. `pointer` is the JSON Pointer of the value within its document."""

    file: str
    line: int
    message: str
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class YamlDocument(NamedTuple):
    """The value of a file, the line of each value in it, and its faults as YAML."""

    name: str
    value: Any
    lines: dict[YamlPath, int]
    faults: list[FileFault]

    def fault(self, yaml_path: YamlPath, message: str) -> FileFault:
        """Return a fault at `yaml_path`, or at the nearest enclosing value that has a line."""
        pointer = to_json_pointer(yaml_path)
        while yaml_path and yaml_path not in self.lines:
            yaml_path = yaml_path[:-1]
        return FileFault(self.name, self.lines.get(yaml_path, 1), message, pointer)


def read_yaml(path: Path, name: str) -> YamlDocument:
    """Return the document at `path`; `name` is how its faults call it. Raises nothing: faults are listed."""
    document = YamlDocument(name, None, {}, [])
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        return document._replace(faults=[FileFault(name, 1, f"not UTF-8 at byte {error.start}")])
    except OSError as error:
        return document._replace(faults=[FileFault(name, 1, f"cannot be read: {error.strerror}")])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return document._replace(faults=[FileFault(name, line, f"not YAML: {error.problem}")])
    except yaml.YAMLError as error:
        return document._replace(faults=[FileFault(name, 1, f"not YAML: {' '.join(str(error).split())}")])
    if node is None:
        return document._replace(faults=[FileFault(name, 1, "the file is empty")])
    alias_line = _find_alias(node)
    if alias_line is not None:
        message = "an anchor is used more than once (&name, *name): write the value out"
        return document._replace(faults=[FileFault(name, alias_line, message)])
    return document._replace(value=_convert_node(node, (), document))


def describe_error(error: dict[str, Any]) -> str:
    """Return one of Pydantic's errors in a line."""
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{name}: unknown field"
    if error["type"] == "missing":
        return f"{name}: required"
    return f"{name}: {error['msg']} (got {str(error['input'])[:60]!r})"


def _find_alias(root: yaml.Node) -> int | None:
    """Return the line of a value that stands in several places; None where there is none.

    Anchors in anchors make gigabytes of a few lines, and one inside of itself never ends.
    """
    seen, waiting = set[int](), [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            line: int = node.start_mark.line + 1
            return line
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [child for pair in node.value for child in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return None


def _convert_node(node: yaml.Node, yaml_path: YamlPath, document: YamlDocument) -> Any:
    document.lines[yaml_path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, yaml_path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_convert_node(child, (*yaml_path, index), document) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _convert_scalar(node)


def _convert_mapping(node: yaml.MappingNode, yaml_path: YamlPath, document: YamlDocument) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in mapping:
            message = f"{key!r} stands twice here; the second would win silently"
            document.faults.append(FileFault(document.name, key_node.start_mark.line + 1, message))
        mapping[key] = _convert_node(value_node, (*yaml_path, key), document)
        document.lines[(*yaml_path, key)] = key_node.start_mark.line + 1
    return mapping


def _convert_scalar(node: yaml.ScalarNode) -> Any:
    """Return the words and numbers that records need; an unquoted date or 12:30 stays the text that it looks like."""
    kind = node.tag.rsplit(":", 1)[-1]
    text: str = node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "int" and text.lstrip("+-").isdigit():
        return int(text)
    if kind == "float":
        return _convert_number(text)
    return text


def _convert_number(text: str) -> float | str:
    """YAML also calls 1:30.5 and .inf numbers; here they stay text, which no field for a number takes."""
    try:
        return float(text)
    except ValueError:
        return text
