"""The public JSON shapes of webhooks."""

from typing import Annotated

from pydantic import ConfigDict, Field

from app.changes.record_kind import RecordKind
from app.kit.models import FrozenModel, RequestModel
from app.kit.timestamps import Timestamp
from app.webhooks.receiver_address import MAX_URL_LENGTH
from app.webhooks.webhook_words import DeliveryFault, DisabledReason

EXAMPLE_URL = "https://hooks.example.org/thoracic"
ReceiverUrl = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_URL_LENGTH,
        description="Where messages are sent: https, to a host of the public internet.",
    ),
]
# Not strict: JSON has words, not members of an enumeration.
KindWord = Annotated[RecordKind, Field(strict=False)]
Kinds = Annotated[
    tuple[KindWord, ...],
    Field(min_length=1, max_length=4, strict=False, description="The kinds of records whose changes are told."),
]


class NewWebhook(RequestModel):
    """A webhook to be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": EXAMPLE_URL}]})

    url: ReceiverUrl
    kinds: Kinds = tuple(RecordKind)


class WebhookChanges(RequestModel):
    """What is to be changed of a webhook; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"enabled": True}]})

    url: ReceiverUrl | None = None
    kinds: Kinds | None = None
    enabled: bool | None = Field(
        None, description="True also ends what disabled it: one message then tells all that changed meanwhile."
    )


class AttemptRequest(RequestModel):
    """The message to send now."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"message_id": None}]})

    message_id: Annotated[str, Field(max_length=40)] | None = Field(
        None, description="One of `undelivered`; null: a message `webhook.test` is sent."
    )


class UndeliveredMessage(FrozenModel):
    """A message that has not arrived."""

    id: str = Field(description="Its `webhook-id`.")
    since: int
    serial: int = Field(description="It tells the changes after `since`, up to this serial.")
    created_at: Timestamp
    attempts: int
    next_attempt_at: Timestamp | None = Field(description="Null: it was given up.")
    last_attempt_at: Timestamp | None
    last_status: int | None = Field(description="Of the last answer, where there was one.")
    last_fault: DeliveryFault | None


class Webhook(FrozenModel):
    """An address that is told of changes."""

    id: str
    url: str
    kinds: tuple[RecordKind, ...]
    disabled_because: DisabledReason | None = Field(description="Null: changes are told.")
    created_at: Timestamp
    secret: str | None = Field(description="Verifies messages. Null but in the answers that make it.")
    old_secret_until: Timestamp | None = Field(description="Until then the secret before signs as well.")
    serial: int = Field(description="Changes up to it were told, or are in `undelivered`.")
    last_delivered_at: Timestamp | None
    undelivered: tuple[UndeliveredMessage, ...] = Field(
        description="What waits to be sent again, then the last 20 messages that were given up."
    )


class WebhookList(FrozenModel):
    """The webhooks of the partner."""

    items: tuple[Webhook, ...]


class DeliveryAttempt(FrozenModel):
    """What came of an attempt to deliver a message."""

    message_id: str
    delivered: bool
    status: int | None = Field(description="Of the answer, where there was one.")
    fault: DeliveryFault | None
