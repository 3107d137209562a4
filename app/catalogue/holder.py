"""Holds the snapshot that is served, and replaces it when the stored catalogue has changed."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.snapshot import Snapshot, load_snapshot
from app.changes.record_kind import RecordKind
from app.changes.serial import SerialWatcher
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth
from app.kit.database_threads import DatabaseThreads
from app.kit.logging import traceback_locations

log = logging.getLogger("thoracic.catalogue")
MAX_LOAD_S = 60.0
"""Seconds after which loading a new snapshot is begun anew."""


async def _warm_nothing(_: Snapshot) -> None:
    """Nothing else is made from a snapshot."""


class SnapshotHolder:
    """Holds one snapshot at a time. A request reads `snapshot` once, so its whole answer is made from one serial."""

    def __init__(self) -> None:
        self.snapshot = Snapshot(0, StoredCatalogue.empty(), {})
        self.watcher: SerialWatcher | None = None

    @property
    def serial(self) -> int:
        """The serial of the snapshot that is served."""
        return self.snapshot.serial

    def list_slugs(self) -> list[str]:
        """Return the slugs of all kinds of records."""
        collections = (self.snapshot.collection_of(kind) for kind in RecordKind)
        return sorted(frozenset[str]().union(*(collection.records for collection in collections)))

    @contextlib.asynccontextmanager
    async def following(
        self,
        database: Database,
        health: DatabaseHealth,
        warm_others: Callable[[Snapshot], Awaitable[None]] = _warm_nothing,
    ) -> AsyncIterator[None]:
        """Load the snapshot, then follow the changes of the database until the block ends.

        `health` is told how each read of the serial ended. `warm_others` is called with each snapshot, beside the
        requests: for what others make from it once.
        """
        self.snapshot = await asyncio.to_thread(load_snapshot, database)
        gc.freeze()  # the snapshot lives as long as the process: the collector need not walk it again and again

        loading, warming = DatabaseThreads(1, MAX_LOAD_S), set[asyncio.Task[None]]()

        def start_warming() -> None:
            # Beside the first requests, and beside the next reading of the serial: neither need wait for it.
            task = asyncio.create_task(_warm(self.snapshot, warm_others))
            warming.add(task)
            task.add_done_callback(warming.discard)

        async def on_serial_changed(_serial: int) -> int:
            self.snapshot = await loading.run(_load_successor, database, self.snapshot)
            log.info("catalogue", extra={"serial": self.serial})
            start_warming()
            return self.serial

        self.watcher = SerialWatcher(database, on_serial_changed, self.serial, health)
        watching = asyncio.create_task(self.watcher.run())
        start_warming()
        try:
            yield
        finally:
            tasks = [watching, *warming]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.watcher.close()


async def _warm(snapshot: Snapshot, warm_others: Callable[[Snapshot], Awaitable[None]]) -> None:
    """Make what requests need of a snapshot; where that fails, the first request that needs it makes it."""
    try:
        await asyncio.gather(asyncio.to_thread(snapshot.warm), warm_others(snapshot))
    except Exception as error:
        log.error("warming failed", extra={"error": type(error).__name__, "locations": traceback_locations(error)})


def _load_successor(database: Database, previous: Snapshot) -> Snapshot:
    snapshot = load_snapshot(database)
    snapshot.reuse_indexes_of(previous)
    return snapshot
