"""The database: SQLite in the data folder or PostgreSQL by address; transactions and UTC times."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlmodel import Session, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can change it on either database."""
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "synchronous=NORMAL",
    "secure_delete=ON",
)
"""Set on every connection: readers beside one writer, 10 s of patience, deleted rows overwritten."""
POSTGRESQL_OPTIONS = {"connect_timeout": 5, "tcp_user_timeout": 5000}
"""Seconds to connect and milliseconds without an acknowledgement; the system would wait for minutes."""


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Column type for times: aware and in UTC on every database. SQLite alone would return naive ones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time to store. Raises `ValueError` when it has no zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return a stored time, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One engine, and its transactions."""

    def __init__(self, address: str) -> None:
        self.url = make_url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = self._create_engine()
        self._write_lock = threading.Lock() if self.is_sqlite else contextlib.nullcontext()

    def _create_engine(self) -> Engine:
        if not self.is_sqlite:
            return sa.create_engine(self.url, pool_pre_ping=True, connect_args=POSTGRESQL_OPTIONS)
        engine = sa.create_engine(self.url, connect_args={"timeout": 10})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session that commits at the end, or not at all; on SQLite it holds the write lock from the start.

        SQLite has one writer at a time. Threads of this process wait for each other here, where waiting has an order;
        SQLite's own waiting polls, and gives up with "database is locked" when it was unlucky for long enough.
        """
        with self._write_lock, Session(self.engine) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def read_transaction(self) -> Iterator[Session]:
        """Yield a session that sees one state throughout and writes nothing."""
        options = {"reading": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.execution_options(**options).connect() as connection, Session(connection) as session:
            yield session

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to `revision`, once, however many processes start at the same moment."""
        from app.kit.migration import migrate  # Alembic is needed at the start only

        migrate(self, revision)

    def close(self) -> None:
        """Close the connections of the pool."""
        self.engine.dispose()


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the driver
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction. A writer locks at once: SQLite fails, and does not wait, where a reader begins to write.

    In autocommit there is no transaction: the watcher of the serial keeps its connection and would never release it.
    """
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")
