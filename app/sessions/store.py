"""Keeps built sessions for a while, without anything about the person, and reads them again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session as Transaction
from sqlmodel import col, delete, select

from app.changes.tables import Change
from app.kit.database import Database
from app.schemas.session import SessionPhase
from app.sessions.session import CAUTIONS_NOT_KEPT, StoredSession, exercise_slugs
from app.sessions.tables import SessionRow

PHASES = TypeAdapter(tuple[SessionPhase, ...])


class SessionStore:
    """The built sessions of this service."""

    def __init__(self, database: Database, secret: bytes, days: int) -> None:
        """Sessions are kept for `days` days; their ids are made with `secret`."""
        self.database, self.secret, self.days = database, secret, days

    def save(self, stored: StoredSession) -> str:
        """Store a session, or let the one that stands live on; its id. Sessions that have expired are deleted."""
        session_id = stored.id(self.secret)
        now = datetime.now(UTC)
        row = {
            "id": session_id,
            "catalogue_serial": stored.content["catalogue_serial"],
            "duration_s": stored.content["duration_s"],
            "request": stored.request,
            "content": {"id": session_id, **stored.content},
            "personal": stored.personal,
            "created_at": now,
            "expires_at": now + timedelta(days=self.days),
        }
        insert = sqlite.insert if self.database.is_sqlite else postgresql.insert
        stands = insert(SessionRow).values(row)
        longer = {"expires_at": stands.excluded.expires_at}
        with self.database.transaction() as transaction:
            transaction.exec(delete(SessionRow).where(col(SessionRow.expires_at) < now))
            transaction.exec(stands.on_conflict_do_update(index_elements=["id"], set_=longer))
        return session_id

    def find(self, session_id: str) -> SessionRow | None:
        """The stored session, unless it has expired."""
        with self.database.read_transaction() as transaction:
            row = transaction.get(SessionRow, session_id)
            return row if row is not None and row.expires_at >= datetime.now(UTC) else None

    def read_again(self, row: SessionRow) -> dict[str, Any]:
        """The session with the exercise records as they were when it was built."""
        with self.database.read_transaction() as transaction:
            records = _records(transaction, exercise_slugs(stored_phases(row)), row.catalogue_serial)
        notes = [*row.content["notes"], CAUTIONS_NOT_KEPT] if row.personal else row.content["notes"]
        return {**row.content, "exercises": records, "notes": notes}


def stored_phases(row: SessionRow) -> tuple[SessionPhase, ...]:
    """The phases of a stored session."""
    return PHASES.validate_python(row.content["phases"])


def _records(transaction: Transaction, slugs: list[str], serial: int) -> dict[str, Any]:
    latest = (
        sa.select(col(Change.slug), sa.func.max(Change.serial).label("serial"))
        .where(col(Change.kind) == "exercise", col(Change.slug).in_(slugs), col(Change.serial) <= serial)
        .group_by(col(Change.slug))
        .subquery()
    )
    found = transaction.exec(select(Change).join(latest, col(Change.serial) == latest.c.serial))
    records = {change.slug: change.record for change in found}
    return {slug: records[slug] for slug in slugs}
