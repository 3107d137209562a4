"""Stored shapes of the serial, the changes and the tombstones."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kit.database import UtcDateTime

KINDS = ("exercise", "guideline", "routine", "reference")


def one_of(column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    """A CHECK that holds a column to a closed list."""
    said = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({said})", name=f"{column}_known")


class Serial(SQLModel, table=True):
    """The counter: one row, locked by whoever writes the catalogue."""

    __tablename__ = "serial"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint("value >= 0", name="not_negative"),
    )

    id: int = Field(default=1, primary_key=True)
    value: int = Field(sa_type=sa.BigInteger)


class Change(SQLModel, table=True):
    """One record changed: what it is now, or that it is gone."""

    __tablename__ = "change"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("action", ("upsert", "delete")),
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
    """A slug that is gone for good: never given out again."""

    __tablename__ = "tombstone"
    __table_args__ = (one_of("kind", KINDS),)

    kind: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    replaced_by: str | None = None
    serial: int = Field(sa_type=sa.BigInteger)
    at: datetime = Field(sa_type=UtcDateTime)
