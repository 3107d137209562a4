"""One application for all tests of the exports: they only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kit.settings import Settings
from tests.app_client import Client, start_clients
from tests.conftest import copy_database


@pytest.fixture(scope="package")
def client(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """As the fixture of the same name for a module, but started once for the package."""
    folder = copy_database(seeded_database, tmp_path_factory.mktemp("exports"))
    for start in start_clients():
        yield start(Settings(data_dir=folder, secret="a secret of the tests"))
