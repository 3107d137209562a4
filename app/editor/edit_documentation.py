"""What the OpenAPI document says of the answers to edits."""

from typing import Any, Final

from app.catalogue.redirects import RecordNotFound
from app.changes.record_kind import RecordKind
from app.editing.written_entries import OutdatedRecord
from app.editor.catalogue_editor import CatalogueBusy
from app.editor.errors import PreconditionFailed, PreconditionRequired, RecordInUse, SlugNotUsable
from app.editor.schemas import EditOutcome, RecordEffect
from app.kit.errors import InvalidRequest
from app.kit.openapi import ETAG_HEADER
from app.kit.request_database import DatabaseUnavailable
from app.partners.errors import InvalidKey, KeyRequired, KeysUnavailable, MissingScope

Responses = dict[int | str, dict[str, Any]]
KEY_PROBLEMS: Final = (KeyRequired, InvalidKey, MissingScope)
EDIT_PROBLEMS: Final[Responses] = PreconditionFailed.openapi_responses(
    PreconditionRequired,
    InvalidRequest,
    RecordInUse,
    OutdatedRecord,
    SlugNotUsable,
    RecordNotFound,
    DatabaseUnavailable,
    CatalogueBusy,
    KeysUnavailable,
    *KEY_PROBLEMS,
)
DOCUMENTED_ETAG: Final[Responses] = {200: {"headers": {"ETag": ETAG_HEADER}}}


def document_new_record(kind: RecordKind, slug: str) -> Responses:
    """Return the documentation of the answer to an edit that makes a record: the document's own request makes none."""
    outcome = EditOutcome(
        kind=kind,
        slug=slug,
        etag='"0123456789abcdef0123456789abcdef"',
        serial=301,
        audit_id=7,
        dry_run=False,
        effects=(RecordEffect(kind=kind, slug=slug, action="created"),),
    )
    content = {"application/json": {"example": outcome.model_dump(mode="json")}}
    return {201: {"model": EditOutcome, "description": "The record is new.", "content": content}}
