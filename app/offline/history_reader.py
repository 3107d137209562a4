"""Reads the history of changes for requests: from the read replica where that is not behind, else from the primary."""

import contextlib
from typing import NamedTuple

from app.changes.history import HistoryPage, read_history
from app.kit.database import Database
from app.kit.databases import OpenDatabases, RequestDatabases
from app.kit.request_database import DatabaseUnavailable, RequestDatabase


class ReadableDatabase(NamedTuple):
    """A database, and how requests use it."""

    database: Database
    requests: RequestDatabase

    async def read_history(self, since: int, limit: int, partner: str | None) -> HistoryPage:
        """Return a page of the history that a partner sees. Raises `DatabaseUnavailable`."""
        return await self.requests.read(read_history, self.database, since, limit, partner)


class HistoryReader(NamedTuple):
    """Where the history of changes is read."""

    primary: ReadableDatabase
    replica: ReadableDatabase | None = None

    @classmethod
    def of(cls, opened: OpenDatabases, requests: RequestDatabases) -> "HistoryReader":
        """Return the reader of the databases of the service."""
        primary = ReadableDatabase(opened.primary.database, requests.primary)
        if opened.replica is None or requests.replica is None:
            return cls(primary)
        return cls(primary, ReadableDatabase(opened.replica.database, requests.replica))

    async def read(self, since: int, limit: int, partner: str | None) -> HistoryPage:
        """Return a page of what a partner sees of the history. Raises `DatabaseUnavailable` where none can be read."""
        if self.replica is not None and self.replica.requests.health.serial_fault is None:
            with contextlib.suppress(DatabaseUnavailable):  # noted in the health of the replica
                page = await self.replica.read_history(since, limit, partner)
                if since <= page.serial:
                    return page
        return await self.primary.read_history(since, limit, partner)
