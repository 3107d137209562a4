"""The feed of changes: what happened to the catalogue after a serial, each change once and in order."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.changes.change_action import ChangeAction
from app.changes.history import KEPT_DAYS, HistoryChange, HistoryPage
from app.changes.record_kind import RecordKind
from app.kit.errors import FieldError, InvalidRequest, Problem
from app.kit.models import FrozenModel
from app.kit.query import QueryModel, require_integer
from app.kit.timestamps import Timestamp
from app.offline.bundle import hash_static_parts
from app.offline.bundled_records import dump_record
from app.schemas.exercise import Exercise, ExerciseSlug
from app.schemas.guideline import Guideline
from app.schemas.record import AnyRecord
from app.schemas.reference import Reference
from app.schemas.routine import Routine

MAX_SERIAL = 2**53 - 1
"""The largest whole number that every reader of JSON knows."""
BUNDLE_PATH = "/v1/catalogue"
SCHEMAS: dict[RecordKind, type[AnyRecord]] = {
    RecordKind.EXERCISE: Exercise,
    RecordKind.GUIDELINE: Guideline,
    RecordKind.REFERENCE: Reference,
    RecordKind.ROUTINE: Routine,
}


class CatalogueChange(FrozenModel):
    """One change of one record."""

    serial: int = Field(description="Of this change; every later one is greater.")
    kind: RecordKind
    slug: ExerciseSlug
    action: ChangeAction
    replaced_by: ExerciseSlug | None = Field(
        description="The new slug of a record that was renamed, where it was deleted."
    )
    # An open object, because generators of clients write no class for a choice of four.
    record: dict[str, Any] | None = Field(
        description="As this change left it, null where it was deleted. As in the bundle: a BundledExercise, "
        "BundledGuideline, BundledReference or BundledRoutine by `kind`."
    )
    at: Timestamp


class ChangeFeed(FrozenModel):
    """Changes in the order of their serials."""

    items: tuple[CatalogueChange, ...]
    next_since: int = Field(description="What to ask with next. Equal to `serial`: that was all.")
    serial: int = Field(description="The catalogue serial.")
    static_hash: str = Field(description="As in the bundle: where it differs from yours, fetch the bundle anew.")


class ChangesQuery(QueryModel):
    """From where, and how many."""

    since: Annotated[
        int,
        Field(ge=0, le=MAX_SERIAL, description="`serial` of your copy of the bundle, or `next_since`.", examples=[0]),
        BeforeValidator(require_integer),
    ]
    limit: Annotated[
        int,
        Field(ge=1, le=100, description="Changes of a page.", json_schema_extra={"example": 3}),
        BeforeValidator(require_integer),
    ] = 100


class ChangesNotKept(Problem):
    """The changes after this serial are not all kept any more."""

    status, title = 410, "Changes not kept"


def check_since(since: int, page: HistoryPage) -> None:
    """Raise `ChangesNotKept` or `InvalidRequest` where `since` is outside of the history."""
    if since < page.oldest_since:
        raise ChangesNotKept(
            f"Changes are kept for {KEPT_DAYS} days, which are those after serial {page.oldest_since}: fetch "
            f"{BUNDLE_PATH} anew, then ask for the changes since its serial.",
            oldest_since=page.oldest_since,
        )
    if since > page.serial:
        detail = (
            f"The catalogue is at serial {page.serial}, so nothing has changed since {since}. If an earlier answer "
            f"gave you that number, the catalogue was set back: fetch {BUNDLE_PATH} anew."
        )
        error: FieldError = {"in": "query", "name": "since", "detail": detail}
        raise InvalidRequest(f"since: {detail}", errors=[error])


def write_feed(page: HistoryPage) -> bytes:
    """Return a page of the history as JSON."""
    items = b",".join(map(_write_change, page.changes))
    next_since = page.changes[-1].serial if page.has_more else page.serial
    end = b'],"next_since":%d,"serial":%d,"static_hash":"%s"}'
    return b'{"items":[' + items + end % (next_since, page.serial, hash_static_parts().encode())


def _write_change(change: HistoryChange) -> bytes:
    written = CatalogueChange.model_validate(change._replace(record=None)._asdict()).model_dump_json().encode()
    if change.record is None:
        return written
    kind = RecordKind(change.kind)
    record = dump_record(kind, SCHEMAS[kind].model_validate_json(change.record))
    return written.replace(b'"record":null', b'"record":' + record, 1)
