"""Holds the keys that a server knows, and follows their changes: a revoked key ends everywhere within moments."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from app.changes.serial_reader import SerialReader
from app.kit.bounded_threads import BoundedThreads
from app.kit.database import Database
from app.kit.database_health import classify_fault
from app.kit.databases import OpenDatabases
from app.kit.logging import traceback_locations
from app.partners.key_ring import KeyRing, load_key_ring
from app.partners.tables import KeyVersion

log = logging.getLogger("thoracic.partners")
POLL_INTERVAL_S: Final = 0.1
MAX_LOAD_S: Final = 5.0
KEY_VERSION_QUERY: Final = sa.select(col(KeyVersion.value)).where(col(KeyVersion.id) == 1)


class KeyRingHolder:
    """Holds one ring at a time. While the database is away the last one counts, so that keys go on working."""

    def __init__(self) -> None:
        self.ring = KeyRing()

    @contextlib.asynccontextmanager
    async def following(self, databases: OpenDatabases) -> AsyncIterator[None]:
        """Load the keys, then follow their changes in the primary until the block ends.

        Where the primary is away at the start, the keys of the replica count until it is back.
        """
        threads = BoundedThreads(1, MAX_LOAD_S)
        for observed in filter(None, databases):
            if self.ring.version < 0:
                await self._load(threads, observed.database)
        reader = SerialReader(databases.primary, KEY_VERSION_QUERY)
        watching = asyncio.create_task(self._watch(reader, threads))
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            reader.close()

    async def _watch(self, reader: SerialReader, threads: BoundedThreads) -> None:
        while True:
            version = (await reader.read()).serial
            if version is not None and version != self.ring.version:
                await self._load(threads, reader.database)
            await asyncio.sleep(POLL_INTERVAL_S)

    async def _load(self, threads: BoundedThreads, database: Database) -> None:
        try:
            self.ring = await threads.run(load_key_ring, database)
        except Exception as error:  # of any kind: a watcher that ends would keep revoked keys alive
            fault = classify_fault(error)
            log.warning(
                "keys cannot be read", extra={"fault": fault or "failing", "locations": traceback_locations(error)}
            )
