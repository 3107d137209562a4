"""The history of changes: read in the order of serials, and what of it is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select

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


COLUMNS: tuple[Any, ...] = (
    *map(col, (Change.serial, Change.kind, Change.slug, Change.action, Change.replaced_by, Change.at)),
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
