"""Texts of webhooks, in the shape of `seed/texts/en/webhooks.yaml`."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.texts.loader import TextFile
from app.texts.templates import Fields, Template, Text


class ReceiverTexts(FrozenModel):
    """What is wrong with the address of a receiver, and what would be right."""

    malformed: Text
    not_https: Text
    port: Text
    host: Text
    not_public: Text
    unknown_host: Text
    timeout: Text


class WebhookProblemTexts(FrozenModel):
    """Why something cannot be done with webhooks."""

    not_found: Text
    delivery_not_found: Text
    too_many: Annotated[Template, Fields("maximum")]
    sending: Text
    busy: Text


class WebhookTexts(TextFile):
    """The texts of webhooks."""

    file_name = "webhooks.yaml"
    receivers: ReceiverTexts
    problems: WebhookProblemTexts
