"""HAProxy with the configuration of the repository, on sockets in a folder."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from app.kit.settings import PROJECT_ROOT

CONFIGURATION = PROJECT_ROOT / "deploy" / "haproxy.cfg"
SOCKET_NAME = ".s.PGSQL.5432"
"""Under this name PostgreSQL's clients look for a socket in a folder."""
TIMEOUT_S = 20


class DatabaseProxy:
    """A running HAProxy: the folders in which the sockets for writes and for reads are."""

    def __init__(self, folder: Path) -> None:
        self.write_folder, self.read_folder = folder / "write", folder / "read"

    def database_url(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.write_folder}"

    def read_url(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.read_folder}"

    def wait_until_ready(self) -> None:
        """Return when writes reach a primary, and reads a standby."""
        deadline = time.monotonic() + TIMEOUT_S
        while not (_ask(self.write_folder) is False and _ask(self.read_folder) is True):
            assert time.monotonic() < deadline, "HAProxy finds no primary or no standby"
            time.sleep(0.05)


def _ask(folder: Path) -> bool | None:
    """Return whether the server behind a socket is a standby; None where there is no server."""
    with contextlib.suppress(psycopg.OperationalError):
        with psycopg.connect(f"host={folder} user=tests dbname=postgres") as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        return bool(row and row[0])
    return None


@contextlib.contextmanager
def run_haproxy(folder: Path, server_folders: tuple[Path, Path]) -> Iterator[DatabaseProxy]:
    """Run HAProxy in front of two PostgreSQL servers, whose sockets are in these folders."""
    program = shutil.which("haproxy")
    assert program, "haproxy is missing: on Debian, apt-get install haproxy"
    proxy = DatabaseProxy(folder)
    addresses = {
        "WRITE_ADDRESS": proxy.write_folder / SOCKET_NAME,
        "READ_ADDRESS": proxy.read_folder / SOCKET_NAME,
        "FIRST_SERVER": server_folders[0] / SOCKET_NAME,
        "SECOND_SERVER": server_folders[1] / SOCKET_NAME,
    }
    for place in (proxy.write_folder, proxy.read_folder):
        place.mkdir()
    environment = os.environ | {name: f"unix@{path}" for name, path in addresses.items()}
    with (folder / "haproxy.log").open("w") as log:
        process = subprocess.Popen([program, "-db", "-f", CONFIGURATION], env=environment, stdout=log, stderr=log)
    try:
        proxy.wait_until_ready()
        yield proxy
    finally:
        process.terminate()
        process.wait(TIMEOUT_S)
