"""The history of changes: read in the order of serials, and what of it is kept."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.changes.change_action import ChangeAction
from app.changes.owned_rows import is_visible_to
from app.changes.serial import read_serial
from app.changes.tables import Change
from app.kit.database import Database

KEPT_DAYS = 90
"""Days for which every change can be read."""
KEPT_FOR = timedelta(days=KEPT_DAYS)


class HistoryChange(NamedTuple):
    """A change as it is stored."""

    serial: int
    kind: str
    slug: str
    action: str
    replaced_by: str | None
    at: datetime
    record: str | None
    """The whole public record as JSON; None where it was deleted."""


class ChangedRecord(NamedTuple):
    """A change without what it left of the record."""

    serial: int
    kind: str
    slug: str
    action: ChangeAction
    replaced_by: str | None
    at: datetime


NOTICE_COLUMNS: tuple[Any, ...] = (
    Change.serial,
    Change.kind,
    Change.slug,
    Change.action,
    Change.replaced_by,
    Change.at,
)
COLUMNS: tuple[Any, ...] = (
    *map(col, NOTICE_COLUMNS),
    # As text: to read the JSON of a routine, which holds its exercises, takes longer than all the rest.
    sa.cast(col(Change.record), sa.Text),
)


class HistoryPage(NamedTuple):
    """Changes after a serial, as one transaction sees them."""

    serial: int
    """The serial of the catalogue."""
    oldest_since: int
    """The least serial after which every change is kept."""
    changes: Sequence[HistoryChange]
    """In the order of their serials; without any where the page was asked for outside of these two serials."""
    has_more: bool


def read_history(database: Database, since: int, limit: int, partner: str | None) -> HistoryPage:
    """Return at most `limit` changes with serials above `since`: of shared records, and of those of a partner."""
    with database.read_transaction() as session:
        serial = read_serial(session)
        outdated = select(sa.func.max(Change.serial)).where(col(Change.at) < database.current_time(session) - KEPT_FOR)
        oldest_since = session.exec(outdated).one() or 0
        if not oldest_since <= since <= serial:
            return HistoryPage(serial, oldest_since, (), False)
        # Of no serial above the one that was read: writers store both in one transaction.
        query = sa.select(*COLUMNS).where(col(Change.serial) > since, is_visible_to(col(Change.slug), partner))
        rows = session.connection().execute(query.order_by(col(Change.serial)).limit(limit + 1))
        changes = [HistoryChange._make(row) for row in rows]
        return HistoryPage(serial, oldest_since, changes[:limit], len(changes) > limit)


class ChangeFilter(NamedTuple):
    """Which changes are read."""

    since: int
    serial: int
    """Only those with serials above `since` and up to this one."""
    partner: str
    """Only those of shared records, and of its own."""
    kinds: Collection[str]
    """Only those of records of these kinds."""


def read_changed_records(session: Session, asked: ChangeFilter, limit: int) -> list[ChangedRecord]:
    """Return at most `limit` changes that a filter asks for, in the order of their serials."""
    serial = col(Change.serial)
    query = sa.select(*map(col, NOTICE_COLUMNS)).where(
        serial > asked.since,
        serial <= asked.serial,
        col(Change.kind).in_(asked.kinds),
        is_visible_to(col(Change.slug), asked.partner),
    )
    rows = session.connection().execute(query.order_by(serial).limit(limit))
    return [ChangedRecord._make(row) for row in rows]
