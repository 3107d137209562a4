"""The audit trail over HTTP: what was edited, how a record is written, and versions that come back."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import ExerciseSlug
from app.catalogue.redirects import RecordNotFound
from app.changes.ownership import is_visible, owner_of
from app.changes.record_kind import RecordKind
from app.editing.written_entries import OutdatedRecord, to_entry
from app.editor.answers import NOT_STORED, carry_out
from app.editor.audit import Attempt
from app.editor.decisions import decide_restore
from app.editor.dependencies import AuditorKey, CurrentCatalogueEditor, CurrentEditor, EditConditions
from app.editor.edit_documentation import EDIT_PROBLEMS, KEY_PROBLEMS, document_new_record
from app.editor.permissions import check_permission
from app.editor.preconditions import compute_etag
from app.editor.schemas import AuditItem, AuditPage, AuditQuery, EditOutcome, EditQuery, RestoreRequest, WrittenEntry
from app.kit.errors import InvalidRequest
from app.kit.linked_response import find_link_base
from app.kit.request_database import DatabaseUnavailable
from app.partners.errors import KeysUnavailable

router = APIRouter(tags=["Editing"])
Kind = Annotated[RecordKind, Path(description="The kind of record.", examples=["exercise"])]
AuditId = Annotated[int, Path(ge=1, description="An edit of the audit trail.", examples=[1])]
Edit = Annotated[EditQuery, Query()]


@router.get(
    "/v1/audit",
    response_model=AuditPage,
    responses=InvalidRequest.openapi_responses(DatabaseUnavailable, KeysUnavailable, *KEY_PROBLEMS),
    summary="List edits",
)
async def list_audit(
    caller: AuditorKey, catalogue: CurrentCatalogueEditor, query: Annotated[AuditQuery, Query()]
) -> Response:
    """Every edit that was asked for over the API, also refused ones: who, when, what, and the entry before and after.

    Of own exercises of partners only the key of the partner lists them, and with `own:write` alone nothing else.
    Oldest first. Ask again with `next_since` for what comes after. Edits of the seed files are not in it: the history
    of the files tells of them.
    """
    rows = await catalogue.read_audit(query, caller)
    items = tuple(AuditItem.model_validate(row.model_dump()) for row in rows)
    page = AuditPage(items=items, next_since=items[-1].id if items else query.since)
    return Response(page.model_dump_json(), media_type="application/json", headers=NOT_STORED)


@router.get(
    "/v1/entries/{kind}/{slug}",
    response_model=WrittenEntry,
    responses=RecordNotFound.openapi_responses(
        OutdatedRecord, InvalidRequest, DatabaseUnavailable, KeysUnavailable, *KEY_PROBLEMS
    ),
    summary="Get what is written for a record",
)
async def get_entry(request: Request, kind: Kind, slug: ExerciseSlug, editor: CurrentEditor) -> Response:
    """The record without what is derived from it, in the form that `PUT` takes. `ETag` is that of the record."""
    state = await editor.catalogue.read(owner_of(slug))
    record = state.record(kind, slug)
    if record is None or not is_visible(slug, editor.caller.partner):
        raise RecordNotFound(f"There is no {kind} {slug!r}.")
    entry = to_entry(kind, record, state.former_slugs(kind, slug))
    headers = {**NOT_STORED, "ETag": compute_etag(record, find_link_base(request.scope))}
    content = WrittenEntry(kind=kind, slug=slug, entry=entry.model_dump(mode="json"))
    return Response(content.model_dump_json(), media_type="application/json", headers=headers)


@router.post(
    "/v1/audit/{audit_id}/restore",
    response_model=EditOutcome,
    responses={**document_new_record(RecordKind.EXERCISE, "open-book"), **EDIT_PROBLEMS},
    summary="Restore an earlier version of a record",
)
async def restore_record(
    audit_id: AuditId, body: RestoreRequest, editor: CurrentEditor, conditions: EditConditions, query: Edit
) -> Response:
    """Stores a record as it was before an edit, which undoes that, or after it; also a record that was deleted.

    `If-Match` names the present version of the record; `If-None-Match: *` says that it is deleted.
    """
    audit_entry = await editor.catalogue.find_audit_entry(audit_id, editor.caller)
    if audit_entry is None:
        raise RecordNotFound(f"There is no edit {audit_id}. GET /v1/audit lists them.")
    kind, slug = RecordKind(audit_entry.kind), audit_entry.slug
    check_permission(editor.caller, slug)
    attempt = Attempt.of(editor.caller, "restore", kind, slug)
    return await carry_out(editor, attempt, decide_restore(audit_entry, body.state), conditions, query.dry_run)
