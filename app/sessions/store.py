"""Keeps built sessions for a while, without anything about the person, and reads them again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session as Transaction
from sqlmodel import col, delete, select

from app.changes.tables import Change
from app.kit.database import Database
from app.sessions.rows import SessionRow
from app.sessions.session import Session


def keep(database: Database, session: Session, request: dict[str, Any], personal: str, days: int) -> None:
    """Store the session, or let the one that stands live on. Those that have expired go."""
    now = datetime.now(UTC)
    row = {
        "id": session.id,
        "catalogue_serial": session.catalogue_serial,
        "duration_s": session.duration_s,
        "request": request,
        "content": session.model_dump(mode="json", exclude={"exercises"}),
        "personal_hmac": personal,
        "created_at": now,
        "expires_at": now + timedelta(days=days),
    }
    insert = sqlite.insert if database.is_sqlite else postgresql.insert
    stands = insert(SessionRow).values(row)
    with database.transaction() as transaction:
        transaction.exec(delete(SessionRow).where(col(SessionRow.expires_at) < now))
        transaction.exec(
            stands.on_conflict_do_update(index_elements=["id"], set_={"expires_at": stands.excluded.expires_at})
        )


def find(database: Database, session_id: str) -> SessionRow | None:
    """The stored session, unless it has expired."""
    with database.reading() as transaction:
        row = transaction.get(SessionRow, session_id)
        return row if row is not None and row.expires_at >= datetime.now(UTC) else None


def whole(database: Database, row: SessionRow) -> dict[str, Any]:
    """The session with the exercise records as they were when it was built."""
    with database.reading() as transaction:
        slugs = [item["exercise"]["slug"] for phase in row.content["phases"] for item in phase["items"]]
        return {**row.content, "exercises": _records(transaction, slugs, row.catalogue_serial)}


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
