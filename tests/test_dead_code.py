"""Every name of the service is used by the service, as vulture sees it; a use by tests alone does not count."""

from pathlib import Path

import pytest
from vulture import Vulture
from vulture.core import Item

from app.kit.settings import PROJECT_ROOT

pytestmark = pytest.mark.check  # it takes eight seconds, and `make check` runs it

CODE_FOLDERS = ("app", "benchmarks", "migrations")
CALLED_BY_DECORATOR = [
    "@router.*",
    "@messages.*",
    "@app.*",
    "@field_validator",
    "@model_validator",
    "@field_serializer",
]
USED_ELSEWHERE = {
    "branch_labels": "Alembic reads it",
    "depends_on": "Alembic reads it",
    "down_revision": "Alembic reads it",
    "data_received": "asyncio calls it",
    "on_chunk_header": "httptools calls it",
    "naming_convention": "SQLAlchemy reads it",
    "process_bind_param": "SQLAlchemy calls it",
    "process_result_value": "SQLAlchemy calls it",
    "ignore_aliases": "PyYAML calls it",
    "PROP_KINDS": "tests compare the documentation of poses with it",
    "any_request": "tests draw requests with it",
    "brute_force_optimum": "tests compare the solver with it",
    "PlanScore": "tests compare the builder with it",
}
"""Names that vulture calls unused, each with who uses it."""


def is_field(item: Item) -> bool:
    """Whether it is a field of a class: of public JSON, a row or a text, which clients and libraries read."""
    line = Path(item.filename).read_text().splitlines()[item.first_lineno - 1]
    return item.typ in ("variable", "attribute") and line.startswith(" ")


def find_unused() -> list[Item]:
    vulture = Vulture(ignore_decorators=CALLED_BY_DECORATOR)
    vulture.scavenge([PROJECT_ROOT / folder for folder in CODE_FOLDERS])
    return [item for item in vulture.get_unused_code() if not is_field(item)]


def test_every_name_is_used() -> None:
    unused = [item for item in find_unused() if item.name not in USED_ELSEWHERE]
    assert [f"{Path(item.filename).relative_to(PROJECT_ROOT)}:{item.first_lineno} {item.name}" for item in unused] == []


def test_every_exception_is_needed() -> None:
    assert USED_ELSEWHERE.keys() <= {item.name for item in find_unused()}
