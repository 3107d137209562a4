"""Whether the service can do all of its work, and if not, what of it is degraded and why."""

import contextlib
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from pydantic import Field

from app.kit.database_health import FAULT_TEXTS, DatabaseHealth, FaultWord
from app.kit.errors import NotReady
from app.kit.models import FrozenModel
from app.kit.request_database import DatabaseUnavailable, RequestDatabase

MAX_PROBE_AGE_S: Final = 1.0
"""A write that was tried since needs no probe."""
RETRY_AFTER_S: Final = 5
WHAT_GOES_ON: Final = "The catalogue is served on from memory; sessions are built and answered, but not stored."


class DegradedPart(FrozenModel):
    """A part of the service that does not work as it should."""

    part: str = Field(examples=["read_replica"])
    fault: str = Field(description="The reason in a word.", examples=["unreachable"])
    detail: str = Field(examples=["The database cannot be reached."])


class ReadyState(NamedTuple):
    """The serial that is served, and what is degraded though every request is answered."""

    serial: int
    degraded: list[DegradedPart]


class ProbedReplica(NamedTuple):
    """The read replica, where the catalogue and the stored sessions are read from first."""

    database: RequestDatabase
    probe_read: Callable[[], object]
    """Reads as a request does."""


class Readiness(NamedTuple):
    """What readiness is judged by."""

    serial: Callable[[], int]
    """Returns the serial of the catalogue that is served."""
    database: RequestDatabase
    probe_write: Callable[[], None]
    """Writes to the database as a request does, and leaves nothing behind."""
    replica: ProbedReplica | None = None

    async def check(self) -> ReadyState:
        """Return what is served. Raises `NotReady` where a part of the work cannot be done.

        Reads of the catalogue do not tell that a disk is full or a table locked, so a write is tried. A replica that is
        away or behind keeps nothing from being done: the primary is read in its place.
        """
        health = self.database.health
        if time.monotonic() - health.written_at > MAX_PROBE_AGE_S:
            with contextlib.suppress(DatabaseUnavailable):  # noted in `health`
                await self.database.write(self.probe_write)
        replica_fault = await self._check_replica()
        has_replica = self.replica is not None and replica_fault is None
        part_faults = _find_part_faults(health, has_replica) | {"read_replica": replica_fault}
        degraded = [_describe_part(part, part_fault) for part, part_fault in part_faults.items() if part_fault]
        fault = health.write_fault or health.read_fault or (None if has_replica else health.serial_fault)
        if fault is None:
            return ReadyState(self.serial(), degraded)
        detail = f"{FAULT_TEXTS[fault]} {WHAT_GOES_ON}"
        parts = [part.model_dump() for part in degraded]
        raise NotReady(detail, retry_after_s=RETRY_AFTER_S, serial=self.serial(), degraded=parts)

    async def _check_replica(self) -> FaultWord | None:
        """Return the fault of the replica. A read that failed is tried again: there may have been none since."""
        if self.replica is None:
            return None
        database, probe_read = self.replica
        if database.health.read_fault is not None:
            with contextlib.suppress(DatabaseUnavailable):
                await database.read(probe_read)
        return database.health.fault


def _find_part_faults(health: DatabaseHealth, has_replica: bool) -> dict[str, FaultWord | None]:
    """Return the fault of each part of the work. What is read is read from the replica, where it works."""
    if has_replica:
        return {"storing_sessions": health.write_fault or health.read_fault}
    return {
        "storing_sessions": health.write_fault or health.read_fault,
        "reading_sessions": health.read_fault or health.serial_fault,  # there may have been no read since
        "catalogue_updates": health.serial_fault,
    }


def _describe_part(part: str, fault: FaultWord) -> DegradedPart:
    return DegradedPart(part=part, fault=fault, detail=FAULT_TEXTS[fault])
