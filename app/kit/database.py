"""The database: SQLite in the data folder or PostgreSQL by address; transactions, migrations, UTC times."""

import contextlib
import fcntl
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlmodel import Session, SQLModel

from app.kit.settings import ROOT

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can change it on either database."""
ADVISORY_LOCK = 7_240_551
"""PostgreSQL's number for "somebody migrates this database"; any constant will do."""


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Aware UTC times on every database; SQLite would hand them back naive."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One engine, and the ways through it."""

    def __init__(self, address: str) -> None:
        self.url = make_url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = self._engine()
        self._write_lock = threading.Lock() if self.is_sqlite else contextlib.nullcontext()

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            waits = {"connect_timeout": 5, "tcp_user_timeout": 5000}  # a host that is gone answers nothing, for minutes
            return sa.create_engine(self.url, pool_pre_ping=True, connect_args=waits)
        engine = sa.create_engine(self.url, connect_args={"timeout": 10})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end, or not at all; on SQLite it holds the write lock from the start.

        SQLite has one writer at a time. Threads of this process wait for each other here, where waiting has an order;
        SQLite's own waiting polls, and gives up with "database is locked" when it was unlucky for long enough.
        """
        with self._write_lock, Session(self.engine) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state throughout and writes nothing."""
        options = {"reading": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.execution_options(**options).connect() as connection, Session(connection) as session:
            yield session

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to `revision`, once, whoever else starts at the same moment."""
        config = Config(toml_file=ROOT / "pyproject.toml")
        with self._only_one(), self.engine.connect() as connection, _links_at_rest(connection):
            config.attributes["connection"] = connection
            with _deleted_rows_overwritten(connection, config):
                if revision == "head" or not _is_below(connection, config, revision):
                    command.upgrade(config, revision)
                else:
                    command.downgrade(config, revision)

    @contextlib.contextmanager
    def _only_one(self) -> Iterator[None]:
        if self.is_sqlite:
            with Path(f"{self.url.database}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            return
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as holder:
            holder.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
            try:
                yield
            finally:
                holder.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})

    def close(self) -> None:
        self.engine.dispose()


def _is_below(connection: Connection, config: Config, revision: str) -> bool:
    """Whether `revision` lies below where the database stands."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    if revision == "base":
        return True
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if current is None:
        return False
    walked = ScriptDirectory.from_config(config).walk_revisions("base", current)
    return revision in {script.revision for script in walked} - {current}


@contextlib.contextmanager
def _deleted_rows_overwritten(connection: Connection, config: Config) -> Iterator[None]:
    """SQLite leaves deleted rows in its file and its log; a migration that removes personal data must not.

    The file is cleared before and not after the migration: killed in between, the next start does all of it again.
    """
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    driver = connection.connection.driver_connection
    current = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if not isinstance(driver, sqlite3.Connection) or current == ScriptDirectory.from_config(config).get_current_head():
        yield
        return
    driver.execute("VACUUM")
    yield
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def _links_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by dropping it, which with foreign keys on deletes every row that points at it."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left links that lead nowhere: {broken[:5]}")
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the driver
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "synchronous=NORMAL",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: a lock taken half-way fails instead of waiting.

    Who asked for no transaction gets none: a lock begun for the watch would never be let go.
    """
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")
