"""A database with a catalogue of which only the changes matter, a partner with webhooks, and a clock of the test."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col

from app.changes.record_kind import RecordKind
from app.changes.serial import lock_serial, set_serial
from app.changes.tables import Change, Serial
from app.kit.database import Database
from app.partners.tables import ApiKey, KeyVersion, Partner
from app.webhooks.delivery_store import Claim, DeliveryStore
from app.webhooks.endpoint_store import EndpointStore, StoredWebhook, WebhookSettings
from app.webhooks.retry_schedule import MAX_ATTEMPTS
from app.webhooks.sender import DeliveryOutcome
from app.webhooks.tables import QueuedDelivery, WebhookEndpoint

TABLES = (Serial, Change, Partner, KeyVersion, ApiKey, WebhookEndpoint, QueuedDelivery)
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ARRIVED = DeliveryOutcome(204, None)
REFUSED = DeliveryOutcome(500, "status")
GONE = DeliveryOutcome(410, "status")


class StoredWebhooks:
    """Webhooks in a database, without an application; `now` is moved by the tests."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, START
        SQLModel.metadata.create_all(database.engine, [SQLModel.metadata.tables[str(t.__tablename__)] for t in TABLES])
        with database.transaction() as session:
            session.add_all([Serial(value=0), KeyVersion(value=0)])
        for partner in ("acme", "other"):
            self.add_partner(partner)
        self.endpoints, self.store = EndpointStore(database), self.open_store()

    def open_store(self) -> DeliveryStore:
        """A store as another process has it, with the same clock."""
        return DeliveryStore(self.database, read_clock=lambda _: self.now)

    def add_partner(self, partner: str) -> None:
        with self.database.transaction() as session:
            session.add(Partner(slug=partner, name=partner, created_at=START))
            session.flush()
            scopes, digest = ["webhooks:write"], partner.ljust(64, "0")
            session.add(ApiKey(id=partner, partner=partner, digest=digest, scopes=scopes, created_at=START))

    def revoke_keys(self) -> None:
        with self.database.transaction() as session:
            session.exec(sa.update(ApiKey).values(revoked_at=START))

    def add(self, webhook_id: str = "hook", partner: str = "acme", kinds: tuple[RecordKind, ...] | None = None) -> None:
        settings = WebhookSettings(f"https://{webhook_id}.example.org/", kinds, None)
        self.endpoints.create(partner, webhook_id, settings)

    def change(self, *slugs: str, kind: RecordKind = RecordKind.EXERCISE) -> int:
        """Change records, and return the serial after that."""
        with self.database.transaction() as session:
            serial = lock_serial(session)
            for serial, slug in enumerate(slugs, serial + 1):  # noqa: B020 - the last one stays
                row = Change(serial=serial, kind=kind, slug=slug, action="upsert", record={}, at=START)
                session.add(row)
            set_serial(session, serial)
        return serial

    def find(self, webhook_id: str = "hook", partner: str = "acme") -> StoredWebhook:
        return self.endpoints.find(partner, webhook_id)

    def claim(self, holder: str = "one") -> list[Claim]:
        """Claim whatever is due."""
        claims = [self.store.claim(webhook, holder) for webhook in self.store.find_due().webhooks]
        return [claim for claim in claims if claim is not None]

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def wait_for_retry(self) -> None:
        """Move the clock to the time of the next attempt."""
        next_due_s = self.store.find_due().next_due_s
        assert next_due_s is not None
        self.wait(next_due_s)

    def fail_for_the_last_time(self) -> None:
        """Claim the message that is due, and have its last attempt fail."""
        [claim] = self.claim()
        with self.database.transaction() as session:
            session.exec(sa.update(QueuedDelivery).values(attempts=MAX_ATTEMPTS - 1).where(is_waiting()))
        self.store.complete(claim, REFUSED)

    def fail_until_given_up(self) -> int:
        """Fail every attempt of the message that is due; return how many there were."""
        [claim] = self.claim()
        attempts, message_id = 0, claim.message_id
        while True:
            assert claim.message_id == message_id
            self.store.complete(claim, REFUSED)
            attempts += 1
            [delivery] = [row for row in self.find().undelivered if row.id == message_id]
            if delivery.state == "failed":
                return attempts
            self.wait_for_retry()
            [claim] = self.claim()


def is_waiting() -> sa.ColumnElement[bool]:
    return col(QueuedDelivery.state) == "waiting"


@pytest.fixture
def stored(database: Database) -> StoredWebhooks:
    """Webhooks on SQLite and on PostgreSQL."""
    return StoredWebhooks(database)
