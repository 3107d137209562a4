"""A webhook, a message that was given up, and receivers that take everything: for examples of the OpenAPI document."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from app.changes.record_kind import RecordKind
from app.changes.serial import read_serial
from app.kit.database import Database
from app.webhooks.receiver_address import Resolver
from app.webhooks.schemas import EXAMPLE_URL
from app.webhooks.sender import DeliveryOutcome, MessageSender
from app.webhooks.tables import QueuedDelivery, WebhookEndpoint

EXAMPLE_DELIVERY_ID: Final = "msg_0123456789abcdef01234567"
EXAMPLE_WEBHOOK_ID: Final = "0123456789abcdef01234567"
NEW_WEBHOOK_ID: Final = "123456789abcdef012345678"
EXAMPLE_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)


PUBLIC_ADDRESS: Final = "8.8.8.8"


class ExampleSender(MessageSender):
    """Finds a public address for every host, and has every message arrive, without a connection."""

    def __init__(self) -> None:
        super().__init__(Resolver(allows_loopback=False, look_up_host=lambda _host, _port: [PUBLIC_ADDRESS]))

    async def send(self, url: str, headers: Mapping[str, str], body: str) -> DeliveryOutcome:  # noqa: ARG002 - as of any sender
        """Return that the message arrived."""
        return DeliveryOutcome(204, None)


def add_example_webhook(database: Database) -> None:
    """Store the webhook. The partner `acme` is there already."""
    with database.transaction() as session:
        serial = read_serial(session)
        endpoint = WebhookEndpoint(
            id=EXAMPLE_WEBHOOK_ID,
            partner="acme",
            url=EXAMPLE_URL,
            kinds=list(RecordKind),
            created_at=EXAMPLE_TIME,
            disabled_because="gone",
            queued_serial=serial,
        )
        session.add(endpoint)
        session.flush()
        delivery = QueuedDelivery(
            id=EXAMPLE_DELIVERY_ID,
            webhook=EXAMPLE_WEBHOOK_ID,
            since=serial - 1,
            serial=serial,
            body="{}",
            state="failed",
            created_at=EXAMPLE_TIME,
            attempts=1,
            last_attempt_at=EXAMPLE_TIME,
            last_status=410,
            last_fault="status",
        )
        session.add(delivery)
