"""What runs for webhooks as long as the service does, and what requests ask of it."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Final

from app.kit.databases import OpenDatabases
from app.kit.request_database import RequestDatabase
from app.kit.settings import Settings
from app.texts.loader import load_texts
from app.webhooks.delivery_store import (
    MESSAGE_PREFIX,
    NOTHING_DUE,
    Claim,
    DeliveryStore,
    DueDeliveries,
    list_secret_versions,
    make_id,
)
from app.webhooks.dispatcher import Dispatcher
from app.webhooks.endpoint_store import EndpointStore, StoredWebhook
from app.webhooks.errors import delivery_not_found, delivery_running, invalid_receiver, too_many_deliveries
from app.webhooks.message import WebhookMessage, write_data
from app.webhooks.receiver_address import InvalidReceiver, RefusedAddress, Resolver, UnknownHost, parse_receiver
from app.webhooks.sender import DeliveryOutcome, MessageSender
from app.webhooks.signing import derive_secret, sign_message
from app.webhooks.texts import WebhookTexts

log = logging.getLogger("thoracic.webhooks")
MAX_ASKED: Final = 4
"""Messages that one process sends at a time because requests ask for that."""
PATIENCE_FACTOR: Final = 5
"""Times the time that requests give the database: nobody waits for a delivery."""


class WebhookServices:
    """Made with the application, before anything is opened."""

    def __init__(self, settings: Settings, request_database: RequestDatabase) -> None:
        self.database, self.base = request_database, settings.public_url
        self.make_id: Callable[[], str] = make_id
        self.sender = MessageSender(Resolver(settings.webhook_loopback))
        self.endpoints: EndpointStore
        self.dispatcher: Dispatcher | None = None
        self._secret = b""
        self._asked = 0

    @contextlib.asynccontextmanager
    async def running(self, databases: OpenDatabases, secret: bytes) -> AsyncIterator[None]:
        """Deliver until the block ends."""
        if self.sender.resolver.allows_loopback:
            log.warning("webhooks may lead to this machine: a setting to try them out, not for a server")
        self._secret, database = secret, databases.primary.database
        self.endpoints = EndpointStore(database)
        # One read and one write at a time, so that a burst of deliveries takes no thread from requests.
        patient = RequestDatabase(1, self.database.timeout_s * PATIENCE_FACTOR, self.database.health)
        self.dispatcher = Dispatcher(DeliveryStore(database, self.base), patient, self._send_claimed)
        dispatching = asyncio.create_task(self.dispatcher.run())
        try:
            yield
        finally:
            dispatching.cancel()
            await asyncio.gather(dispatching, return_exceptions=True)
            await self.dispatcher.stop()
            await self.sender.aclose()

    @property
    def due(self) -> DueDeliveries:
        """What was due when this process last looked."""
        return self.dispatcher.due if self.dispatcher is not None else NOTHING_DUE

    def wake(self) -> None:
        """Look for what is due: the catalogue has changed, or a webhook."""
        if self.dispatcher is not None:
            self.dispatcher.wake()

    def find_secret(self, stored: StoredWebhook) -> str:
        """Return the secret of a webhook, for the one answer that shows it."""
        return derive_secret(self._secret, stored.endpoint.id, stored.endpoint.secret_version)

    async def check_receiver(self, url: str) -> None:
        """Raise `InvalidRequest` where messages may not go to an address, with what is wrong with it."""
        texts = load_texts(WebhookTexts).receivers
        try:
            await self.sender.resolver.resolve(parse_receiver(url, self.sender.resolver.allows_loopback))
        except InvalidReceiver as error:
            raise invalid_receiver(str(error)) from None
        except RefusedAddress:
            raise invalid_receiver(texts.not_public) from None
        except UnknownHost:
            raise invalid_receiver(texts.unknown_host) from None
        except TimeoutError:
            raise invalid_receiver(texts.timeout) from None

    async def attempt(self, stored: StoredWebhook, message_id: str | None) -> tuple[str, DeliveryOutcome]:
        """Send a message that has not arrived now, or without an id a test. Return its id and what came of it.

        Where it arrives it is deleted, and those behind it follow. Raises `WebhookNotFound` where it has arrived or
        never was, `DeliveryRunning`, `DatabaseUnavailable`.
        """
        if self._asked >= MAX_ASKED:
            raise too_many_deliveries()
        self._asked += 1
        try:
            if message_id is None:
                claim = self._write_test(stored)
                return claim.message_id, await self._send_claimed(claim)
            return message_id, await self._retry(stored, message_id)
        finally:
            self._asked -= 1
            self.wake()

    def _write_test(self, stored: StoredWebhook) -> Claim:
        endpoint, now = stored.endpoint, datetime.now(UTC)
        span = (endpoint.queued_serial, endpoint.queued_serial)
        message = WebhookMessage(type="webhook.test", timestamp=now, data=write_data(endpoint.id, span, self.base, []))
        versions = list_secret_versions(endpoint, now)
        message_id = f"{MESSAGE_PREFIX}{self.make_id()}"
        return Claim("", endpoint.id, endpoint.url, versions, message_id, message.model_dump_json())

    async def _retry(self, stored: StoredWebhook, message_id: str) -> DeliveryOutcome:
        assert self.dispatcher is not None
        if message_id not in [delivery.id for delivery in stored.undelivered]:
            raise delivery_not_found()
        holder, store = secrets.token_hex(8), self.dispatcher.store
        claim = await self.database.write(store.claim_message, stored.endpoint.id, message_id, holder)
        if claim is None:
            raise delivery_running()
        return await self.dispatcher.deliver(claim)

    async def _send_claimed(self, claim: Claim) -> DeliveryOutcome:
        keys = [derive_secret(self._secret, claim.webhook, version) for version in claim.secret_versions]
        headers = sign_message(keys, claim.message_id, datetime.now(UTC), claim.body)
        return await self.sender.send(claim.url, headers, claim.body)
