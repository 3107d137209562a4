"""The seed files, read without the application: what its answers are compared with."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SEED = Path(__file__).resolve().parents[2] / "seed"
Record = dict[str, Any]


def _read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _by_slug(records: list[Record]) -> dict[str, Record]:
    return {record["slug"]: record for record in sorted(records, key=lambda record: str(record["slug"]))}


@cache
def read_records(kind: str) -> dict[str, Record]:
    """Return the written records of `exercises`, `guidelines`, `references` or `routines`, in the order of slugs."""
    if kind == "exercises":
        return _by_slug([_read_yaml(path) for path in (SEED / kind).glob("*.yaml")])
    if kind == "guidelines":
        return _by_slug([record for path in (SEED / kind).glob("*.yaml") for record in _read_yaml(path)])
    return _by_slug(_read_yaml(SEED / f"{kind}.yaml"))
