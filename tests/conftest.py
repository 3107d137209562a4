"""What tests share: a seeded database made once, copied for whoever writes, and a client that speaks to the app."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.editing.seed import load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT, Settings
from tests.postgres import address, database, postgres  # noqa: F401
from tests.serving import Client, clients


def say_nothing(_: str) -> None:
    """For the seed: no progress."""


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the whole catalogue. Copy it before writing: see `settings`."""
    path = tmp_path_factory.mktemp("seeded") / "thoracic.db"
    made = Database(f"sqlite:///{path}")
    load_seed(made, PROJECT_ROOT / "seed", say_nothing)
    with made.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    made.close()
    return path


@pytest.fixture
def settings(seeded: Path, tmp_path: Path) -> Settings:
    """Settings over a database of the test's own, the catalogue loaded."""
    shutil.copy(seeded, tmp_path / "thoracic.db")
    return Settings(data_dir=tmp_path, secret="a secret of the tests")


@pytest.fixture
def start_client() -> Iterator[Callable[[Settings], Client]]:
    """Starts an application over given settings; it ends with the test."""
    yield from clients()


@pytest.fixture(scope="module")
def client(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One application for the tests of a module that only read (building a session is fine)."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(seeded, folder / "thoracic.db")
    for start in clients():
        yield start(Settings(data_dir=folder, secret="a secret of the tests"))
