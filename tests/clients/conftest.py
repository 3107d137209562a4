"""What the tests of generated clients share: a folder to generate in, the document, and a live server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kit.settings import PROJECT_ROOT
from tests.clients.tools import BUILD
from tests.server_process import run_server


@pytest.fixture(scope="session")
def document() -> Path:
    """The published OpenAPI document, copied to where the clients are generated."""
    return Path(shutil.copy(PROJECT_ROOT / "openapi" / "openapi.json", BUILD / "openapi.json"))


@pytest.fixture(scope="session")
def base_url(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with the whole catalogue."""
    folder = tmp_path_factory.mktemp("clients")
    shutil.copy(seeded_database, folder / "thoracic.db")
    with run_server(folder) as server:
        yield f"http://127.0.0.1:{server.port}"
