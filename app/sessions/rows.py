"""Stored sessions: what was built, without anything about the person."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kit.database import UtcDateTime


class SessionRow(SQLModel, table=True):
    """A built session as it may be read again; personal fields are only in `personal_hmac`, which tells nothing."""

    __tablename__ = "session"
    __table_args__ = (
        sa.CheckConstraint("duration_s > 0", name="takes_time"),
        sa.CheckConstraint("expires_at > created_at", name="expires_later"),
    )

    id: str = Field(primary_key=True, max_length=26)
    catalogue_serial: int = Field(sa_type=sa.BigInteger)
    duration_s: int
    request: dict[str, Any] = Field(sa_type=sa.JSON)
    content: dict[str, Any] = Field(sa_type=sa.JSON)
    personal_hmac: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
