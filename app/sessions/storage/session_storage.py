"""The stored sessions for requests: the store, asked in the threads of the database."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.kit.database_threads import DatabaseThreads
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import StoredSession


class SessionStorage(NamedTuple):
    """The stored sessions of this service, as requests read and write them."""

    store: SessionStore
    threads: DatabaseThreads

    async def save(self, sessions: Sequence[StoredSession]) -> list[str]:
        """Store sessions, all of them or none, and return their ids."""
        return await self.threads.run(self.store.save_all, sessions)

    async def load(self, session_id: str) -> StoredSession | None:
        """Return a stored session; None where there is none, or where it has expired."""
        return await self.threads.run(self.store.load, session_id)

    async def load_exercises(self, session: StoredSession) -> dict[str, Any]:
        """Return the exercise records of a session, by slug, as they were when it was built."""
        return await self.threads.run(self.store.load_exercises, session)
