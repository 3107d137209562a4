"""Edits over HTTP: write a record, change parts of it, delete it, restore a version; for each kind of record."""

from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from app.catalogue.dependencies import slug_path
from app.changes.record_kind import RecordKind
from app.editor.answers import carry_out
from app.editor.audit import Attempt
from app.editor.decisions import decide_delete, decide_patch, decide_put
from app.editor.dependencies import EditConditions, RecordEditor
from app.editor.edit_documentation import DOCUMENTED_ETAG, EDIT_PROBLEMS, document_new_record
from app.editor.example_edits import EXAMPLE_SLUGS
from app.editor.schemas import EditOutcome, EditQuery
from app.kit import path_convertors  # noqa: F401 - registers `no_page`
from app.schemas.exercise import EXERCISE_SLUG_PATTERN, SLUG_PATTERN

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
router = APIRouter(tags=["Editing"])
DELETABLE_SLUGS: Final = {
    **EXAMPLE_SLUGS,
    RecordKind.EXERCISE: "legs-on-chair-rest",
    RecordKind.REFERENCE: "young-2019",
}
"""Records that no other one needs."""
SLUG_PATTERNS: Final = {**dict.fromkeys(RecordKind, SLUG_PATTERN), RecordKind.EXERCISE: EXERCISE_SLUG_PATTERN}
"""Only exercises may be a partner's own."""
PATCH_EXAMPLES: Final = {
    RecordKind.EXERCISE: {"summary": "Turns the upper back and opens the chest, with the hips kept quiet."},
    RecordKind.GUIDELINE: {"title": "Desk at the height of the elbows"},
    RecordKind.ROUTINE: {"name": "Desk break of one minute"},
    RecordKind.REFERENCE: {"certainty": "confirmed"},
}
Edit = Annotated[EditQuery, Query()]


def _add_routes(kind: RecordKind) -> None:
    """Add the operations of one kind of record."""
    path = f"{kind.path}/{{slug:no_page}}"
    _add_put(kind, path)
    _add_patch(kind, path)
    _add_delete(kind, path)


def _name_function(name: str) -> Callable[[Endpoint], Endpoint]:
    """Return a decorator that names a function: each kind of record has operations of its own."""

    def decorate(endpoint: Endpoint) -> Endpoint:
        endpoint.__name__ = name
        return endpoint

    return decorate


def _options(kind: RecordKind, operation: str) -> dict[str, Any]:
    """Return what the routes that edit have in common."""
    created = document_new_record(kind, EXAMPLE_SLUGS[kind]) if operation == "put" else {}
    success = {} if operation == "delete" else DOCUMENTED_ETAG
    return {"response_model": EditOutcome, "responses": {**success, **created, **EDIT_PROBLEMS}}


def _add_put(kind: RecordKind, path: str) -> None:
    slug_parameter = slug_path(EXAMPLE_SLUGS[kind], SLUG_PATTERNS[kind])
    entry_body = Body(description=f"What is written: `{kind}` in openapi/entries.schema.json.")

    @router.put(
        path,
        **_options(kind, "put"),
        summary=f"Write one {kind}",
        description="Replaces what is written for the record: `If-Match` with the ETag of the version that was edited. "
        "With `If-None-Match: *` it makes a new record (201).",
    )
    @_name_function(f"put_{kind}")
    async def put_record(
        slug: Annotated[str, slug_parameter],
        entry: Annotated[dict[str, Any], entry_body],
        editor: RecordEditor,
        conditions: EditConditions,
        query: Edit,
    ) -> Response:
        attempt = Attempt.of(editor.caller, "put", kind, slug)
        return await carry_out(editor, attempt, decide_put(kind, slug, entry), conditions, query.dry_run)


def _add_patch(kind: RecordKind, path: str) -> None:
    slug_parameter = slug_path(EXAMPLE_SLUGS[kind], SLUG_PATTERNS[kind])
    patch_example = Body(
        description="What is to be different.",
        openapi_examples={"texts": {"summary": "Other words", "value": PATCH_EXAMPLES[kind]}},
    )

    @router.patch(
        path,
        **_options(kind, "patch"),
        summary=f"Change parts of one {kind}",
        description="A merge patch (RFC 7396) of what is written; null sets null, and takes a word out of `goals`, "
        "`strains` and `recipe`. With another `slug` the record is renamed: the old slug redirects for ever.",
    )
    @_name_function(f"patch_{kind}")
    async def patch_record(
        slug: Annotated[str, slug_parameter],
        patch: Annotated[dict[str, Any], patch_example],
        editor: RecordEditor,
        conditions: EditConditions,
        query: Edit,
    ) -> Response:
        attempt = Attempt.of(editor.caller, "patch", kind, slug)
        return await carry_out(editor, attempt, decide_patch(kind, slug, patch), conditions, query.dry_run)


def _add_delete(kind: RecordKind, path: str) -> None:
    slug_parameter = slug_path(DELETABLE_SLUGS[kind], SLUG_PATTERNS[kind])

    @router.delete(
        path,
        **_options(kind, "delete"),
        summary=f"Delete one {kind}",
        description="Its slug answers 410 from then on and is not given out again. 409 names records that need it.",
    )
    @_name_function(f"delete_{kind}")
    async def delete_record(
        slug: Annotated[str, slug_parameter], editor: RecordEditor, conditions: EditConditions, query: Edit
    ) -> Response:
        attempt = Attempt.of(editor.caller, "delete", kind, slug)
        return await carry_out(editor, attempt, decide_delete(kind, slug), conditions, query.dry_run)


for _kind in RecordKind:
    _add_routes(_kind)
