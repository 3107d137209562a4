"""Names that stand twice in one object of a JSON body: the last would win in silence and hide the first."""

import json
from typing import Any


class _Twice(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


def repeated_name(body: bytes) -> str | None:
    """The first such name; null where there is none, and where this is no JSON: what reads it says so."""
    try:
        json.loads(body, object_pairs_hook=_once)
    except _Twice as found:
        return found.name
    except (ValueError, RecursionError):
        return None
    return None


def _once(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise _Twice(name)
        seen.add(name)
