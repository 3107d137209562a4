"""The serial: a counter that writers lock and change, and that every server polls."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from app.changes.tables import Serial
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, classify_fault
from app.kit.database_threads import DatabaseThreads
from app.kit.logging import traceback_locations

log = logging.getLogger("thoracic.changes")
POLL_INTERVAL_S = 0.1
UNHEALTHY_AFTER_S = 5.0
"""Without an answer for this long, the database is taken to be away."""
RELOAD_PAUSE_S = 5.0
"""Seconds from a catalogue that could not be loaded to the next attempt: each costs as much as a start."""
MAX_CLOSE_S = 1.0


def lock_serial(session: Session) -> int:
    """Return the serial and lock it: nobody else changes it until this transaction ends."""
    row = session.exec(select(Serial).where(col(Serial.id) == 1).with_for_update()).one()
    return row.value


def set_serial(session: Session, value: int) -> None:
    """Store a new serial. The caller holds the lock of `lock_serial`."""
    session.exec(sa.update(Serial).where(col(Serial.id) == 1).values(value=value))


def read_serial(session: Session) -> int:
    """Return the serial as this transaction sees it."""
    return session.exec(select(Serial.value).where(col(Serial.id) == 1)).one()


class SerialWatcher:
    """Reads the serial on a connection of its own and calls `on_change` when it differs from the known one."""

    def __init__(
        self,
        database: Database,
        on_change: Callable[[int], Awaitable[int]],
        known_serial: int,
        health: DatabaseHealth,
    ) -> None:
        """`on_change` is called with a serial and returns the one that it loaded, which may be a later one."""
        self.database, self.on_change, self.known_serial, self.health = database, on_change, known_serial, health
        self._threads = DatabaseThreads(1, UNHEALTHY_AFTER_S)
        self._connection: Connection | None = None
        self._file_id: tuple[int, int] | None = None
        self._connection_lock = threading.Lock()
        self._is_closed = False

    async def run(self) -> None:
        """Run until cancelled. While the database is away it is asked again, and the known serial stays."""
        while True:
            try:
                serial = await self._threads.run(self._read)
            except Exception as error:  # of any kind: a watcher that ends would leave the old catalogue served for ever
                self.health.report_serial(classify_fault(error) or "failing", error)
                pause_s = POLL_INTERVAL_S
            else:
                self.health.report_serial(None)
                pause_s = POLL_INTERVAL_S if await self._follow(serial) else RELOAD_PAUSE_S
            await asyncio.sleep(pause_s)

    async def _follow(self, serial: int) -> bool:
        """Call `on_change` where the serial is another one. Return whether that succeeded or was not needed."""
        if serial == self.known_serial:
            return True
        try:
            self.known_serial = await self.on_change(serial)
        except Exception as error:  # also one that the program makes: the old catalogue is served until it can be done
            details = {"serial": serial, "error": type(error).__name__, "locations": traceback_locations(error)}
            log.error("the catalogue cannot be loaded", extra=details)
            return False
        return True

    def _read(self) -> int:
        """Return the serial. Runs in a thread, which goes on when its task is cancelled.

        The lock keeps `close` from closing the connection under it: SQLite would crash.
        """
        with self._connection_lock:
            if self._is_closed:
                return self.known_serial
            try:
                file_id = self.database.check_file()
                if file_id != self._file_id:  # the connection is of a file that was replaced
                    self._close_connection()
                    self._file_id = file_id
                if self._connection is None:
                    engine = self.database.engine.execution_options(isolation_level="AUTOCOMMIT")
                    self._connection = engine.connect()
                    self._connection.detach()  # not of the pool: requests must not wait for the watcher's connection
                query = sa.select(col(Serial.value)).where(col(Serial.id) == 1)
                return int(self._connection.execute(query).scalar_one())
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
        """Close the connection, after a read that has begun. A later read returns the known serial.

        Where the database hangs, the connection is left to the end of the process.
        """
        if self._connection_lock.acquire(timeout=MAX_CLOSE_S):
            self._is_closed = True
            self._close_connection()
            self._connection_lock.release()
