"""Stored shapes of webhooks: where each partner is told of changes, and what has not arrived there."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.changes.tables import check_in
from app.kit.database import UtcDateTime
from app.partners.key_options import MAX_SLUG_LENGTH
from app.webhooks.webhook_words import DELIVERY_FAULTS, DISABLED_REASONS

MAX_ID_LENGTH = 40


class WebhookEndpoint(SQLModel, table=True):
    """Where a partner is told of changes.

    The secret is not stored: it follows from the id and `secret_version`. A process that delivers holds the lease; once
    `lease_until` has passed, another one takes over.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (check_in("disabled_because", DISABLED_REASONS),)

    id: str = Field(primary_key=True, max_length=MAX_ID_LENGTH)
    partner: str = Field(foreign_key="partner.slug", max_length=MAX_SLUG_LENGTH, index=True)
    url: str
    kinds: list[str] = Field(sa_type=sa.JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    disabled_because: str | None = None
    """None: it is told of changes."""
    secret_version: int = 1
    old_secret_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Until then messages are signed with the secret before as well."""
    queued_serial: int = Field(sa_type=sa.BigInteger)
    """Every change up to this serial is in a delivery, was delivered, or is not for this partner."""
    failed_in_a_row: int = 0
    """Deliveries that were given up since the last one that arrived."""
    last_delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease_holder: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class QueuedDelivery(SQLModel, table=True):
    """A message that has not arrived: it is sent again, byte for byte, or was given up."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        check_in("state", ("waiting", "failed")),
        check_in("last_fault", DELIVERY_FAULTS),
        sa.Index("ix_webhook_delivery_webhook_state", "webhook", "state"),
    )

    id: str = Field(primary_key=True, max_length=MAX_ID_LENGTH)
    """The `webhook-id` of the message."""
    webhook: str = Field(foreign_key="webhook_endpoint.id", ondelete="CASCADE", max_length=MAX_ID_LENGTH)
    since: int = Field(sa_type=sa.BigInteger)
    serial: int = Field(sa_type=sa.BigInteger)
    """The message tells what changed after `since`, up to this serial."""
    body: str = Field(sa_type=sa.Text)
    state: str = "waiting"
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    next_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None: it was given up."""
    last_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_status: int | None = None
    last_fault: str | None = None
