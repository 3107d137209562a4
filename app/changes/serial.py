"""The serial: a counter that writers lock and change, and that every server polls."""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from app.changes.tables import Serial
from app.kit.database import Database

log = logging.getLogger("thoracic.changes")
POLL_INTERVAL_S = 0.1
UNHEALTHY_AFTER_S = 5.0
"""Without an answer for this long, the database is taken to be away."""


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

    def __init__(self, database: Database, on_change: Callable[[int], Awaitable[None]], known_serial: int) -> None:
        self.database, self.on_change, self.known_serial = database, on_change, known_serial
        self._is_reachable, self._answered_at = True, time.monotonic()
        self._connection: Connection | None = None
        self._connection_lock = threading.Lock()
        self._is_closed = False

    async def run(self) -> None:
        """Run until cancelled. While the database is away it is asked again, and the known serial stays."""
        while True:
            try:
                serial = await asyncio.to_thread(self._read)
                if serial != self.known_serial:
                    await self.on_change(serial)
                    self.known_serial = serial
                self._answered_at = time.monotonic()
                self._log_reachability(True)
            except Exception as error:  # of any kind: a watcher that ends would leave the old catalogue served for ever
                self._close_connection()
                self._log_reachability(False, type(error).__name__)
            await asyncio.sleep(POLL_INTERVAL_S)

    def _read(self) -> int:
        """Return the serial. Runs in a thread, which goes on when its task is cancelled.

        The lock keeps `close` from closing the connection under it: SQLite would crash.
        """
        with self._connection_lock:
            if self._is_closed:
                return self.known_serial
            if self._connection is None:
                engine = self.database.engine.execution_options(isolation_level="AUTOCOMMIT")
                self._connection = engine.connect()
                self._connection.detach()  # not of the pool: requests must not wait for the watcher's connection
            return int(self._connection.execute(sa.select(col(Serial.value)).where(col(Serial.id) == 1)).scalar_one())

    @property
    def is_healthy(self) -> bool:
        """Whether the database answers. One that hangs raises nothing, so silence counts as an error too."""
        return self._is_reachable and time.monotonic() - self._answered_at < UNHEALTHY_AFTER_S

    def _log_reachability(self, reachable: bool, error: str = "") -> None:
        if reachable != self._is_reachable:
            level = logging.INFO if reachable else logging.ERROR
            log.log(level, "database", extra={"reachable": reachable, "error": error})
        self._is_reachable = reachable

    def _close_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except sa.exc.SQLAlchemyError:
                log.debug("the connection of the watcher was already closed")

    def close(self) -> None:
        """Close the connection, after a read that has begun. A later read returns the known serial."""
        with self._connection_lock:
            self._is_closed = True
            self._close_connection()
