"""The seed files as they stand, read by nothing of the application: what its answers are held against."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SEED = Path(__file__).resolve().parents[2] / "seed"
Record = dict[str, Any]


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _by_slug(records: list[Record]) -> dict[str, Record]:
    return {one["slug"]: one for one in sorted(records, key=lambda one: str(one["slug"]))}


@cache
def records(kind: str) -> dict[str, Record]:
    """All written records of `exercises`, `guidelines`, `references` or `routines`, in the order of their slugs."""
    if kind == "exercises":
        return _by_slug([_read(path) for path in (SEED / kind).glob("*.yaml")])
    if kind == "guidelines":
        return _by_slug([one for path in (SEED / kind).glob("*.yaml") for one in _read(path)])
    return _by_slug(_read(SEED / f"{kind}.yaml"))
