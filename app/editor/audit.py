"""The audit trail: who asked for which edit, how it ended, and the entry before and after."""

from datetime import UTC, datetime
from typing import NamedTuple, Self

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.changes.owned_rows import is_owned_by, is_shared
from app.changes.ownership import is_visible
from app.changes.record_kind import RecordKind
from app.editing.entry_fields import SluggedEntry
from app.editor.edit_words import EditAction
from app.editor.schemas import AuditQuery
from app.editor.tables import AuditEntry
from app.kit.database import Database
from app.partners.key_ring import Caller


class Attempt(NamedTuple):
    """An edit that is asked for: by which key, what, and of which record."""

    partner: str
    key_id: str
    action: EditAction
    kind: RecordKind
    slug: str

    @classmethod
    def of(cls, caller: Caller, action: EditAction, kind: RecordKind, slug: str) -> Self:
        """Return what the holder of a key asks for."""
        return cls(caller.partner, caller.key_id, action, kind, slug)


class EntryChange(NamedTuple):
    """What an edit makes of an entry; None where there is none."""

    before: SluggedEntry | None
    after: SluggedEntry | None

    @property
    def status(self) -> int:
        """The status of the answer."""
        return 201 if self.before is None else 200


def record_edit(session: Session, attempt: Attempt, at: datetime, serial: int, change: EntryChange) -> int:
    """Store an edit in the transaction that makes it. Return the id of its entry."""
    before, after = map(_to_json, change)
    row = AuditEntry(**attempt._asdict(), at=at, status=change.status, serial=serial, before=before, after=after)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def record_refusal(database: Database, attempt: Attempt, status: int, detail: str) -> None:
    """Store an edit that was refused, with the reason."""
    with database.transaction() as session:
        row = AuditEntry(**attempt._asdict(), at=datetime.now(UTC), status=status, detail=detail)
        session.add(row)


def read_audit(database: Database, query: AuditQuery, caller: Caller) -> list[AuditEntry]:
    """Return the entries after `since`, oldest first, that the query asks for and the caller may see."""
    statement = select(AuditEntry).where(col(AuditEntry.id) > query.since, _is_visible_to(caller))
    for column, value in (("kind", query.kind), ("slug", query.slug), ("partner", query.partner)):
        if value is not None:
            statement = statement.where(getattr(AuditEntry, column) == value)
    with database.read_transaction() as transaction:
        return list(transaction.exec(statement.order_by(col(AuditEntry.id)).limit(query.limit)))


def find_audit_entry(database: Database, audit_id: int, caller: Caller) -> AuditEntry | None:
    """Return one entry; None where there is none that the caller may restore a version from."""
    with database.read_transaction() as transaction:
        statement = select(AuditEntry).where(col(AuditEntry.id) == audit_id)
        entry = transaction.exec(statement).first()
    return entry if entry is not None and is_visible(entry.slug, caller.partner) else None


def _is_visible_to(caller: Caller) -> sa.ColumnElement[bool]:
    """Return the condition that a caller may see an entry: of the shared records, and what it did with its own."""
    slug = col(AuditEntry.slug)
    is_own = is_owned_by(slug, caller.partner) & (col(AuditEntry.partner) == caller.partner)
    return is_shared(slug) | is_own if "audit:read" in caller.scopes else is_own


def _to_json(entry: SluggedEntry | None) -> dict[str, object] | None:
    return entry.model_dump(mode="json") if entry is not None else None
