"""Stored sessions: what was built, without anything about the person."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kit.database import UtcDateTime
from app.sessions.storage.session_id import ID_LENGTH


class SessionRow(SQLModel, table=True):
    """A built session as it may be read again. Nothing in it is made from age, conditions or history.

    `id` comes from the other stored columns alone: whoever guesses what is personal has nothing to compare it with.
    """

    __tablename__ = "session"
    __table_args__ = (
        sa.CheckConstraint("duration_s > 0", name="takes_time"),
        sa.CheckConstraint("expires_at > created_at", name="expires_later"),
    )

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    catalogue_serial: int = Field(sa_type=sa.BigInteger)
    duration_s: int
    request: dict[str, Any] = Field(sa_type=sa.JSON)
    content: dict[str, Any] = Field(sa_type=sa.JSON)
    personal: bool
    """True where age, conditions or history were used to build it; which they were is forgotten."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
