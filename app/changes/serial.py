"""The serial: a counter that writers lock and change, and that every server polls."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.changes.tables import Serial


def lock_serial(session: Session) -> int:
    """Return the serial and lock it: nobody else changes it until this transaction ends."""
    row = session.exec(select(Serial).where(col(Serial.id) == 1).with_for_update()).one()
    return row.value


def set_serial(session: Session, value: int) -> None:
    """Store a new serial. The caller holds the lock of `lock_serial`."""
    session.exec(sa.update(Serial).where(col(Serial.id) == 1).values(value=value))


def read_serial(session: Session) -> int:
    """Return the serial as this transaction sees it."""
    return session.exec(select(Serial.value).where(col(Serial.id) == 1)).one()
