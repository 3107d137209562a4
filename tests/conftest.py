"""Fixtures of all tests: a seeded database, made once and copied for tests that write, and a client of the app."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from app.editing.seed import load_seed
from app.editor.example_edits import add_example_edits
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT, Settings
from app.partners.example_key import add_example_key
from app.webhooks.example_webhook import add_example_webhook
from tests.app_client import Client, start_clients
from tests.postgres import database, database_url, postgres  # noqa: F401

# Tests promise what is right, not how fast: a deadline fails on a busy machine. `make bench` measures speed.
hypothesis.settings.register_profile("no-deadline", deadline=None)
hypothesis.settings.load_profile("no-deadline")
# Processes that build are for the tests of them: every application of the others would start its own.
os.environ["THORACIC_BUILD_WORKERS"] = "0"


def ignore_progress(_: str) -> None:
    """Take a line of progress of the seed, and do nothing with it."""


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with catalogue and example key. A test that may write copies it first, as `settings` does."""
    path = tmp_path_factory.mktemp("seeded") / "thoracic.db"
    opened = Database(f"sqlite:///{path}")
    load_seed(opened, PROJECT_ROOT / "seed", ignore_progress)
    add_example_key(opened)
    add_example_edits(opened)
    add_example_webhook(opened)
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return path


def copy_database(seeded_database: Path, folder: Path) -> Path:
    """Copy the database with the whole catalogue into a folder and return the folder."""
    shutil.copy(seeded_database, folder / "thoracic.db")
    return folder


@pytest.fixture
def settings(seeded_database: Path, tmp_path: Path) -> Settings:
    """Settings with a database of the test's own that holds the whole catalogue."""
    return Settings(data_dir=copy_database(seeded_database, tmp_path), secret="a secret of the tests")


@pytest.fixture
def start_client() -> Iterator[Callable[[Settings], Client]]:
    """A function that starts an application over given settings; the application stops after the test."""
    yield from start_clients()


@pytest.fixture(scope="module")
def client(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One application for all tests of a module. They only read; building a session counts as reading."""
    folder = copy_database(seeded_database, tmp_path_factory.mktemp("served"))
    for start in start_clients():
        yield start(Settings(data_dir=folder, secret="a secret of the tests"))
