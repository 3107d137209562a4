"""Tables of the serial, the changes and the tombstones."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.changes.record_kind import RecordKind
from app.kit.database import UtcDateTime


def check_in(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """Return a CHECK that restricts a column to a closed list of words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


class Serial(SQLModel, table=True):
    """The counter: one row, which whoever writes the catalogue locks."""

    __tablename__ = "serial"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint("value >= 0", name="not_negative"),
    )

    id: int = Field(default=1, primary_key=True)
    value: int = Field(sa_type=sa.BigInteger)


class Change(SQLModel, table=True):
    """One change of one record: its new public shape, or that it was deleted."""

    __tablename__ = "change"
    __table_args__ = (
        check_in("kind", RecordKind),
        check_in("action", ("upsert", "delete")),
        sa.CheckConstraint("(action = 'delete') = (record IS NULL)", name="record_unless_deleted"),
        sa.Index("ix_change_kind_slug", "kind", "slug"),
    )

    serial: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str
    slug: str
    action: str
    replaced_by: str | None = None
    record: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    at: datetime = Field(sa_type=UtcDateTime)


class Tombstone(SQLModel, table=True):
    """A slug that was deleted or renamed. It is never used again; `replaced_by` is the new slug after a rename."""

    __tablename__ = "tombstone"
    __table_args__ = (check_in("kind", RecordKind),)

    kind: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    replaced_by: str | None = None
    serial: int = Field(sa_type=sa.BigInteger)
    at: datetime = Field(sa_type=UtcDateTime)
