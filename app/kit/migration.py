"""Migrations: Alembic under a lock, on either database."""

import contextlib
import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from app.kit.database import Database
from app.kit.revision import empty_write_ahead_log
from app.kit.settings import PROJECT_ROOT
from app.kit.start_faults import StartFault

log = logging.getLogger("thoracic.migration")
ADVISORY_LOCK = 7_240_551
"""PostgreSQL's number for "somebody migrates this database"; any constant will do."""


def migrate(database: Database, revision: str) -> None:
    """Bring the tables to `revision`. Raises `CommandError` when there is no such revision."""
    config = Config(toml_file=PROJECT_ROOT / "pyproject.toml")
    with locked_connection(database, config) as connection:
        config.attributes["connection"] = connection
        if revision == "head" or not _is_downgrade(connection, config, revision):
            command.upgrade(config, revision)
        else:
            command.downgrade(config, revision)


@contextlib.contextmanager
def locked_connection(database: Database, config: Config) -> Iterator[Connection]:
    """Yield a connection for migrations: no other process migrates meanwhile, and what they delete is overwritten."""
    with (
        _migration_lock(database),
        database.engine.connect() as connection,
        _foreign_keys_disabled(connection),
        _deleted_rows_overwritten(connection, config),
    ):
        yield connection


@contextlib.contextmanager
def _migration_lock(database: Database) -> Iterator[None]:
    """Let one process at a time through: by a file beside SQLite, by an advisory lock in PostgreSQL."""
    if database.is_sqlite:
        with Path(f"{database.url.database}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with database.engine.connect() as connection:
        # Of a transaction, not of a session: behind a pooler the session is kept, and with it the lock would be.
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.invalidate()  # this gives the lock back: a statement for it could fail, and hide an error


def _is_downgrade(connection: Connection, config: Config, revision: str) -> bool:
    """Whether `revision` is older than that of the database."""
    if revision == "base":
        return True
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if current is None:
        return False
    older_scripts = ScriptDirectory.from_config(config).walk_revisions("base", current)
    return revision in {script.revision for script in older_scripts} - {current}


@contextlib.contextmanager
def _deleted_rows_overwritten(connection: Connection, config: Config) -> Iterator[None]:
    """Overwrite what a migration deletes: SQLite leaves deleted rows in its file and its write-ahead log.

    The file is rewritten before the migration. The log is emptied after it, and at every later start too, so that a
    process that is killed in between leaves nothing for good. Raises `StartFault` after a migration when another
    process reads the database all the time, because then the log cannot be emptied.
    """
    driver = connection.connection.driver_connection
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    is_current = current == ScriptDirectory.from_config(config).get_current_head()
    if not is_current:
        driver.execute("VACUUM")
    yield
    if empty_write_ahead_log(driver):
        return
    if not is_current:
        raise StartFault(
            "the tables are migrated, but another process reads the database and keeps deleted rows in its log: "
            "stop that process, then start again",
            os.EX_UNAVAILABLE,
        )
    log.warning("the write-ahead log is in use by another process and was not emptied")


@contextlib.contextmanager
def _foreign_keys_disabled(connection: Connection) -> Iterator[None]:
    """Switch SQLite's foreign keys off for a migration, and check them at its end.

    SQLite changes a table by dropping it, which with foreign keys on deletes every row that refers to it.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StartFault(
                f"rows refer to rows that are missing ({_describe_references(broken)}): restore a backup",
                os.EX_DATAERR,
            )
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        # Closing takes back what was begun. A statement on a connection that is lost would fail, and hide the error.
        connection.invalidate()
        raise


def _describe_references(broken: list[tuple[str, int | None, str, int]]) -> str:
    """Return the tables of rows of `PRAGMA foreign_key_check`: table, number of the row, table that is referred to."""
    pairs = sorted({(table, other) for table, _, other, _ in broken})
    return ", ".join(f"{table} to {other}" for table, other in pairs)
