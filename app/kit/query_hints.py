"""Hints for a list in the form of another service, and the parts of a name."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
"""The words of a name in any spelling: `level_max`, `levelMax`, `max-level`."""
LIST_FORM = "Repeat the parameter for each value, such as {example}."


def split_name(name: str) -> list[str]:
    """Return the words of a name in small letters: `level` and `max` for `level_max`, `levelMax` and `Level-Max`."""
    return [part.lower() for part in NAME_PARTS.findall(name)]


def base_of_brackets(name: str) -> str | None:
    """Return `goal` for `goal[]` and `goal[0]`, which is how other services name the items of a list; else None."""
    base, bracket, _ = name.partition("[")
    return base if bracket and name.endswith("]") else None


def split_commas(value: Any) -> list[str]:
    """Return the items of a list with commas; one item, or none, where `value` is no such list."""
    return [item.strip() for item in value.split(",")] if isinstance(value, str) else []


def describe_list_form(name: str, items: Sequence[str], item_schema: dict[str, Any], example: Sequence[str]) -> str:
    """Return how to send a list: with the client's own items where all are valid, else with an example.

    An item is repeated only where the contract knows it: what a person sends may be private.
    """
    shown = items if items and all(_is_valid(item, item_schema) for item in items) else example
    return LIST_FORM.format(example="&".join(f"{name}={quote(item)}" for item in shown))


def _is_valid(item: str, schema: dict[str, Any]) -> bool:
    if "enum" in schema:
        return item in schema["enum"]
    return "pattern" in schema and re.search(schema["pattern"], item) is not None and len(item) <= schema["maxLength"]
