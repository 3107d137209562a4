"""Reads the serial of one database, or another number, again and again, on a connection of its own."""

import logging
import threading
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.changes.tables import Serial
from app.kit.bounded_threads import BoundedThreads
from app.kit.database_health import FaultWord, ObservedDatabase, classify_fault

log = logging.getLogger("thoracic.changes")
UNHEALTHY_AFTER_S = 5.0
"""Without an answer for this long, the database is taken to be away."""
MAX_CLOSE_S = 1.0
SERIAL_QUERY = sa.select(col(Serial.value)).where(col(Serial.id) == 1)


class ReaderClosed(Exception):
    """The reader was closed before this reading began."""


class SerialReading(NamedTuple):
    """What one reading brought: the serial, or else the fault, and the error that it was."""

    serial: int | None
    fault: FaultWord | None = None
    error: Exception | None = None


class SerialReader:
    """Reads a number of a database, unless told otherwise the serial; `health` is that of the database."""

    def __init__(self, observed: ObservedDatabase, query: sa.Select[int] = SERIAL_QUERY) -> None:
        self.database, self.health = observed
        self._query = query
        self._threads = BoundedThreads(1, UNHEALTHY_AFTER_S)
        self._connection: Connection | None = None
        self._file_id: tuple[int, int] | None = None
        self._connection_lock = threading.Lock()
        self._is_closed = False

    async def read(self) -> SerialReading:
        """Return the serial, or the fault that kept it from being read."""
        try:
            return SerialReading(await self._threads.run(self._read))
        except Exception as error:  # of any kind: a watcher that ends would leave the old catalogue served for ever
            return SerialReading(None, classify_fault(error) or "failing", error)

    def _read(self) -> int:
        """Return the serial. Runs in a thread, which goes on when its task is cancelled.

        The lock keeps `close` from closing the connection under it: SQLite would crash.
        """
        with self._connection_lock:
            if self._is_closed:
                raise ReaderClosed
            try:
                file_id = self.database.check_file()
                if file_id != self._file_id:  # the connection is of a file that was replaced
                    self._close_connection()
                    self._file_id = file_id
                if self._connection is None:
                    engine = self.database.engine.execution_options(isolation_level="AUTOCOMMIT")
                    self._connection = engine.connect()
                    self._connection.detach()  # not of the pool: requests must not wait for the reader's connection
                return int(self._connection.execute(self._query).scalar_one())
            except Exception:
                self._close_connection()
                raise

    def _close_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except sa.exc.SQLAlchemyError:
                log.debug("the connection of the watcher was already closed")

    def close(self) -> None:
        """Close the connection, after a reading that has begun. A later one raises `ReaderClosed`.

        Where the database hangs, the connection is left to the end of the process.
        """
        if self._connection_lock.acquire(timeout=MAX_CLOSE_S):
            self._is_closed = True
            self._close_connection()
            self._connection_lock.release()
