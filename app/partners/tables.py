"""Stored shapes: partners, digests of their keys, and the version that tells servers to read the keys again."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kit.database import UtcDateTime
from app.partners.key_options import MAX_SLUG_LENGTH

KEY_ID_LENGTH = 8
DIGEST_LENGTH = 64
MAX_CLIENT_LENGTH = 40


class Partner(SQLModel, table=True):
    """Who has keys. The slug is the partner's namespace: records of its own begin with it."""

    __tablename__ = "partner"

    slug: str = Field(primary_key=True, max_length=MAX_SLUG_LENGTH)
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class ApiKey(SQLModel, table=True):
    """A key, of which only the SHA-256 is stored. It stays after its end, so that its holder is told why it fails."""

    __tablename__ = "api_key"
    __table_args__ = (sa.CheckConstraint("rate >= 0", name="rate_not_negative"),)

    id: str = Field(primary_key=True, max_length=KEY_ID_LENGTH)
    partner: str = Field(foreign_key="partner.slug", max_length=MAX_SLUG_LENGTH, index=True)
    digest: str = Field(max_length=DIGEST_LENGTH, unique=True)
    scopes: list[str] = Field(sa_type=sa.JSON)
    rate: int | None = None
    """Requests a minute; None: the rate of the settings; 0: no limit."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class KeyVersion(SQLModel, table=True):
    """A counter, one row: whoever changes a key raises it, and every server polls it."""

    __tablename__ = "key_version"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    value: int = Field(sa_type=sa.BigInteger)


class KeyUse(SQLModel, table=True):
    """How many requests a key made on one day (UTC), and how many of them were refused by its rate."""

    __tablename__ = "key_use"
    __table_args__ = (
        sa.CheckConstraint("requests >= 0", name="requests_not_negative"),
        sa.CheckConstraint("refused >= 0", name="refused_not_negative"),
    )

    key_id: str = Field(primary_key=True, foreign_key="api_key.id", max_length=KEY_ID_LENGTH)
    day: date = Field(primary_key=True)
    requests: int = Field(sa_type=sa.BigInteger)
    refused: int = Field(sa_type=sa.BigInteger)


class RateAccount(SQLModel, table=True):
    """How far one client has used its rate, for all processes. A row whose time has passed means nothing more."""

    __tablename__ = "rate_account"

    client: str = Field(primary_key=True, max_length=MAX_CLIENT_LENGTH)
    """An HMAC of a key's id or of a network: no address is stored."""
    full_at_ns: int = Field(sa_type=sa.BigInteger, index=True)
    """Nanoseconds since 1970: when the whole quota is there again."""
