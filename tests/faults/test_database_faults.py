"""The database is away, hangs, is locked, full, read-only or deleted under load: who is answered, and how it heals.

`make faults` runs this. FAULT_SECONDS is how long each fault lasts.
"""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import copy_database
from tests.faults.traffic import Answer, Traffic, summarise
from tests.postgres import Postgres
from tests.server_process import ServerProcess, run_server

pytestmark = pytest.mark.faults
FAULT_S = float(os.environ.get("FAULT_SECONDS", "5"))
MAX_ANSWER_S = 2.0
MAX_RECOVERY_S = 5.0
Fault = Callable[[], "contextlib.AbstractContextManager[None]"]


def observe(server: ServerProcess, fault: Fault, name: str) -> dict[str, list[Answer]]:
    """Send requests before, during and after a fault. Check what holds for all faults, and return what was answered."""
    with Traffic(server) as traffic:
        time.sleep(1.0)
        begun_at = time.monotonic()
        with fault():
            settled_at = time.monotonic()
            time.sleep(FAULT_S)
            ended_at = time.monotonic()
        recovery_s = traffic.wait_until_recovered(time.monotonic())
        time.sleep(0.5)
    during, always = traffic.between(settled_at, ended_at), traffic.between(0, float("inf"))
    print(f"\n{name}, for {ended_at - begun_at:.0f} s; recovered after {recovery_s:.2f} s\n{summarise(during)}")
    for kind in ("snapshot", "workstation"):
        assert {answer.status for answer in always[kind]} == {200}, kind
    for kind, answers in always.items():
        assert {answer.status for answer in answers} <= {200, 201, 503}, kind
        bounded = [answer.seconds for answer in answers if answer.status == 503 or kind == "snapshot"]
        assert max(bounded, default=0.0) < MAX_ANSWER_S, kind
    assert all(answer.status in (200, 201) for kind in ("build", "alternatives") for answer in always[kind])
    assert recovery_s < MAX_RECOVERY_S
    return during


def is_degraded(during: dict[str, list[Answer]]) -> bool:
    """Whether builds were not stored, and readiness said so, from the first second on."""
    unstored = [answer for answer in (*during["build"], *during["alternatives"]) if answer.is_stored is False]
    unready = [answer for answer in during["readyz"] if answer.status == 503]
    return bool(unstored) and bool(unready) and during["readyz"][-1].status == 503


# SQLite


@pytest.fixture
def sqlite_server(seeded_database: Path, tmp_path: Path) -> Iterator[ServerProcess]:
    with run_server(copy_database(seeded_database, tmp_path), build_workers=2) as server:
        yield server


def test_the_file_is_locked(sqlite_server: ServerProcess, tmp_path: Path) -> None:
    @contextlib.contextmanager
    def locked() -> Iterator[None]:
        with contextlib.closing(sqlite3.connect(tmp_path / "thoracic.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    during = observe(sqlite_server, locked, "SQLite: locked by another program")
    assert is_degraded(during)
    assert {answer.status for answer in during["stored session"]} == {200}


def test_the_file_is_deleted_and_comes_back(sqlite_server: ServerProcess, tmp_path: Path) -> None:
    @contextlib.contextmanager
    def deleted() -> Iterator[None]:
        path = tmp_path / "thoracic.db"
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        yield
        assert not path.exists(), "an empty database was made in its place"
        (tmp_path / "backup.db").rename(path)

    during = observe(sqlite_server, deleted, "SQLite: file deleted, later restored from a copy")
    assert is_degraded(during)


def test_the_disk_is_full(seeded_database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("mounting needs root")

    @contextlib.contextmanager
    def full() -> Iterator[None]:
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        yield
        filler.unlink()

    try:
        shutil.copy(seeded_database, folder / "thoracic.db")
        # The log of the server is not on that disk: its lines would be cut off.
        with run_server(tmp_path, data_dir=folder, build_workers=2) as server:
            during = observe(server, full, "SQLite: disk full")
            assert is_degraded(during)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # the fork server ends a moment later


# PostgreSQL


@pytest.fixture
def postgres_server(postgres: Postgres, tmp_path: Path) -> Iterator[ServerProcess]:
    name = postgres.create_database()
    with run_server(tmp_path, database_url=postgres.database_url(name), seed="if-empty", build_workers=2) as server:
        server.database_name = name  # type: ignore[attr-defined]
        before = count_connections(postgres, name)
        yield server
        time.sleep(0.5)
        after = count_connections(postgres, name)
        print(f"  connections before {before}, after {after}")
        # The pool keeps five, the watcher one.
        assert after <= max(before, 6)
    postgres.recycle_database(name)


def count_connections(postgres: Postgres, name: str) -> int:
    return int(postgres.query("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", parameters=(name,)))


def test_the_server_is_stopped(postgres: Postgres, postgres_server: ServerProcess) -> None:
    @contextlib.contextmanager
    def stopped() -> Iterator[None]:
        postgres.stop()
        yield
        postgres.run()

    during = observe(postgres_server, stopped, "PostgreSQL: stopped, later started")
    assert is_degraded(during)
    assert {answer.status for answer in during["stored session"]} == {503}


def test_the_server_restarts_at_once(postgres: Postgres, postgres_server: ServerProcess) -> None:
    @contextlib.contextmanager
    def restarted() -> Iterator[None]:
        postgres.stop()
        postgres.run()
        yield

    observe(postgres_server, restarted, "PostgreSQL: restarted at once, with recovery")


def test_the_server_hangs(postgres: Postgres, postgres_server: ServerProcess) -> None:
    @contextlib.contextmanager
    def hanging() -> Iterator[None]:
        processes = postgres.list_processes()
        for process_id in processes:
            os.kill(process_id, signal.SIGSTOP)
        yield
        for process_id in processes:
            os.kill(process_id, signal.SIGCONT)

    during = observe(postgres_server, hanging, "PostgreSQL: hangs (SIGSTOP)")
    assert is_degraded(during)


@pytest.mark.parametrize("table", ["session", "serial"])
def test_a_table_is_locked(postgres: Postgres, postgres_server: ServerProcess, table: str) -> None:
    name = postgres_server.database_name  # type: ignore[attr-defined]

    @contextlib.contextmanager
    def locked() -> Iterator[None]:
        with psycopg.connect(f"host={postgres.folder} user=tests dbname={name}") as other:
            other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
            yield
            other.rollback()

    during = observe(postgres_server, locked, f"PostgreSQL: table {table} locked")
    if table == "session":
        assert is_degraded(during)


def test_it_can_only_be_read(postgres: Postgres, postgres_server: ServerProcess) -> None:
    name = postgres_server.database_name  # type: ignore[attr-defined]
    terminate = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"

    @contextlib.contextmanager
    def read_only() -> Iterator[None]:
        postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        postgres.execute(terminate)
        yield
        postgres.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        postgres.execute(terminate)

    during = observe(postgres_server, read_only, "PostgreSQL: read-only")
    assert is_degraded(during)
    assert during["stored session"][-1].status == 200


def test_all_connections_are_taken(postgres: Postgres, postgres_server: ServerProcess) -> None:
    name = postgres_server.database_name  # type: ignore[attr-defined]

    @contextlib.contextmanager
    def taken() -> Iterator[None]:
        address = f"host={postgres.folder} user=tests dbname=postgres"
        with contextlib.ExitStack() as stack:
            first = stack.enter_context(psycopg.connect(address, autocommit=True))
            with contextlib.suppress(psycopg.OperationalError):
                while True:
                    stack.enter_context(psycopg.connect(address))
            first.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'".encode())
            with contextlib.suppress(psycopg.OperationalError):
                while True:
                    stack.enter_context(psycopg.connect(address))
            yield

    observe(postgres_server, taken, "PostgreSQL: all connections taken, those of the service ended")
