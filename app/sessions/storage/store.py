"""Keeps built sessions for a while, without anything about the person, and loads them again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Transaction
from sqlmodel import col, delete, select

from app.changes.tables import Change
from app.kit.database import Database
from app.sessions.storage.session_id import make_session_id
from app.sessions.storage.stored_session import StoredSession, exercise_slugs
from app.sessions.storage.tables import SessionRow

DELETION_GRACE = timedelta(days=1)
"""How long an expired session is kept: a clock that is wrong for hours deletes nothing."""

MAX_DELETED = 50
"""Expired sessions that one write deletes: after a night without writes there may be more than it has time for."""


class SessionStore:
    """The stored sessions of this service."""

    def __init__(self, database: Database, secret: bytes, days: int) -> None:
        """Sessions are kept for `days` days; their ids are made with `secret`."""
        self.database, self.secret, self.days = database, secret, days

    def save(self, sessions: Sequence[StoredSession]) -> list[str]:
        """Store sessions, all of them or none, and return their ids.

        One with the same content as a stored one keeps that for longer. Expired sessions are deleted.
        """
        ids = [self.make_id(session) for session in sessions]  # before: a transaction keeps other writers waiting
        with self.database.transaction() as transaction:
            now = self.database.current_time(transaction)
            rows = [self._to_row(*pair, now) for pair in zip(ids, sessions, strict=True)]
            # Writers delete what has expired, so that no job of its own is needed.
            _delete_expired(transaction, now)
            latest_time = sa.func.max if self.database.is_sqlite else sa.func.greatest
            for row in rows:
                # The same content has the same id: it is one row, and lives as long as a new one would.
                statement = self.database.insert_into(SessionRow).values(row)
                # Never earlier: a clock that was set back must not shorten it.
                later = {"expires_at": latest_time(SessionRow.expires_at, statement.excluded.expires_at)}
                transaction.exec(statement.on_conflict_do_update(index_elements=["id"], set_=later))
        return ids

    @property
    def connections_used(self) -> int:
        """The connections of the pool that are in use."""
        pool = self.database.engine.pool
        return pool.checkedout() if isinstance(pool, sa.QueuePool) else 0

    def make_id(self, session: StoredSession) -> str:
        """Return the id under which a session is or would be stored."""
        return make_session_id(session._asdict(), self.secret)

    def probe_write(self) -> None:
        """Write to the database as storing a session does, and leave nothing behind. Raises what it meets."""
        with self.database.transaction() as transaction:
            transaction.exec(delete(SessionRow).where(col(SessionRow.id) == ""))  # takes the locks that it needs
            self.database.probe_write(transaction)

    def _to_row(self, session_id: str, session: StoredSession, now: datetime) -> dict[str, Any]:
        return {
            "id": session_id,
            "catalogue_serial": session.content["catalogue_serial"],
            "duration_s": session.content["duration_s"],
            "request": session.request,
            "content": session.content,
            "personal": session.personal,
            "created_at": now,
            "expires_at": now + timedelta(days=self.days),
        }

    def load(self, session_id: str) -> StoredSession | None:
        """Return a stored session; None where there is none, or where it has expired."""
        with self.database.read_transaction() as transaction:
            return self._load_current(transaction, session_id)

    def load_with_exercises(self, session_id: str) -> tuple[StoredSession, dict[str, Any]] | None:
        """Return a stored session, and its exercise records as they were when it was built, by slug."""
        with self.database.read_transaction() as transaction:
            session = self._load_current(transaction, session_id)
            if session is None:
                return None
            slugs, serial = exercise_slugs(session.content), session.content["catalogue_serial"]
            return session, _load_records(transaction, slugs, serial)

    def _load_current(self, transaction: Transaction, session_id: str) -> StoredSession | None:
        row = transaction.get(SessionRow, session_id)
        if row is None or row.expires_at < self.database.current_time(transaction):
            return None
        return StoredSession(row.content, row.request, row.personal)


def _delete_expired(transaction: Transaction, now: datetime) -> None:
    """Delete what has expired, at most `MAX_DELETED` sessions, and none that another writer deletes now."""
    expired = select(SessionRow.id).where(col(SessionRow.expires_at) < now - DELETION_GRACE).limit(MAX_DELETED)
    transaction.exec(delete(SessionRow).where(col(SessionRow.id).in_(expired.with_for_update(skip_locked=True))))


def _load_records(transaction: Transaction, slugs: list[str], serial: int) -> dict[str, Any]:
    """The last record of each exercise up to a serial."""
    latest = (
        sa.select(col(Change.slug), sa.func.max(Change.serial).label("serial"))
        .where(col(Change.kind) == "exercise", col(Change.slug).in_(slugs), col(Change.serial) <= serial)
        .group_by(col(Change.slug))
        .subquery()
    )
    changes = transaction.exec(select(Change).join(latest, col(Change.serial) == latest.c.serial))
    records = {change.slug: change.record for change in changes}
    return {slug: records[slug] for slug in slugs}
