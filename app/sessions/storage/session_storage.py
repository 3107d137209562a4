"""The stored sessions for requests: asked for a limited time, and done without where they need not be."""

import contextlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from app.kit.request_database import DatabaseUnavailable, RequestDatabase
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import StoredSession

Found = TypeVar("Found")


class SaveResult(NamedTuple):
    """What came of storing sessions."""

    session_ids: list[str]
    are_stored: bool


class SessionReplica(NamedTuple):
    """The stored sessions of a read replica."""

    store: SessionStore
    database: RequestDatabase


class SessionStorage(NamedTuple):
    """The stored sessions of this service, as requests read and write them."""

    store: SessionStore
    database: RequestDatabase
    replica: SessionReplica | None = None
    """Where sessions are looked for first. What is stored never changes, so what it has is right however old it is."""

    async def save(self, sessions: Sequence[StoredSession]) -> SaveResult:
        """Store sessions, all of them or none. Their ids are the same where the database is away."""
        try:
            return SaveResult(await self.database.write(self.store.save_all, sessions), True)
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

    async def _find(self, load: Callable[[SessionStore, str], Found | None], session_id: str) -> Found | None:
        """Return what is found in the replica, else in the primary: the replica may not have it yet, or be away."""
        if self.replica is not None and self.replica.database.health.serial_fault is None:
            with contextlib.suppress(DatabaseUnavailable):  # noted in the health of the replica
                found = await self.replica.database.read(load, self.replica.store, session_id)
                if found is not None:
                    return found
        return await self.database.read(load, self.store, session_id)
