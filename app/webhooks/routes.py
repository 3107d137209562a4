"""Webhooks over HTTP: a partner says where it is told of changes, and sees what has not arrived."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Path, Request
from starlette.responses import Response

from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.models import FrozenModel
from app.kit.request_database import DatabaseUnavailable
from app.partners.dependencies import require_scope
from app.partners.errors import InvalidKey, KeyRequired, KeysUnavailable, MissingScope
from app.partners.key_ring import Caller
from app.webhooks.endpoint_store import StoredWebhook, WebhookSettings
from app.webhooks.errors import DeliveryRunning, TooManyWebhooks, WebhookNotFound
from app.webhooks.example_webhook import EXAMPLE_WEBHOOK_ID
from app.webhooks.message import WebhookMessage
from app.webhooks.schemas import (
    AttemptRequest,
    DeliveryAttempt,
    NewWebhook,
    UndeliveredMessage,
    Webhook,
    WebhookChanges,
    WebhookList,
)
from app.webhooks.webhook_services import WebhookServices

NOT_STORED: Final = {"Cache-Control": caching.NO_STORE}
KEY_PROBLEMS: Final = (InvalidKey, MissingScope, KeysUnavailable, DatabaseUnavailable)
router = APIRouter(prefix="/v1/webhooks", tags=["Webhooks"])
PartnerKey = Annotated[Caller, require_scope("webhooks:write")]
WebhookId = Annotated[str, Path(max_length=40, description="The webhook.", examples=[EXAMPLE_WEBHOOK_ID])]


messages = APIRouter(tags=["Webhooks"])
"""What the service sends, to the address of the request: it is in the OpenAPI document, and answers no request.

A callback and no entry under `webhooks`: those are for what is not asked for over the API, and of them generators of
clients make operations that cannot be compiled.
"""


@messages.post(
    "{$request.body#/url}",
    operation_id="receive_message",
    status_code=204,
    responses={204: {"description": "2xx within 15 seconds: arrived. 410 ends the webhook; all else is sent again."}},
    summary="Tell changes",
)
async def receive_message(
    _body: WebhookMessage,
    _message_id: Annotated[str, Header(alias="webhook-id", description="Stays the same when it is sent again.")],
    _timestamp: Annotated[int, Header(alias="webhook-timestamp", description="Of the attempt, in Unix seconds.")],
    _signature: Annotated[str, Header(alias="webhook-signature", description="`v1,` and base64; several at times.")],
) -> None:
    """Sent by this service, with the headers of Standard Webhooks 1.0, when records of the catalogue have changed."""


async def current_webhooks(request: Request) -> WebhookServices:
    """Return the webhooks of the application."""
    services: WebhookServices = request.app.state.webhooks
    return services


Services = Annotated[WebhookServices, Depends(current_webhooks)]


@router.post(
    "",
    status_code=201,
    response_model=Webhook,
    responses=KeyRequired.openapi_responses(TooManyWebhooks, InvalidRequest, *KEY_PROBLEMS),
    summary="Make a webhook",
    callbacks=messages.routes,
)
async def create_webhook(caller: PartnerKey, services: Services, body: NewWebhook) -> Response:
    """Changes from now on are told to an address, in messages signed as Standard Webhooks has it.

    The answer has the `secret` (`whsec_`) that verifies them; it is not shown again. A partner has at most 5 webhooks.
    """
    await services.check_receiver(body.url)
    settings = WebhookSettings(body.url, body.kinds, None)
    make = services.endpoints.create
    stored = await services.database.write(make, caller.partner, services.make_id(), settings)
    return _send(_describe(stored, services.find_secret(stored)), 201)


@router.get(
    "",
    response_model=WebhookList,
    responses=KeyRequired.openapi_responses(*KEY_PROBLEMS),
    summary="List webhooks",
)
async def list_webhooks(caller: PartnerKey, services: Services) -> Response:
    """Those of the partner, the oldest first, each with what has not arrived. What has arrived is not kept."""
    stored = await services.database.read(services.endpoints.list_all, caller.partner)
    return _send(WebhookList(items=tuple(map(_describe, stored))))


@router.patch(
    "/{webhook_id}",
    response_model=Webhook,
    responses=KeyRequired.openapi_responses(WebhookNotFound, InvalidRequest, *KEY_PROBLEMS),
    summary="Change a webhook",
)
async def change_webhook(
    caller: PartnerKey, services: Services, webhook_id: WebhookId, body: WebhookChanges
) -> Response:
    """Another address, other kinds of records, or a pause. A message that waits is sent at once."""
    if body.url is not None:
        await services.check_receiver(body.url)
    settings = WebhookSettings(body.url, body.kinds, body.enabled)
    stored = await services.database.write(services.endpoints.change, caller.partner, webhook_id, settings)
    services.wake()
    return _send(_describe(stored))


@router.delete(
    "/{webhook_id}",
    status_code=204,
    responses={
        **KeyRequired.openapi_responses(WebhookNotFound, InvalidRequest, *KEY_PROBLEMS),
        204: {"description": "The webhook is deleted."},
    },
    summary="Delete a webhook",
)
async def delete_webhook(caller: PartnerKey, services: Services, webhook_id: WebhookId) -> Response:
    """Nothing is sent there any more, also no message that waits."""
    await services.database.write(services.endpoints.delete, caller.partner, webhook_id)
    return Response(status_code=204, headers=NOT_STORED)


@router.post(
    "/{webhook_id}/secret",
    response_model=Webhook,
    responses=KeyRequired.openapi_responses(WebhookNotFound, InvalidRequest, *KEY_PROBLEMS),
    summary="Replace the secret of a webhook",
)
async def rotate_webhook_secret(caller: PartnerKey, services: Services, webhook_id: WebhookId) -> Response:
    """The answer has a new `secret`. For a day messages have two signatures, that of the secret before as well."""
    stored = await services.database.write(services.endpoints.rotate_secret, caller.partner, webhook_id)
    return _send(_describe(stored, services.find_secret(stored)))


@router.post(
    "/{webhook_id}/attempts",
    response_model=DeliveryAttempt,
    responses=KeyRequired.openapi_responses(WebhookNotFound, InvalidRequest, DeliveryRunning, *KEY_PROBLEMS),
    summary="Send a message now",
)
async def attempt_delivery(
    caller: PartnerKey, services: Services, webhook_id: WebhookId, body: AttemptRequest
) -> Response:
    """Sends a test, or one that has not arrived, once, also to a disabled webhook, and tells what came of it."""
    stored = await services.database.read(services.endpoints.find, caller.partner, webhook_id)
    message_id, outcome = await services.attempt(stored, body.message_id)
    attempt = DeliveryAttempt(
        message_id=message_id, delivered=outcome.fault is None, status=outcome.status, fault=outcome.fault
    )
    return _send(attempt)


def _describe(stored: StoredWebhook, secret: str | None = None) -> Webhook:
    endpoint, deliveries = stored
    shown = set(Webhook.model_fields)
    undelivered = (
        UndeliveredMessage.model_validate(delivery.model_dump(include=set(UndeliveredMessage.model_fields)))
        for delivery in deliveries
    )
    return Webhook(
        **endpoint.model_dump(include=shown),
        secret=secret,
        serial=endpoint.queued_serial,
        undelivered=tuple(undelivered),
    )


def _send(content: FrozenModel, status: int = 200) -> Response:
    return Response(content.model_dump_json(), status, media_type="application/json", headers=NOT_STORED)
