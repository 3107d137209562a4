"""Holds the snapshot that is served, and replaces it when the serial changes."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator

from app.catalogue.snapshot import Snapshot, take
from app.changes.serial import SerialWatcher
from app.kit.database import Database

log = logging.getLogger("thoracic.catalogue")


class SnapshotHolder:
    """Holds one snapshot at a time. It is replaced whole, so a request that has read it sees one state throughout."""

    def __init__(self) -> None:
        self.snapshot = Snapshot(0, {}, {}, {}, {}, (), {})
        self.watcher: SerialWatcher | None = None

    @property
    def serial(self) -> int:
        """The serial of the snapshot that is served."""
        return self.snapshot.serial

    def ready_serial(self) -> int | None:
        """Return the serial that is served, or None while the database does not answer."""
        return self.serial if self.watcher is not None and self.watcher.is_healthy else None

    @contextlib.asynccontextmanager
    async def following(self, database: Database) -> AsyncIterator[None]:
        """Load the snapshot, then follow the database until the block ends."""
        self.snapshot = await asyncio.to_thread(take, database)
        gc.freeze()  # the snapshot lives as long as the process: the collector need not walk it again and again

        async def replace_snapshot(_serial: int) -> None:
            self.snapshot = await asyncio.to_thread(lambda: take(database).after(self.snapshot))
            log.info("catalogue", extra={"serial": self.serial})
            await asyncio.to_thread(self.snapshot.warm)

        self.watcher = SerialWatcher(database, replace_snapshot, self.serial)
        watching = asyncio.create_task(self.watcher.run())
        warming = asyncio.create_task(asyncio.to_thread(self.snapshot.warm))
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, warming, return_exceptions=True)
            self.watcher.close()
