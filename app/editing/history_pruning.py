"""Deletes what the history of changes need not hold any more."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from app.changes.history import KEPT_FOR
from app.changes.tables import Change
from app.sessions.storage.tables import SessionRow


def prune_history(session: Session, now: datetime) -> None:
    """Delete each change that was followed by another one of its record before the history that is kept begins.

    The last change of a record stays, and so does what a stored session shows: a session names its exercises and the
    serial that it was built at, and takes their records from here.
    """
    change, later, shown_by = _table(Change), _table(Change).alias("later"), _table(SessionRow)
    is_shown = (
        sa.exists()
        .where(shown_by.c.catalogue_serial >= change.c.serial, shown_by.c.catalogue_serial < later.c.serial)
        .correlate(change, later)
    )
    is_superseded = sa.exists().where(
        later.c.kind == change.c.kind,
        later.c.slug == change.c.slug,
        later.c.serial > change.c.serial,
        later.c.at < now - KEPT_FOR,
        ~is_shown,
    )
    session.exec(sa.delete(change).where(change.c.at < now - KEPT_FOR, is_superseded))


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.metadata.tables[str(model.__tablename__)]
    return table
