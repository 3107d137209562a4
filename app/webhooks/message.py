"""What messages tell: which records changed, in short. The feed of changes has the records themselves."""

from collections.abc import Iterable
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.changes.change_action import ChangeAction
from app.changes.history import ChangedRecord
from app.changes.record_kind import RecordKind
from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.schemas.exercise import ExerciseSlug

MAX_ITEMS: Final = 50
"""Records that a message names: with the longest slugs it has 15 kB, and Standard Webhooks advises fewer than 20."""
FEED_PATH: Final = "/v1/changes"


EXAMPLE: Final[JsonDict] = {
    "type": "catalogue.changed",
    "timestamp": "2026-01-01T00:00:00Z",
    "data": {
        "webhook": "0123456789abcdef01234567",
        "since": 315,
        "serial": 316,
        "changes": "/v1/changes?since=315",
        "total": 1,
        "items": [
            {"kind": "exercise", "slug": "book", "action": "delete", "replaced_by": "open-book", "serial": 316},
        ],
    },
}


class WebhookItem(FrozenModel):
    """A record that was changed, and its last change."""

    kind: RecordKind
    slug: ExerciseSlug
    action: ChangeAction
    replaced_by: ExerciseSlug | None = Field(description="The new slug of a record that was renamed.")
    serial: int


class WebhookData(FrozenModel):
    """The changes of the catalogue after one serial, up to another one."""

    webhook: str = Field(description="The id of the webhook.")
    since: int
    serial: int
    changes: str = Field(description="The feed with these changes; ask with the serial of your copy, if you have one.")
    total: int = Field(description="Records that changed; more than `items` names where there are many.")
    items: tuple[WebhookItem, ...] = Field(description="The first 50 of them, in the order of their serials.")


class WebhookMessage(FrozenModel):
    """The body of a message: `webhook.test` has no items."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    type: str = Field(description="`catalogue.changed`, or `webhook.test`; there may be others later.")
    timestamp: Timestamp = Field(description="When the last of these changes was made.")
    data: WebhookData


def select_last_changes(changes: Iterable[ChangedRecord]) -> list[ChangedRecord]:
    """Return the last change of each record, in the order of their serials."""
    last = {(change.kind, change.slug): change for change in changes}
    return sorted(last.values(), key=lambda change: change.serial)


def write_data(webhook: str, span: tuple[int, int], base: str, changes: list[ChangedRecord]) -> WebhookData:
    """Return what a message tells; `span` is the serial before and the last one, `base` the address of the service."""
    since, serial = span
    items = tuple(
        WebhookItem(
            kind=RecordKind(change.kind),
            slug=change.slug,
            action=change.action,
            replaced_by=change.replaced_by,
            serial=change.serial,
        )
        for change in changes[:MAX_ITEMS]
    )
    changes_address = f"{base}{FEED_PATH}?since={since}"
    return WebhookData(
        webhook=webhook, since=since, serial=serial, changes=changes_address, total=len(changes), items=items
    )
