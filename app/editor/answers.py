"""Makes an edit for a request, and answers what it did."""

import contextlib
from collections.abc import AsyncIterator
from typing import Final

from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from app.changes.ownership import is_visible
from app.editor.audit import Attempt
from app.editor.catalogue_editor import CompletedEdit, Decide
from app.editor.dependencies import Editor
from app.editor.preconditions import Preconditions, compute_etag
from app.editor.schemas import EditOutcome, RecordEffect
from app.kit.errors import Problem
from app.kit.request_database import DatabaseUnavailable

NOT_STORED: Final = {"Cache-Control": "private, no-store"}
"""For answers that only the holder of a key may see."""

FAULTS_OF_FIELDS: Final = "Fields of the entry have faults."


async def carry_out(
    editor: Editor, attempt: Attempt, decide: Decide, preconditions: Preconditions, dry_run: bool
) -> Response:
    """Make an edit, and answer what it did. A refusal is in the audit trail as well.

    Raises `Problem`, and `RequestValidationError` where the entry has faults of its own.
    """
    async with recording_refusals(editor, attempt, dry_run):
        completed = await editor.catalogue.edit(attempt, preconditions, decide, dry_run)
    return _answer(completed, attempt, preconditions.link_base, dry_run)


@contextlib.asynccontextmanager
async def recording_refusals(editor: Editor, attempt: Attempt, dry_run: bool) -> AsyncIterator[None]:
    """Store in the audit trail that an edit was refused inside of this block; not what is only tried."""
    try:
        yield
    except (Problem, RequestValidationError) as error:
        status, detail = (error.status, error.detail) if isinstance(error, Problem) else (422, FAULTS_OF_FIELDS)
        if not dry_run and status < 500:
            with contextlib.suppress(DatabaseUnavailable):
                await editor.catalogue.record_refusal(attempt, status, detail)
        raise


def _answer(completed: CompletedEdit, attempt: Attempt, link_base: str, dry_run: bool) -> Response:
    record, written = completed.record, completed.written
    groups = (("created", written.added), ("changed", written.changed), ("deleted", written.deleted))
    outcome = EditOutcome(
        kind=attempt.kind,
        slug=completed.slug,
        etag=compute_etag(record, link_base) if record is not None else None,
        serial=written.serial,
        audit_id=completed.audit_id,
        dry_run=dry_run,
        effects=tuple(
            RecordEffect(kind=of_kind, slug=of_slug, action=action)
            for action, keys in groups
            for of_kind, of_slug in keys
            if is_visible(of_slug, attempt.partner)
        ),
    )
    headers = {**NOT_STORED, "X-Catalogue-Serial": str(written.serial)}
    is_created = completed.is_new and not dry_run
    if outcome.etag and not is_created:
        headers["ETag"] = outcome.etag
    if is_created:
        headers["Location"] = f"{link_base}{attempt.kind.path}/{outcome.slug}"
    status = 201 if is_created else 200
    return Response(outcome.model_dump_json(), status, media_type="application/json", headers=headers)
