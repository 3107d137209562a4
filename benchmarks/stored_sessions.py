"""What stored sessions cost in PostgreSQL: bytes of a row and of the log, seconds to write, to read and to delete.

`python -m benchmarks.stored_sessions` starts a server of its own, as durable as PostgreSQL is by default.
"""

import argparse
import contextlib
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from app.kit.database import Database
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.storage.store import MAX_DELETED, SessionStore
from app.sessions.storage.stored_session import StoredSession, to_stored
from benchmarks.catalogues import index_of, seed_exercises
from benchmarks.running_service import percentile
from benchmarks.session_requests import varied_requests
from tests.postgres import Postgres, postgres_folder

DIFFERENT_SESSIONS = 60
WRITERS = 4
DURABLE_SETTINGS = ("shared_buffers=128MB", "max_connections=60")
SECRET = b"a secret of the measurement"


def build_sessions() -> list[StoredSession]:
    """Return sessions of every length and purpose, as they are stored."""
    exercises, sessions = seed_exercises(), list[StoredSession]()
    for request in varied_requests(DIFFERENT_SESSIONS, exercises):
        with contextlib.suppress(InfeasibleRequestError):
            sessions.append(to_stored(build_session(request, index_of(exercises)), request, 1))
    return sessions


def vary(sessions: Sequence[StoredSession], count: int) -> list[StoredSession]:
    """Return `count` sessions with ids of their own."""
    chosen = [sessions[number % len(sessions)] for number in range(count)]
    return [one._replace(request=one.request | {"seed": number}) for number, one in enumerate(chosen)]


def query(database: Database, statement: str) -> float:
    """Return the number that a query gives."""
    with database.engine.connect() as connection:
        return float(connection.execute(sa.text(statement)).scalar_one())


def execute(database: Database, statement: str) -> None:
    """Run a statement outside of a transaction."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))


def timed_ms(function: object, *arguments: object) -> float:
    """Return the milliseconds that a call takes."""
    begun_at = time.perf_counter()
    function(*arguments)  # type: ignore[operator]
    return (time.perf_counter() - begun_at) * 1000


def measure(database: Database, count: int) -> None:
    """Store, read and delete `count` sessions, and print what each costs."""
    store, sessions = SessionStore(database, SECRET, 90), vary(build_sessions(), count)
    logged = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
    before = query(database, logged)
    with ThreadPoolExecutor(WRITERS) as pool:
        begun_at = time.perf_counter()
        write_ms = list(pool.map(lambda session: timed_ms(store.save, [session]), sessions))
        seconds = time.perf_counter() - begun_at
    log_bytes = (query(database, logged) - before) / count
    execute(database, "VACUUM ANALYZE session")
    table_bytes = query(database, "SELECT pg_table_size('session')") / count
    index_bytes = query(database, "SELECT pg_indexes_size('session')") / count
    print(
        f"bytes of a session: {table_bytes:.0f} in the table, {index_bytes:.0f} in its indexes, {log_bytes:.0f} logged"
    )
    print(f"writes: {count / seconds:.0f} a second with {WRITERS} writers", describe(write_ms))
    ids = [store.make_id(session) for session in sessions[:500]]
    print("reads, of one reader:", describe([timed_ms(store.load, session_id) for session_id in ids]))
    expired = "UPDATE session SET created_at = now() - interval '95 days', expires_at = now() - interval '5 days'"
    execute(database, f"{expired} WHERE id IN (SELECT id FROM session LIMIT {count // 2})")
    deletion_ms = timed_ms(store.save, sessions[:1])
    print(f"a write that deletes {MAX_DELETED} expired sessions: {deletion_ms:.0f} ms")


def describe(milliseconds: Sequence[float]) -> str:
    """Return the middle and the slow end of some durations."""
    return f"p50 {percentile(milliseconds, 0.5):.1f} ms, p99 {percentile(milliseconds, 0.99):.1f} ms"


def main() -> None:
    """Measure on a new server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="sessions to store (default: 5000)")
    arguments = parser.parse_args()
    with postgres_folder() as folder:
        server = Postgres(folder, DURABLE_SETTINGS)
        server.start()
        with contextlib.closing(Database(server.database_url("postgres"))) as database:
            database.migrate()
            measure(database, arguments.count)
        server.stop()


if __name__ == "__main__":
    main()
