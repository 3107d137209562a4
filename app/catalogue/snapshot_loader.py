"""Loads the stored catalogue: from the read replica, where there is one, and from the primary where that fails."""

import asyncio
import logging

from app.catalogue.served_catalogue import ServedCatalogue, load_served_catalogue
from app.kit.bounded_threads import BoundedThreads
from app.kit.database import Database
from app.kit.database_health import classify_fault

log = logging.getLogger("thoracic.catalogue")
MAX_LOAD_S = 60.0
"""Seconds after which loading a new snapshot is begun anew."""
MAX_REPLICA_LOAD_S = 10.0
"""Seconds after which a replica that hangs is not waited for any more."""


class SnapshotLoader:
    """Loads snapshots in threads: each database has its own, so that one that hangs keeps no place of the other."""

    def __init__(self, primary: Database, replica: Database | None = None) -> None:
        self.primary, self.replica = primary, replica
        self._primary_threads = BoundedThreads(1, MAX_LOAD_S)
        self._replica_threads = BoundedThreads(1, MAX_REPLICA_LOAD_S)

    async def load_first(self) -> ServedCatalogue:
        """Return the snapshot of a start. A replica that is behind is found a second later, by the watcher."""
        if self.replica is not None:
            try:
                return await self._replica_threads.run(load_served_catalogue, self.replica)
            except Exception as error:  # of any kind: tables of an older version, for instance
                _log_fault(error)
        return await asyncio.to_thread(load_served_catalogue, self.primary)

    async def load_successor(self, serial: int, database: Database, previous: ServedCatalogue) -> ServedCatalogue:
        """Return the snapshot of a database in which this serial was read; it is at least of that serial.

        Behind one address there may be several replicas: the one that answers now may be older than the one that told
        the serial. Then the primary is read.
        """
        if database is self.replica:
            try:
                loaded = await self._replica_threads.run(load_served_catalogue, database, previous)
            except Exception as error:  # of any kind, as at the start
                _log_fault(error)
            else:
                if loaded.shared.serial >= serial:
                    return loaded
        return await self._primary_threads.run(load_served_catalogue, self.primary, previous)


def _log_fault(error: Exception) -> None:
    log.warning("the catalogue is loaded from the primary", extra={"fault": classify_fault(error) or "failing"})
