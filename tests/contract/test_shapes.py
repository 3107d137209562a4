"""Shapes that every generator of clients reads: no schema has a form that makes one of them write a wrong class."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.contract.document import list_operations


def list_nodes(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object of the document with its path, but for examples, which are no schemas."""
    if isinstance(node, dict):
        yield path, node
        for name, value in node.items():
            if name not in ("example", "examples"):
                yield from list_nodes(value, f"{path}/{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from list_nodes(value, f"{path}/{index}")


def find_open_arrays(document: Any) -> list[str]:
    """Return where an array does not say of what: one generator drops the whole schema."""
    return [path for path, node in list_nodes(document) if node.get("type") == "array" and not node.get("items")]


def find_nested_arrays(document: Any) -> list[str]:
    """Return where an array holds arrays: generators name a class for the inner one that does not exist."""
    arrays = [(path, node) for path, node in list_nodes(document) if node.get("type") == "array"]
    return [path for path, node in arrays if "array" in node.get("items", {}).get("type", ())]


def find_choices_beside_properties(document: Any) -> list[str]:
    """Return where a choice stands beside properties: generators write a class without fields."""
    return [path for path, node in list_nodes(document) if "properties" in node and {"oneOf", "anyOf"} & node.keys()]


def find_scalar_unions(document: Any) -> list[str]:
    """Return where a value may be of two types (null is none): generators write an empty class."""
    return [path for path, node in list_nodes(document) if len(_list_types(node)) > 1]


def find_choices_beside_null(document: Any) -> list[str]:
    """Return where a value that may be null is a choice, but for a choice of a named schema and null."""
    choices = [(path, node["anyOf"]) for path, node in list_nodes(document) if isinstance(node.get("anyOf"), list)]
    return [path for path, choice in choices if len(choice) != 2 or not any("$ref" in option for option in choice)]


def find_parameters_that_say_null(document: Any) -> list[str]:
    """Return the parameters that may be null, which no address can say: they are absent."""
    nodes = [(path, node) for path, node in list_nodes(document) if "in" in node and "schema" in node]
    return [path for path, node in nodes if "null" in node["schema"].get("type", ()) or "anyOf" in node["schema"]]


def find_inline_word_lists(document: Any) -> list[str]:
    """Return where words are listed beside the named schemas: generators write a class for each place."""
    lists = [
        path
        for path, node in list_nodes(document)
        if isinstance(node.get("enum"), list) or isinstance(node.get("const"), str)
    ]
    return [path for path in lists if not re.fullmatch(r"/components/schemas/\w+", path)]


def find_file_name_conflicts(names: Iterable[str]) -> list[str]:
    """Return the schemas whose file would replace another one, or the index of the folder, on macOS and Windows."""
    times = Counter(name.lower() for name in names)
    return [name for name in names if times[name.lower()] > 1 or name.lower() in INDEX_FILES]


def _list_types(node: dict[str, Any]) -> set[str]:
    types = node.get("type", ())  # a property may be called "type", too: that is an object
    listed = {types} if isinstance(types, str) else set(types if isinstance(types, list) else ())
    for choice in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        listed |= {choice["$ref"]} if "$ref" in choice else _list_types(choice)
    return listed - {"null"}


INDEX_FILES = ("index", "main", "mod", "init", "models", "schemas")
"""Names that generators give to the file that exports all others."""
CHECKS = {
    find_open_arrays: {"type": "array"},
    find_nested_arrays: {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
    find_choices_beside_properties: {"properties": {"a": {}}, "oneOf": [{"required": ["a"]}]},
    find_inline_word_lists: {"enum": ["left", "right"]},
    find_choices_beside_null: {"anyOf": [{"type": "string"}, {"type": "null"}]},
    find_parameters_that_say_null: {"in": "query", "schema": {"type": ["string", "null"]}},
    find_scalar_unions: {"anyOf": [{"type": "number"}, {"type": "boolean"}, {"type": "null"}]},
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_document_has_no_such_shape(document: dict[str, Any], check: Any) -> None:
    assert check(CHECKS[check]) == [""]
    assert check(document) == []


def test_every_schema_has_a_file_of_its_own(document: dict[str, Any]) -> None:
    assert find_file_name_conflicts(["Index", "Goal", "GOAL", "Side"]) == ["Index", "Goal", "GOAL"]
    assert find_file_name_conflicts(document["components"]["schemas"]) == []


def find_objects(document: dict[str, Any], roots: Any) -> dict[str, dict[str, Any]]:
    """Return the objects that `roots` lead to, by the name of their schema."""
    found: dict[str, dict[str, Any]] = {}
    waiting = [roots]
    while waiting:
        for _, node in list_nodes(waiting.pop()):
            kind, _, name = str(node.get("$ref", "")).rpartition("/")
            if kind.endswith("schemas") and name not in found:
                found[name] = document["components"]["schemas"][name]
                waiting.append(found[name])
    return {name: schema for name, schema in found.items() if "properties" in schema}


def test_answers_are_open_and_requests_are_closed(document: dict[str, Any]) -> None:
    operations = list_operations(document)
    received = find_objects(document, [operation.spec["responses"] for operation in operations])
    sent = find_objects(document, [operation.spec.get("requestBody", {}) for operation in operations])
    assert len(received) > 40
    assert len(sent) > 10
    assert received.keys() & sent.keys() == set()
    closed = [path for path, node in list_nodes(received) if node.get("additionalProperties") is False]
    assert closed == []
    assert [name for name, schema in sent.items() if schema.get("additionalProperties") is not False] == []


def test_every_object_has_a_name(document: dict[str, Any]) -> None:
    """Generators make up names for objects without one, and change them when another is added."""
    paths = [
        path for path, node in list_nodes(document) if "properties" in node and isinstance(node["properties"], dict)
    ]
    assert [path for path in paths if path.count("/") != 3] == []


def test_every_length_of_a_request_may_be_in_inches(document: dict[str, Any]) -> None:
    sent = find_objects(document, [operation.spec.get("requestBody", {}) for operation in list_operations(document)])
    names = {name: list(schema["properties"]) for name, schema in sent.items()}
    lengths = [(name, field) for name, fields in names.items() for field in fields if field.endswith("_cm")]
    assert len(lengths) > 15
    assert [(name, field) for name, field in lengths if field.removesuffix("_cm") + "_in" not in names[name]] == []
