"""Watches the serial: on the read replica, where there is one, and on the primary."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from app.changes.serial_reader import SerialReader, SerialReading
from app.kit.database import Database
from app.kit.logging import traceback_locations

log = logging.getLogger("thoracic.changes")
POLL_INTERVAL_S = 0.1
RELOAD_PAUSE_S = 5.0
"""Seconds from a catalogue that could not be loaded to the next attempt: each costs as much as a start."""
PRIMARY_CHECK_INTERVAL_S = 1.0
"""How often the serial of the replica is compared with that of the primary."""
MAX_REPLICA_LAG_S = 1.0
"""A replica whose serial differs from that of the primary for longer is not read from until it has caught up."""


class SerialWatcher:
    """Polls the serial and calls `on_change` when it differs from the known one, until it is cancelled.

    With a replica the primary is asked once a second only, to find a replica that lags behind; and in place of the
    replica while that is away or behind. So what is served is never older than a few seconds while the primary lives,
    and a serial never goes back because a replica is older than what was served before.
    """

    def __init__(
        self,
        primary: SerialReader,
        on_change: Callable[[int, Database], Awaitable[int]],
        known_serial: int,
        replica: SerialReader | None = None,
    ) -> None:
        """`on_change` gets a serial and the database that told it, and returns the serial that it loaded.

        That may be a later one.
        """
        self.primary, self.replica = primary, replica
        self.on_change, self.known_serial = on_change, known_serial
        self._primary_due_at = 0.0
        self._differs_since: float | None = None

    async def run(self) -> None:
        """Run until cancelled. While the databases are away they are asked again, and the known serial stays."""
        while True:
            if self.replica is None:
                serial, database = (await self._read_primary()).serial, self.primary.database
            else:
                serial, database = await self._read_both(self.replica)
            is_followed = serial is None or await self._follow(serial, database)
            await asyncio.sleep(POLL_INTERVAL_S if is_followed else RELOAD_PAUSE_S)

    async def _follow(self, serial: int, database: Database) -> bool:
        """Call `on_change` where the serial is another one. Return whether that succeeded or was not needed."""
        if serial == self.known_serial:
            return True
        try:
            self.known_serial = await self.on_change(serial, database)
        except Exception as error:  # also one that the program makes: the old catalogue is served until it can be done
            details = {"serial": serial, "error": type(error).__name__, "locations": traceback_locations(error)}
            log.error("the catalogue cannot be loaded", extra=details)
            return False
        return True

    async def _read_primary(self) -> SerialReading:
        reading = await self.primary.read()
        self.primary.health.report_serial(reading.fault, reading.error)
        self._primary_due_at = time.monotonic() + PRIMARY_CHECK_INTERVAL_S
        return reading

    async def _read_both(self, replica: SerialReader) -> tuple[int | None, Database]:
        """Return the serial to follow, and its database: the replica, or the primary where that is better."""
        serial, fault, error = await replica.read()
        if serial is None:
            replica.health.report_serial(fault, error)
            return (await self._read_primary()).serial, self.primary.database
        is_suspect = self._differs_since is not None or serial < self.known_serial
        if not is_suspect and time.monotonic() < self._primary_due_at:
            replica.health.report_serial(None)
            return serial, replica.database
        primary_serial = (await self._read_primary()).serial
        is_behind = self._is_behind(serial, primary_serial)
        replica.health.report_serial("behind" if is_behind else None)
        if is_behind:
            return primary_serial, self.primary.database
        # A backup that was restored on the primary takes both back; a replica that is older takes nothing back.
        is_valid = serial >= self.known_serial or serial == primary_serial
        return (serial if is_valid else None), replica.database

    def _is_behind(self, serial: int, primary_serial: int | None) -> bool:
        """Whether the replica has differed from the primary for too long. Without the primary nobody can tell."""
        if primary_serial is None or serial == primary_serial:
            self._differs_since = None
            return False
        if self._differs_since is None:
            self._differs_since = time.monotonic()
        return time.monotonic() - self._differs_since > MAX_REPLICA_LAG_S

    def close(self) -> None:
        """Close the connections."""
        for reader in (self.primary, self.replica):
            if reader is not None:
                reader.close()
