"""The database: SQLite in the data folder or PostgreSQL by address; transactions and UTC times."""

import contextlib
import logging
import os
import sqlite3
import threading
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Dialect, Engine, make_url
from sqlmodel import Session, SQLModel

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

log = logging.getLogger("thoracic.database")
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
    "synchronous=NORMAL",
    "secure_delete=ON",
)
"""Set on every connection: readers beside one writer, deleted rows overwritten."""
COMMAND_PATIENCE_S = 10.0
"""Seconds that a command waits for another writer of SQLite."""
POSTGRESQL_PARAMETERS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "prepare_threshold": None,
}
"""Seconds to connect, milliseconds without an acknowledgement, and after how many seconds a silent server counts as
gone; the system would wait for minutes. What the address of the database gives is used in place of these.

No statement is prepared: behind a pooler that shares connections by transaction, another connection would not know it.
Preparing saves a tenth of the time of a write, and none of a read.
"""
STATEMENT_PATIENCE_FACTOR = 4
"""A statement of PostgreSQL is ended after this many times the time that it may wait for a lock."""


CONNECT_PAUSE_S = 0.5
MIN_FREE_BYTES = 2**20
"""Bytes that must be free on the disk of SQLite's file: a session takes a tenth of it."""


class DatabaseFileMissing(Exception):
    """The file of the database was there and is not any more."""


class DiskFull(Exception):
    """The disk of the database has no room for a session."""


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

    def __init__(self, address: str, patience_s: float | None = None) -> None:
        """Without `patience_s` for a command, which makes the file of SQLite and waits as long as it takes.

        With it for the service: seconds that it waits for another writer or for a lock. It makes no file.
        """
        self.url = make_url(address)
        self.patience_s = patience_s
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.path = Path(self.url.database) if self.is_sqlite and self.url.database else None
        if self.path is not None and patience_s is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file_id: tuple[int, int] | None = None
        self.engine = self._create_engine()
        self._write_lock = threading.Lock()

    def _create_engine(self) -> Engine:
        if not self.is_sqlite:
            engine = sa.create_engine(
                self.url,
                pool_pre_ping=True,
                pool_timeout=self.patience_s or 30,
                connect_args=_connection_parameters(self.url, self.patience_s),
            )
            event.listen(engine, "do_connect", _connect)
            return engine
        creator = self._open_existing_file if self.path is not None and self.patience_s is not None else None
        options = {"creator": creator} if creator else {"connect_args": {"timeout": COMMAND_PATIENCE_S}}
        engine = sa.create_engine(self.url, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _open_existing_file(self) -> sqlite3.Connection:
        """Open the file of SQLite. Where it is gone, that is an error, and no empty one is made in its place."""
        assert self.path is not None
        return sqlite3.connect(
            f"file:{quote(str(self.path.resolve()))}?mode=rw",
            timeout=self.patience_s or COMMAND_PATIENCE_S,
            uri=True,
            check_same_thread=False,
        )

    def check_file(self) -> tuple[int, int] | None:
        """Return device and inode of the file of SQLite; where it is another one than before, open that.

        Raises `DatabaseFileMissing` where it is gone. Returns None for PostgreSQL, and for a command.
        A file that was deleted or replaced is still there for the connections that hold it: what they write is lost.
        """
        if self.path is None or self.patience_s is None:
            return None
        try:
            status = self.path.stat()
        except FileNotFoundError:
            raise DatabaseFileMissing(str(self.path)) from None
        file_id = (status.st_dev, status.st_ino)
        if file_id != self._file_id:
            self._file_id = file_id
            self.engine.dispose()
        return file_id

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session that commits at the end, or not at all; on SQLite it holds the write lock from the start."""
        with self._sole_writer(), Session(self.engine) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def _sole_writer(self) -> Iterator[None]:
        """Wait until no other thread of this process writes to SQLite. Raises `TimeoutError` after the patience.

        SQLite has one writer at a time. Threads of this process wait for each other here, where waiting has an order;
        SQLite's own waiting polls, and gives up with "database is locked" when it was unlucky for long enough.
        """
        self.check_file()
        if not self.is_sqlite:
            yield
            return
        if not self._write_lock.acquire(timeout=-1 if self.patience_s is None else self.patience_s):
            raise TimeoutError
        try:
            yield
        finally:
            self._write_lock.release()

    @contextlib.contextmanager
    def read_transaction(self) -> Iterator[Session]:
        """Yield a session that sees one state throughout and writes nothing."""
        self.check_file()
        options = {"reading": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.execution_options(**options).connect() as connection, Session(connection) as session:
            yield session

    def current_time(self, session: Session) -> datetime:
        """Return the time by the clock of the database: servers whose clocks differ agree on what has expired."""
        if self.is_sqlite:  # the file is on this machine, and so is its clock
            return datetime.now(UTC)
        return session.connection().execute(sa.select(sa.func.now())).scalar_one()

    def insert_into(self, table: type[SQLModel]) -> "sqlite.Insert | postgresql.Insert":
        """Return an INSERT that can say what happens on a conflict, in the dialect of this database."""
        if self.is_sqlite:
            from sqlalchemy.dialects import sqlite

            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # loads every driver: only where it is used

        return postgresql.insert(table)

    def wait_until_reachable(self, seconds: float) -> None:
        """Return when the database answers. Raises its error where it does not within this time.

        Only a server is waited for: the file of SQLite is there, or is made.
        """
        give_up_at, is_waiting = time.monotonic() + seconds, False
        while not self.is_sqlite:
            try:
                with self.engine.connect():
                    return
            except sa.exc.OperationalError:
                left_s = give_up_at - time.monotonic()
                if left_s <= 0:
                    raise
            if not is_waiting:
                log.warning("waiting for the database", extra={"seconds": round(left_s)})
            is_waiting = True
            self.engine.dispose()
            time.sleep(min(CONNECT_PAUSE_S, left_s))

    def probe_write(self, session: Session) -> None:
        """Write, in the transaction of `session`, what changes nothing. Raises `DiskFull`, or what it meets."""
        if self.path is not None:
            disk = os.statvfs(self.path.parent)
            if disk.f_bavail * disk.f_frsize < MIN_FREE_BYTES:
                raise DiskFull(str(self.path.parent))
        # A number of SQLite's file that the service does not use; a message in the log of PostgreSQL that nobody reads:
        # only what writes to the log waits for its disk, and for a standby that is required.
        statement = (
            "PRAGMA user_version = 0" if self.is_sqlite else "SELECT pg_logical_emit_message(true, 'thoracic', '')"
        )
        session.connection().exec_driver_sql(statement)

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to `revision`, once, however many processes start at the same moment."""
        from app.kit.revision import empty_log_if_current

        if revision == "head" and empty_log_if_current(self):
            return
        from app.kit.migration import migrate  # Alembic is needed where the tables change, and at no other start

        migrate(self, revision)

    def close(self) -> None:
        """Close the connections of the pool."""
        self.engine.dispose()


def _connection_parameters(url: URL, patience_s: float | None) -> dict[str, Any]:
    """Return the parameters of PostgreSQL that the address does not give, and its `options` behind ours.

    Ours limit how long a lock is waited for, and how long a statement takes. Of two options for one setting the later
    one counts, which is that of the address, or else of the variable PGOPTIONS.
    """
    parameters: dict[str, Any] = {name: value for name, value in POSTGRESQL_PARAMETERS.items() if name not in url.query}
    if patience_s is not None:
        lock_ms = round(patience_s * 1000)
        limits = f"-c lock_timeout={lock_ms} -c statement_timeout={lock_ms * STATEMENT_PATIENCE_FACTOR}"
        address_options = url.normalized_query.get("options") or (os.environ.get("PGOPTIONS", ""),)
        parameters["options"] = " ".join((limits, *address_options)).rstrip()
    return parameters


def _connect(dialect: Dialect, _record: object, arguments: list[Any], parameters: dict[str, Any]) -> Any:
    """Return a new connection to PostgreSQL. Where it takes too long, close what was begun.

    Of an attempt that ran out of time the driver leaves the socket in frames that its error refers to, and they to it:
    the server would keep the connection until the garbage collector finds them.
    """
    try:
        return dialect.connect(*arguments, **parameters)
    except Exception as error:
        traceback.clear_frames(error.__traceback__)
        raise


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
