"""Follows a slug through the entries that refer to it: to its new name, or out of what only helps the search."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from app.changes.record_kind import RecordKind
from app.editing.entry_fields import Entry, SynonymEntry
from app.schemas.exercise import Exercise

EntryT = TypeVar("EntryT", bound=Entry)
LINK_FIELDS: dict[RecordKind, frozenset[str]] = {
    RecordKind.EXERCISE: frozenset({"exercises", "harder", "easier", "include", "exclude"}),
    RecordKind.GUIDELINE: frozenset({"guidelines"}),
    RecordKind.REFERENCE: frozenset({"reference", "source"}),
    RecordKind.ROUTINE: frozenset({"routines"}),
}
"""The fields of entries that hold slugs of a kind of record, at any depth."""


def replace_slug(entry: EntryT, kind: RecordKind, old_slug: str, new_slug: str) -> EntryT:
    """Return an entry whose links to `old_slug` lead to `new_slug`."""
    return _change_links(entry, kind, lambda slug: new_slug if slug == old_slug else slug)


def remove_slug(entry: Entry, kind: RecordKind, slug: str) -> Entry:
    """Return a synonym without its link to a record, and any other entry as it is."""
    if not isinstance(entry, SynonymEntry) or kind.plural not in SynonymEntry.model_fields:
        return entry
    remaining = [other for other in getattr(entry, kind.plural) if other != slug]
    return entry.model_copy(update={kind.plural: remaining})


def follow_slug(exercise: Exercise, kind: RecordKind, old_slug: str, new_slug: str | None) -> Exercise:
    """Return a stored exercise whose links to a record lead to its new slug, or are gone where it was deleted."""
    if kind is RecordKind.EXERCISE:
        changes: dict[str, Any] = {
            name: tuple(sorted(_replace(getattr(exercise, name), old_slug, new_slug))) for name in ("easier", "harder")
        }
    elif kind is RecordKind.REFERENCE:
        changes = {
            "evidence": tuple(
                source.model_copy(update={"reference": slug})
                for source in exercise.evidence
                for slug in _replace([source.reference], old_slug, new_slug)
            )
        }
    else:
        changes = {}
    return exercise.model_copy(update=changes)


def _replace(slugs: Iterable[str], old_slug: str, new_slug: str | None) -> list[str]:
    followed = (new_slug if slug == old_slug else slug for slug in slugs)
    return [slug for slug in followed if slug is not None]


def _change_links(entry: EntryT, kind: RecordKind, change: Callable[[str], str]) -> EntryT:
    fields = LINK_FIELDS[kind]

    def follow(name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: follow(key, item) for key, item in value.items()}
        if isinstance(value, list):
            return [follow(name, item) for item in value]
        return change(value) if name in fields and isinstance(value, str) else value

    written = entry.model_dump(mode="json")
    changed = follow("", written)
    return entry if changed == written else type(entry).model_validate(changed)
