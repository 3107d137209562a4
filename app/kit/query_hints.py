"""Hints for what is almost right: a name that is close to a known one, and a list in the form of another service."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from rapidfuzz import fuzz, process

MIN_NAME_SIMILARITY = 60.0
"""Percent of letters in common, from which a name counts as meant."""
NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
"""The words of a name in any spelling: `level_max`, `levelMax`, `max-level`."""
LIST_FORM = "Repeat the parameter for each value, such as {example}."


def suggest_name(name: str, known_names: Iterable[str]) -> str | None:
    """Return the known name that is probably meant by `name`; None where none is close."""
    known = {_normalise(known_name): known_name for known_name in known_names}
    match = process.extractOne(_normalise(name), known.keys(), scorer=fuzz.ratio, score_cutoff=MIN_NAME_SIMILARITY)
    return None if match is None else known[match[0]]


def _normalise(name: str) -> str:
    """Return the words of a name in one order and case: neither the style nor the order tells names apart."""
    return "".join(sorted(part.lower() for part in NAME_PARTS.findall(name)))


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
    own = items if items and all(_is_valid(item, item_schema) for item in items) else example
    return LIST_FORM.format(example="&".join(f"{name}={quote(item)}" for item in own))


def _is_valid(item: str, schema: dict[str, Any]) -> bool:
    if "enum" in schema:
        return item in schema["enum"]
    return "pattern" in schema and re.search(schema["pattern"], item) is not None and len(item) <= schema["maxLength"]
