"""The stored sessions for requests: asked for a limited time, and done without where they need not be."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.kit.request_database import DatabaseUnavailable, RequestDatabase
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import StoredSession


class SaveResult(NamedTuple):
    """What came of storing sessions."""

    session_ids: list[str]
    are_stored: bool


class SessionStorage(NamedTuple):
    """The stored sessions of this service, as requests read and write them."""

    store: SessionStore
    database: RequestDatabase

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
        return await self.database.read(self.store.load, session_id)

    async def load_with_exercises(self, session_id: str) -> tuple[StoredSession, dict[str, Any]] | None:
        """Return a stored session, and its exercise records as they were when it was built, by slug.

        None where there is none. Raises `DatabaseUnavailable` where the database is away.
        """
        return await self.database.read(self.store.load_with_exercises, session_id)
