"""What each kind of edit makes of the catalogue as it is: the entry after it, or a refusal."""

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.catalogue.redirects import RecordNotFound
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.editing.entry_fields import ENTRY_BY_KIND, SluggedEntry
from app.editing.record_edits import PictureEdit, RecordEdit
from app.editor.catalogue_editor import CatalogueState, Decide
from app.editor.edit_words import PICTURE_ACTIONS, RestoredState
from app.editor.merge_patch import merge_patch
from app.editor.tables import AuditEntry
from app.kit.errors import FieldError, InvalidRequest


def decide_put(kind: RecordKind, slug: str, content: Mapping[str, Any]) -> Decide:
    """Return the decision to store an entry, which has the slug of the address."""

    def decide(state: CatalogueState) -> RecordEdit:
        entry = validate_entry(kind, content)
        if entry.slug != slug:
            raise _refuse("/slug", f'The address says {slug!r}. To rename a record send PATCH with {{"slug": ...}}.')
        _check_former_slugs(state, kind, slug, entry)
        return RecordEdit(kind, slug, entry)

    return decide


def decide_patch(kind: RecordKind, slug: str, patch: Mapping[str, Any]) -> Decide:
    """Return the decision to store the entry with the values of a patch. With another `slug` it is renamed."""

    def decide(state: CatalogueState) -> RecordEdit:
        before = state.entry(kind, slug)
        assert before is not None  # what a patch is for exists, or it was refused before
        entry = validate_entry(kind, merge_patch(before.model_dump(mode="json"), dict(patch)))
        _check_former_slugs(state, kind, slug, entry)
        if owner_of(entry.slug) != owner_of(slug):
            raise _refuse("/slug", "A rename makes no shared exercise of an own one, and the other way round.")
        return RecordEdit(kind, slug, entry)

    return decide


def decide_picture(slug: str, edit: PictureEdit) -> Decide:
    """Return the decision to store a picture of an own exercise, or to take it out. Its entry stays."""

    def decide(state: CatalogueState) -> RecordEdit:
        entry = state.entry(RecordKind.EXERCISE, slug)
        assert entry is not None  # what has a picture exists, or it was refused before
        return RecordEdit(RecordKind.EXERCISE, slug, entry, picture=edit)

    return decide


def decide_delete(kind: RecordKind, slug: str) -> Decide:
    """Return the decision to delete a record."""
    return lambda _: RecordEdit(kind, slug, None)


def decide_restore(audit_entry: AuditEntry, which: RestoredState) -> Decide:
    """Return the decision to store what an edit found or left. Raises `InvalidRequest` where there was nothing."""
    kind, slug = RecordKind(audit_entry.kind), audit_entry.slug
    if audit_entry.action in PICTURE_ACTIONS:
        raise _refuse("/state", "The audit trail keeps no pictures: upload the earlier one again.")
    content = audit_entry.before if which == "before" else audit_entry.after
    if content is None:
        raise _refuse("/state", f"There was no {kind} {slug!r} {which} this edit, or it was refused.")

    def decide(state: CatalogueState) -> RecordEdit:
        successor = state.tombstones.get((kind, slug), "")
        if successor:
            raise RecordNotFound(f"The {kind} {slug!r} was renamed to {successor!r}: restore that.")
        entry = validate_entry(kind, {**content, "slug": slug, "formerly": []})
        return RecordEdit(kind, slug, entry, is_restoring=successor is None)

    return decide


def validate_entry(kind: RecordKind, content: Mapping[str, Any]) -> SluggedEntry:
    """Return the entry that `content` describes. Raises `RequestValidationError` with every fault."""
    try:
        entry = ENTRY_BY_KIND[kind].model_validate(read_whole_numbers(content))
    except ValidationError as error:
        raise RequestValidationError(
            [{**details, "loc": ("body", *details["loc"])} for details in error.errors()], body=content
        ) from None
    assert isinstance(entry, SluggedEntry)
    return entry


def read_whole_numbers(value: Any) -> Any:
    """Return a value of JSON with its whole numbers as integers, however they are written: `3`, `3.0`, `3e0`."""
    if isinstance(value, Mapping):
        return {name: read_whole_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [read_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _check_former_slugs(state: CatalogueState, kind: RecordKind, slug: str, entry: SluggedEntry) -> None:
    """Raise `InvalidRequest` for former slugs that are not those of the record: they follow from renames."""
    known = state.former_slugs(kind, slug)
    if entry.formerly and sorted(entry.formerly) != known:
        raise _refuse("/formerly", f"Former slugs follow from renames: leave them out, or send {known}.")


def _refuse(pointer: str, detail: str) -> InvalidRequest:
    error: FieldError = {"in": "body", "pointer": pointer, "detail": detail}
    return InvalidRequest(f"{pointer}: {detail}", errors=[error])
