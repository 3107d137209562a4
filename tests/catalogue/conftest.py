"""A snapshot of the seeded catalogue, for tests of what is made from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.catalogue.served_catalogue import load_served_catalogue
from app.catalogue.snapshot import Snapshot
from app.kit.database import Database


@pytest.fixture(scope="module")
def snapshot(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("snapshot") / "thoracic.db"
    shutil.copy(seeded_database, path)
    database = Database(f"sqlite:///{path}")
    yield load_served_catalogue(database).shared
    database.close()
