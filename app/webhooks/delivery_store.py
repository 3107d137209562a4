"""What is to be delivered, kept in the database: each message is sent by one process, and survives all of them.

No row is written for a change. A webhook has the serial up to which its changes are in messages; the message for those
after it is made by the process that sends it, stored before it is sent, and deleted when it has arrived.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.changes.history import ChangeFilter, read_changed_records
from app.changes.serial import read_serial
from app.changes.tables import Serial
from app.kit.database import Database
from app.partners.key_store import has_key_with_scope
from app.webhooks.message import WebhookMessage, select_last_changes, write_data
from app.webhooks.retry_schedule import choose_delay
from app.webhooks.sender import DeliveryOutcome
from app.webhooks.tables import QueuedDelivery, WebhookEndpoint

LEASE: Final = timedelta(seconds=60)
"""Longer than an attempt takes: after it another process takes a delivery over."""
MAX_CHANGES: Final = 2000
"""Changes that one message is made of; what comes after them is in the next one."""
MAX_FAILED_IN_A_ROW: Final = 2
"""Messages given up one after the other, each after three days, after which a webhook is sent nothing more."""
MAX_KEPT_FAILED: Final = 20
"""Messages given up of one webhook that are kept."""
GONE: Final = 410
MESSAGE_PREFIX: Final = "msg_"
"""Begins the ids of messages."""


class DueDeliveries(NamedTuple):
    """What is to be sent now, and when to look again."""

    webhooks: list[str]
    """Ids of webhooks with a message that is due and that no process sends."""
    next_due_s: float | None
    """Seconds until another one is due; None where none waits."""
    waiting: int
    failed: int
    """Messages that wait to be sent again, and those that were given up."""


NOTHING_DUE: Final = DueDeliveries([], None, 0, 0)


class Claim(NamedTuple):
    """A message that its holder alone may send for the time of a lease."""

    holder: str
    webhook: str
    url: str
    secret_versions: tuple[int, ...]
    message_id: str
    body: str


class DeliveryStore:
    """The deliveries of one database."""

    def __init__(
        self, database: Database, feed_base: str = "", read_clock: Callable[[Session], datetime] | None = None
    ) -> None:
        """`feed_base` stands before the path of the feed in messages; `read_clock` is the clock of the database."""
        self.database, self.feed_base = database, feed_base
        self.read_clock = read_clock or database.current_time

    def find_due(self) -> DueDeliveries:
        """Return what is due. One look costs two small queries, also where there is no webhook at all."""
        with self.database.read_transaction() as session:
            query = (
                select(WebhookEndpoint.id, WebhookEndpoint.lease_until, QueuedDelivery.next_attempt_at)
                .outerjoin(QueuedDelivery, _is_waiting())
                .where(
                    col(WebhookEndpoint.disabled_because).is_(None),
                    col(QueuedDelivery.id).is_not(None)
                    | (col(WebhookEndpoint.queued_serial) < select(Serial.value).scalar_subquery()),
                )
                .order_by(col(WebhookEndpoint.id))
            )
            rows = session.exec(query).all()
            by_state = select(QueuedDelivery.state, sa.func.count()).group_by(QueuedDelivery.state)
            counts = dict(session.exec(by_state).all())
            now = self.read_clock(session) if rows else datetime.now(UTC)
        due_at = {id_: max(lease_until or now, next_at or now) for id_, lease_until, next_at in rows}
        later_s = [(at - now).total_seconds() for at in due_at.values() if at > now]
        return DueDeliveries(
            [id_ for id_, at in due_at.items() if at <= now],
            min(later_s, default=None),
            counts.get("waiting", 0),
            counts.get("failed", 0),
        )

    def claim(self, webhook: str, holder: str) -> Claim | None:
        """Take a lease for a webhook and return what is to be sent; None where nothing is due any more."""
        with self.database.transaction() as session:
            now = self.read_clock(session)
            endpoint = _lock_free(session, webhook, now)
            if endpoint is None or endpoint.disabled_because is not None:
                return None
            if not has_key_with_scope(session, endpoint.partner, "webhooks:write", now):
                endpoint.disabled_because = "no_key"
                return None
            delivery = _find_waiting(session, webhook) or self._queue_message(session, endpoint, now)
            if delivery is None or (delivery.next_attempt_at or now) > now:
                return None
            return _lease(endpoint, delivery, holder, now)

    def claim_message(self, webhook: str, message_id: str, holder: str) -> Claim | None:
        """Take a lease for one message, whether it is due or not, also one that was given up.

        None where it has arrived meanwhile, or another process sends to this webhook now.
        """
        with self.database.transaction() as session:
            now = self.read_clock(session)
            endpoint, delivery = _lock_free(session, webhook, now), session.get(QueuedDelivery, message_id)
            if endpoint is None or delivery is None or delivery.webhook != webhook:
                return None
            return _lease(endpoint, delivery, holder, now)

    def _queue_message(self, session: Session, endpoint: WebhookEndpoint, now: datetime) -> QueuedDelivery | None:
        """Store the message with what changed since the last one; None where nothing of it is for this webhook."""
        since, serial = endpoint.queued_serial, read_serial(session)
        asked = ChangeFilter(since, serial, endpoint.partner, endpoint.kinds)
        changes = read_changed_records(session, asked, MAX_CHANGES)
        if len(changes) == MAX_CHANGES:
            serial = changes[-1].serial
        endpoint.queued_serial = serial
        if not changes:
            return None
        told = select_last_changes(changes)
        data = write_data(endpoint.id, (since, serial), self.feed_base, told)
        message = WebhookMessage(type="catalogue.changed", timestamp=told[-1].at, data=data)
        delivery = QueuedDelivery(
            id=f"{MESSAGE_PREFIX}{make_id()}",
            webhook=endpoint.id,
            since=since,
            serial=serial,
            body=message.model_dump_json(),
            created_at=now,
            next_attempt_at=now,
        )
        session.add(delivery)
        return delivery

    def complete(self, claim: Claim, outcome: DeliveryOutcome) -> None:
        """Store what came of an attempt, and end the lease. Nothing is stored where the lease was lost meanwhile."""
        with self.database.transaction() as session:
            now = self.read_clock(session)
            endpoint = _lock(session, claim.webhook)
            if endpoint is None or endpoint.lease_holder != claim.holder:
                return
            endpoint.lease_holder = endpoint.lease_until = None
            delivery = session.get(QueuedDelivery, claim.message_id)
            if outcome.fault is None:
                endpoint.failed_in_a_row, endpoint.last_delivered_at = 0, now
                if delivery is not None:
                    session.delete(delivery)
            elif delivery is not None:
                _note_failure(session, endpoint, delivery, outcome, now)

    def release(self, holder: str) -> None:
        """End the leases of a process that stops; what it was sending is sent again by another one."""
        with self.database.transaction() as session:
            held = sa.update(WebhookEndpoint).where(col(WebhookEndpoint.lease_holder) == holder)
            session.exec(held.values(lease_holder=None, lease_until=None))


def make_id() -> str:
    """Return the id of something new, which nobody can guess."""
    return secrets.token_hex(12)


def _is_waiting() -> sa.ColumnElement[bool]:
    return (col(QueuedDelivery.webhook) == col(WebhookEndpoint.id)) & (col(QueuedDelivery.state) == "waiting")


def _lock(session: Session, webhook: str) -> WebhookEndpoint | None:
    return session.exec(select(WebhookEndpoint).where(col(WebhookEndpoint.id) == webhook).with_for_update()).first()


def _lock_free(session: Session, webhook: str, now: datetime) -> WebhookEndpoint | None:
    """Return a webhook, locked; None where a process sends to it, or is claiming it at this moment."""
    is_free = col(WebhookEndpoint.lease_until).is_(None) | (col(WebhookEndpoint.lease_until) <= now)
    query = select(WebhookEndpoint).where(col(WebhookEndpoint.id) == webhook, is_free)
    return session.exec(query.with_for_update(skip_locked=True)).first()


def _find_waiting(session: Session, webhook: str) -> QueuedDelivery | None:
    query = select(QueuedDelivery).where(col(QueuedDelivery.webhook) == webhook, col(QueuedDelivery.state) == "waiting")
    return session.exec(query).first()


def _lease(endpoint: WebhookEndpoint, delivery: QueuedDelivery, holder: str, now: datetime) -> Claim:
    endpoint.lease_holder, endpoint.lease_until = holder, now + LEASE
    versions = list_secret_versions(endpoint, now)
    return Claim(holder, endpoint.id, endpoint.url, versions, delivery.id, delivery.body)


def list_secret_versions(endpoint: WebhookEndpoint, now: datetime) -> tuple[int, ...]:
    """Return the versions of the secrets that messages are signed with: after a rotation two for a while."""
    has_old = endpoint.old_secret_until is not None and endpoint.old_secret_until > now
    return (endpoint.secret_version, endpoint.secret_version - 1) if has_old else (endpoint.secret_version,)


def _note_failure(
    session: Session, endpoint: WebhookEndpoint, delivery: QueuedDelivery, outcome: DeliveryOutcome, now: datetime
) -> None:
    delivery.attempts += 1
    delivery.last_attempt_at, delivery.last_status, delivery.last_fault = now, outcome.status, outcome.fault
    is_gone = outcome.status == GONE
    delay_s = None if is_gone else choose_delay(delivery.attempts, outcome.retry_after_s)
    if is_gone:
        endpoint.disabled_because = "gone"
    if delivery.state == "failed":  # it was tried again because its partner asked for that
        return
    if delay_s is not None:
        delivery.next_attempt_at = now + timedelta(seconds=delay_s)
        return
    delivery.state, delivery.next_attempt_at = "failed", None
    endpoint.failed_in_a_row += 1
    if endpoint.failed_in_a_row >= MAX_FAILED_IN_A_ROW and not is_gone:
        endpoint.disabled_because = "failing"
    _delete_oldest_failed(session, endpoint.id)


def _delete_oldest_failed(session: Session, webhook: str) -> None:
    session.flush()
    failed = select(QueuedDelivery).where(col(QueuedDelivery.webhook) == webhook, col(QueuedDelivery.state) == "failed")
    for delivery in session.exec(failed.order_by(col(QueuedDelivery.serial).desc()).offset(MAX_KEPT_FAILED)):
        session.delete(delivery)
