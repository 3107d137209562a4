"""Problems of webhooks."""

from typing import Final

from app.kit.errors import FieldError, InvalidRequest, Problem, TemporaryProblem
from app.texts.loader import load_texts
from app.webhooks.texts import WebhookTexts

RETRY_AFTER_S: Final = 15
"""About the longest time that an attempt takes."""


class WebhookNotFound(Problem):
    """The partner has no such webhook, or no such delivery of it."""

    status, title = 404, "Webhook not found"


class TooManyWebhooks(Problem):
    """The partner has as many webhooks as it may."""

    status, title = 409, "Too many webhooks"


class DeliveryRunning(TemporaryProblem):
    """A message is being sent already, or too many are."""

    title = "Delivery running"


def webhook_not_found() -> WebhookNotFound:
    """Return the problem of a webhook that does not exist, or not for this partner."""
    return WebhookNotFound(load_texts(WebhookTexts).problems.not_found)


def delivery_not_found() -> WebhookNotFound:
    """Return the problem of a delivery that does not exist."""
    return WebhookNotFound(load_texts(WebhookTexts).problems.delivery_not_found)


def too_many_webhooks(maximum: int) -> TooManyWebhooks:
    """Return the problem of a partner that wants one more."""
    return TooManyWebhooks(load_texts(WebhookTexts).problems.too_many.fill(maximum=maximum))


def delivery_running() -> DeliveryRunning:
    """Return the problem of a webhook to which a message is being sent."""
    return DeliveryRunning(load_texts(WebhookTexts).problems.sending, retry_after_s=RETRY_AFTER_S)


def too_many_deliveries() -> DeliveryRunning:
    """Return the problem of a request to send where many do so."""
    return DeliveryRunning(load_texts(WebhookTexts).problems.busy, retry_after_s=RETRY_AFTER_S)


def invalid_receiver(detail: str) -> InvalidRequest:
    """Return the problem of an address that no webhook may have."""
    error: FieldError = {"in": "body", "pointer": "/url", "detail": detail}
    return InvalidRequest(f"/url: {detail}", errors=[error])
