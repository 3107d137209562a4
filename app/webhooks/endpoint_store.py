"""Stored webhooks: made, listed, changed and deleted by their partner, to whom others do not exist."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.changes.record_kind import RecordKind
from app.changes.serial import read_serial
from app.kit.database import Database
from app.partners.tables import Partner
from app.webhooks.errors import too_many_webhooks, webhook_not_found
from app.webhooks.tables import QueuedDelivery, WebhookEndpoint

MAX_WEBHOOKS: Final = 5
"""Of one partner."""
OVERLAP: Final = timedelta(hours=24)
"""For which messages are signed with the secret before a rotation as well."""


class StoredWebhook(NamedTuple):
    """A webhook, and its messages that have not arrived: what waits, then what was given up, the newest first."""

    endpoint: WebhookEndpoint
    undelivered: list[QueuedDelivery]


class WebhookSettings(NamedTuple):
    """What a partner chooses; None leaves it as it is."""

    url: str | None
    kinds: Sequence[RecordKind] | None
    is_enabled: bool | None


class EndpointStore:
    """The webhooks of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def create(self, partner: str, webhook_id: str, settings: WebhookSettings) -> StoredWebhook:
        """Store a webhook, which is told of the changes from now on. Raises `TooManyWebhooks`."""
        with self.database.transaction() as session:
            # Locked, so that of many requests at once none goes past the limit.
            session.exec(select(Partner).where(col(Partner.slug) == partner).with_for_update()).one()
            if len(_list(session, partner)) >= MAX_WEBHOOKS:
                raise too_many_webhooks(MAX_WEBHOOKS)
            endpoint = WebhookEndpoint(
                id=webhook_id,
                partner=partner,
                url=settings.url or "",
                kinds=list(settings.kinds or RecordKind),
                created_at=self.database.current_time(session),
                queued_serial=read_serial(session),
            )
            session.add(endpoint)
            session.flush()
            return _detach(session, endpoint)

    def list_all(self, partner: str) -> list[StoredWebhook]:
        """Return the webhooks of a partner, the oldest first."""
        with self.database.read_transaction() as session:
            return [_detach(session, endpoint) for endpoint in _list(session, partner)]

    def find(self, partner: str, webhook_id: str) -> StoredWebhook:
        """Return a webhook of a partner. Raises `WebhookNotFound`."""
        with self.database.read_transaction() as session:
            return _detach(session, _find(session, partner, webhook_id))

    def change(self, partner: str, webhook_id: str, settings: WebhookSettings) -> StoredWebhook:
        """Change a webhook; a message that waits is sent at once. Raises `WebhookNotFound`."""
        with self.database.transaction() as session:
            endpoint = _find(session, partner, webhook_id)
            endpoint.url = settings.url or endpoint.url
            endpoint.kinds = list(settings.kinds or endpoint.kinds)
            if settings.is_enabled is not None:
                endpoint.disabled_because = None if settings.is_enabled else "partner"
                endpoint.failed_in_a_row = 0
            now = self.database.current_time(session)
            is_waiting = (col(QueuedDelivery.webhook) == webhook_id) & (col(QueuedDelivery.state) == "waiting")
            session.exec(sa.update(QueuedDelivery).where(is_waiting).values(next_attempt_at=now))
            return _detach(session, endpoint)

    def rotate_secret(self, partner: str, webhook_id: str) -> StoredWebhook:
        """Give a webhook another secret; the one before signs on for `OVERLAP`. Raises `WebhookNotFound`."""
        with self.database.transaction() as session:
            endpoint = _find(session, partner, webhook_id)
            endpoint.secret_version += 1
            endpoint.old_secret_until = self.database.current_time(session) + OVERLAP
            return _detach(session, endpoint)

    def delete(self, partner: str, webhook_id: str) -> None:
        """Delete a webhook, and its messages that have not arrived. Raises `WebhookNotFound`."""
        with self.database.transaction() as session:
            endpoint = _find(session, partner, webhook_id)
            session.exec(sa.delete(QueuedDelivery).where(col(QueuedDelivery.webhook) == webhook_id))
            session.delete(endpoint)


def _list(session: Session, partner: str) -> list[WebhookEndpoint]:
    query = select(WebhookEndpoint).where(col(WebhookEndpoint.partner) == partner)
    return list(session.exec(query.order_by(col(WebhookEndpoint.created_at), col(WebhookEndpoint.id))))


def _find(session: Session, partner: str, webhook_id: str) -> WebhookEndpoint:
    """Return a webhook of a partner. Raises `WebhookNotFound`, also where it is that of another one."""
    is_own = (col(WebhookEndpoint.id) == webhook_id) & (col(WebhookEndpoint.partner) == partner)
    endpoint = session.exec(select(WebhookEndpoint).where(is_own)).first()
    if endpoint is None:
        raise webhook_not_found()
    return endpoint


def _detach(session: Session, endpoint: WebhookEndpoint) -> StoredWebhook:
    """Return a webhook that can be read after the transaction."""
    session.flush()
    query = select(QueuedDelivery).where(col(QueuedDelivery.webhook) == endpoint.id)
    deliveries = session.exec(query.order_by(col(QueuedDelivery.state).desc(), col(QueuedDelivery.serial).desc()))
    return StoredWebhook(endpoint.model_copy(), [delivery.model_copy() for delivery in deliveries])
