"""Holds the snapshot that is served, and replaces it when the stored catalogue has changed."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from app.catalogue.served_catalogue import ServedCatalogue
from app.catalogue.snapshot import Snapshot
from app.catalogue.snapshot_loader import SnapshotLoader
from app.changes.serial_reader import SerialReader
from app.changes.serial_watcher import SerialWatcher
from app.kit.database import Database
from app.kit.database_health import ObservedDatabase
from app.kit.logging import traceback_locations
from app.partners.key_ring import Caller

log = logging.getLogger("thoracic.catalogue")
FIRST_WARMING_PAUSE_S = 0.3
"""Seconds from the start to what is made ahead of requests: until then the server begins to answer."""


async def _warm_nothing(_: Snapshot) -> None:
    """Nothing else is made from a snapshot."""


class SnapshotHolder:
    """Holds the catalogue of one serial at a time. A request asks once, so its whole answer is made from one serial."""

    def __init__(self) -> None:
        self.served = ServedCatalogue(Snapshot.empty(), {})
        self.watcher: SerialWatcher | None = None

    @property
    def serial(self) -> int:
        """The serial of the catalogue that is served."""
        return self.served.shared.serial

    def snapshot_of(self, partner: str | None) -> Snapshot:
        """Return the catalogue that a partner sees; None: who has no key."""
        return self.served.seen_by(partner)

    def name_reader(self, caller: Caller | None) -> str | None:
        """Return the partner of a caller where it sees another catalogue than everybody does, else None."""
        return caller.partner if caller is not None and self.served.has_own(caller.partner) else None

    @contextlib.asynccontextmanager
    async def following(
        self,
        primary: ObservedDatabase,
        replica: ObservedDatabase | None = None,
        warm_others: Callable[[Snapshot], Awaitable[None]] = _warm_nothing,
    ) -> AsyncIterator[None]:
        """Load the snapshot, then follow the changes of the database until the block ends.

        The health of each database is told how each reading of the serial ended. `warm_others` is called with each
        snapshot, beside the requests: for what others make from it once.
        """
        loader = SnapshotLoader(primary.database, replica.database if replica else None)
        self.served = await loader.load_first()
        gc.freeze()  # the snapshot lives as long as the process: the collector need not walk it again and again

        warming = set[asyncio.Task[None]]()

        def start_warming(pause_s: float = 0) -> None:
            # Beside the first requests, and beside the next reading of the serial: neither need wait for it.
            task = asyncio.create_task(_warm(self.served.shared, warm_others, pause_s))
            warming.add(task)
            task.add_done_callback(warming.discard)

        async def on_serial_changed(serial: int, database: Database) -> int:
            self.served = await loader.load_successor(serial, database, self.served)
            log.info("catalogue", extra={"serial": self.serial})
            start_warming()
            return self.serial

        replica_reader = SerialReader(replica) if replica else None
        self.watcher = SerialWatcher(SerialReader(primary), on_serial_changed, self.serial, replica_reader)
        watching = asyncio.create_task(self.watcher.run())
        start_warming(FIRST_WARMING_PAUSE_S)
        try:
            yield
        finally:
            tasks = [watching, *warming]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.watcher.close()


async def _warm(snapshot: Snapshot, warm_others: Callable[[Snapshot], Awaitable[None]], pause_s: float) -> None:
    """Make what requests need of a snapshot; where that fails, the first request that needs it makes it."""
    await asyncio.sleep(pause_s)
    try:
        await asyncio.gather(asyncio.to_thread(snapshot.warm), warm_others(snapshot))
    except Exception as error:
        log.error("warming failed", extra={"error": type(error).__name__, "locations": traceback_locations(error)})
