"""Whether the service can do all of its work, and if not, what of it is degraded and why."""

import contextlib
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from app.kit.database_health import FAULT_TEXTS
from app.kit.errors import NotReady
from app.kit.request_database import DatabaseUnavailable, RequestDatabase

MAX_PROBE_AGE_S: Final = 1.0
"""A write that was tried since needs no probe."""
RETRY_AFTER_S: Final = 5
WHAT_GOES_ON: Final = "The catalogue is served on from memory; sessions are built and answered, but not stored."


class Readiness(NamedTuple):
    """What readiness is judged by."""

    serial: Callable[[], int]
    """Returns the serial of the catalogue that is served."""
    database: RequestDatabase
    probe_write: Callable[[], None]
    """Writes to the database as a request does, and leaves nothing behind."""

    async def check(self) -> int:
        """Return the serial that is served. Raises `NotReady` where anything is degraded.

        Reads of the catalogue do not tell that a disk is full or a table locked, so a write is tried.
        """
        health = self.database.health
        if time.monotonic() - health.written_at > MAX_PROBE_AGE_S:
            with contextlib.suppress(DatabaseUnavailable):  # noted in `health`
                await self.database.write(self.probe_write)
        fault = health.fault
        if fault is None:
            return self.serial()
        part_faults = {
            "storing_sessions": health.write_fault or health.read_fault,
            "reading_sessions": health.read_fault or health.serial_fault,  # there may have been no read since
            "catalogue_updates": health.serial_fault,
        }
        degraded = [
            {"part": part, "fault": part_fault, "detail": FAULT_TEXTS[part_fault]}
            for part, part_fault in part_faults.items()
            if part_fault is not None
        ]
        detail = f"{FAULT_TEXTS[fault]} {WHAT_GOES_ON}"
        raise NotReady(detail, retry_after_s=RETRY_AFTER_S, serial=self.serial(), degraded=degraded)
