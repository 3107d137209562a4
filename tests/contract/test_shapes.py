"""Shapes that every generator of clients reads: no schema has a form that makes one of them write a wrong class."""

from collections.abc import Iterator
from typing import Any

import pytest


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


def _list_types(node: dict[str, Any]) -> set[str]:
    types = node.get("type", ())  # a property may be called "type", too: that is an object
    listed = {types} if isinstance(types, str) else set(types if isinstance(types, list) else ())
    for choice in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        listed |= {choice["$ref"]} if "$ref" in choice else _list_types(choice)
    return listed - {"null"}


CHECKS = {
    find_open_arrays: {"type": "array"},
    find_nested_arrays: {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
    find_choices_beside_properties: {"properties": {"a": {}}, "oneOf": [{"required": ["a"]}]},
    find_scalar_unions: {"anyOf": [{"type": "number"}, {"type": "boolean"}, {"type": "null"}]},
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_document_has_no_such_shape(document: dict[str, Any], check: Any) -> None:
    assert check(CHECKS[check]) == [""]
    assert check(document) == []
