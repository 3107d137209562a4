"""A service behind nginx, in the ways in which it is deployed."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.proxy.nginx import Proxy, find_free_port, run_nginx
from tests.server_process import run_server

StartProxy = Callable[..., AbstractContextManager[Proxy]]


@pytest.fixture
def data_folder(seeded_database: Path, tmp_path: Path) -> Path:
    """A data folder with the whole catalogue."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(seeded_database, folder / "thoracic.db")
    return folder


@pytest.fixture
def start_proxy(data_folder: Path, tmp_path: Path) -> StartProxy:
    """A function that runs a service with settings, and nginx with changes to the example; `{port}` is nginx's port."""

    @contextlib.contextmanager
    def start(changes: Mapping[str, str] | None = None, **settings: str) -> Iterator[Proxy]:
        port = find_free_port()
        filled = {name: value.format(port=port) for name, value in settings.items()}
        with (
            run_server(data_folder, **filled) as server,
            run_nginx(tmp_path / "nginx", port, server.port, changes) as proxy,
        ):
            yield proxy

    return start
