"""The serial: taken under a lock by writers, read every tenth of a second by everybody who serves."""

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
EVERY_S = 0.1
SILENT_S = 5.0
"""Without an answer for so long, the database is taken to be away."""


def lock_serial(session: Session) -> int:
    """The serial as it stands; nobody else moves it until this transaction ends."""
    row = session.exec(select(Serial).where(col(Serial.id) == 1).with_for_update()).one()
    return row.value


def move_serial(session: Session, value: int) -> None:
    session.exec(sa.update(Serial).where(col(Serial.id) == 1).values(value=value))


def read_serial(session: Session) -> int:
    return session.exec(select(Serial.value).where(col(Serial.id) == 1)).one()


class Watch:
    """Reads the serial on a connection of its own, and says when it moved."""

    def __init__(self, database: Database, moved: Callable[[int], Awaitable[None]], known: int) -> None:
        self.database, self.moved, self.known = database, moved, known
        self._reachable, self._answered = True, time.monotonic()
        self._connection: Connection | None = None
        self._using = threading.Lock()
        self._closed = False

    async def run(self) -> None:
        """Until cancelled. A database that is away is asked again; what is served stays as it was."""
        while True:
            try:
                value = await asyncio.to_thread(self._read)
                if value != self.known:
                    await self.moved(value)
                    self.known = value
                self._answered = time.monotonic()
                self._note(True)
            except Exception as error:  # whatever it is: a watch that ended would serve the old state for ever
                self._drop()
                self._note(False, type(error).__name__)
            await asyncio.sleep(EVERY_S)

    def _read(self) -> int:
        """In a thread, which a cancelled task leaves behind: SQLite dies where a connection in use is closed."""
        with self._using:
            if self._closed:
                return self.known
            if self._connection is None:
                engine = self.database.engine.execution_options(isolation_level="AUTOCOMMIT")
                self._connection = engine.connect()
                self._connection.detach()
            return int(self._connection.execute(sa.select(col(Serial.value)).where(col(Serial.id) == 1)).scalar_one())

    @property
    def healthy(self) -> bool:
        """Whether the database answers; one that only hangs raises nothing, so silence counts as an error too."""
        return self._reachable and time.monotonic() - self._answered < SILENT_S

    def _note(self, reachable: bool, error: str = "") -> None:
        if reachable != self._reachable:
            level = logging.INFO if reachable else logging.ERROR
            log.log(level, "database", extra={"reachable": reachable, "error": error})
        self._reachable = reachable

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except sa.exc.SQLAlchemyError:
                log.debug("the watch's connection was already gone")

    def close(self) -> None:
        """Waits for a reading that has begun; one that comes later finds nothing to read."""
        with self._using:
            self._closed = True
            self._drop()
