"""Names that stand twice in one object of a JSON body: JSON readers keep the last value and hide the first."""

import json
from typing import Any


class _DuplicateKey(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


def first_duplicate_key(body: bytes) -> str | None:
    """Return the first duplicate name, or None; also None for what is no JSON, which the reader of the body rejects."""
    try:
        json.loads(body, object_pairs_hook=_reject_duplicates)
    except _DuplicateKey as duplicate:
        return duplicate.name
    except (ValueError, RecursionError):
        return None
    return None


def _reject_duplicates(pairs: list[tuple[str, Any]]) -> None:
    seen_names: set[str] = set()
    for name, _ in pairs:
        if name in seen_names:
            raise _DuplicateKey(name)
        seen_names.add(name)
