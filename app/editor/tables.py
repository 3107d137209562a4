"""The stored shape of the audit trail: one row for each edit that was asked for over the API."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.changes.record_kind import RecordKind
from app.changes.tables import check_in
from app.editor.edit_words import EDIT_ACTIONS
from app.kit.database import UtcDateTime

AUDIT_ID_TYPE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column of type INTEGER."""


class AuditEntry(SQLModel, table=True):
    """An edit: who asked for what and when, how it ended, and the entry before and after it.

    A refused edit has neither entry. `before` is None where the record is new, `after` where it was deleted.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        check_in("kind", RecordKind),
        check_in("action", EDIT_ACTIONS),
        sa.Index("ix_audit_entry_kind_slug", "kind", "slug"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=AUDIT_ID_TYPE)
    at: datetime = Field(sa_type=UtcDateTime)
    partner: str
    key_id: str
    action: str
    kind: str
    slug: str
    status: int
    detail: str | None = None
    serial: int | None = Field(default=None, sa_type=sa.BigInteger)
    before: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
