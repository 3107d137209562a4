"""The stored sessions for requests: asked for a limited time, and done without where they need not be."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from app.kit.request_database import DatabaseUnavailable, RequestDatabase
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import StoredSession

Found = TypeVar("Found")
Load: TypeAlias = Callable[[SessionStore, str], Found | None]
"""A method of the store that looks a session up by its id."""
REPLICA_SHARE: Final = 0.25
"""Share of the time for the database after which a replica that has not answered is not waited for any more."""


class SaveResult(NamedTuple):
    """What came of storing sessions."""

    session_ids: list[str]
    are_stored: bool


class SessionReplica(NamedTuple):
    """The stored sessions of a read replica."""

    store: SessionStore
    database: RequestDatabase

    async def find(self, load: Load[Found], session_id: str, timeout_s: float) -> Found | None:
        """Return what is found; None where there is nothing, or the replica is at fault or takes longer."""
        with contextlib.suppress(DatabaseUnavailable, TimeoutError):
            async with asyncio.timeout(timeout_s):
                return await self.database.read(load, self.store, session_id)
        return None


class SessionStorage(NamedTuple):
    """The stored sessions of this service, as requests read and write them."""

    store: SessionStore
    database: RequestDatabase
    replica: SessionReplica | None = None
    """Where sessions are looked for first. What is stored never changes, so what it has is right however old it is."""

    async def save(self, sessions: Sequence[StoredSession]) -> SaveResult:
        """Store sessions, all of them or none. Their ids are the same where the database is away."""
        try:
            return SaveResult(await self.database.write(self.store.save, sessions), True)
        except DatabaseUnavailable:
            return SaveResult([self.store.make_id(session) for session in sessions], False)

    async def load(self, session_id: str) -> StoredSession | None:
        """Return a stored session; None where there is none, or where it has expired.

        Raises `DatabaseUnavailable` where the database is away.
        """
        return await self._find(SessionStore.load, session_id)

    async def load_with_exercises(self, session_id: str) -> tuple[StoredSession, dict[str, Any]] | None:
        """Return a stored session, and its exercise records as they were when it was built, by slug.

        None where there is none. Raises `DatabaseUnavailable` where the database is away.
        """
        return await self._find(SessionStore.load_with_exercises, session_id)

    async def _find(self, load: Load[Found], session_id: str) -> Found | None:
        """Return what is found in the replica, else in the primary: the replica may not have it yet, or be away.

        A replica that is slow is not waited for. Where the primary is away, it is asked once more, in the time that is
        left: the connection that failed before may have been one of another server, behind a proxy.
        """
        if self.replica is None:
            return await self.database.read(load, self.store, session_id)
        timeout_s, begun_at = self.database.timeout_s, time.monotonic()
        if self.replica.database.health.serial_fault is None:
            found = await self.replica.find(load, session_id, timeout_s * REPLICA_SHARE)
            if found is not None:
                return found
        try:
            return await self.database.read(load, self.store, session_id)
        except DatabaseUnavailable:
            found = await self.replica.find(load, session_id, begun_at + timeout_s - time.monotonic())
            if found is None:
                raise
            return found
