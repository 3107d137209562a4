"""Turns stored records back into what a person writes: the inverse of `derive`."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.catalogue.mapping import StoredCatalogue
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.changes.renames import follow_renames
from app.editing.entry_fields import (
    ENTRY_BY_KIND,
    SYNONYM,
    DoseEntry,
    Entry,
    ExerciseEntry,
    SluggedEntry,
    SynonymEntry,
)
from app.kit.errors import Problem
from app.kit.yaml_files import describe_error
from app.rules.strains import map_strains
from app.schemas.exercise import Exercise
from app.schemas.record import AnyRecord
from app.schemas.session_request import SessionRequest

RecordKey = tuple[RecordKind, str]
"""The kind and the slug of a record."""


class OutdatedRecord(Problem):
    """A record that was stored by another version does not hold to the rules of this one."""

    status, title = 409, "Stored by another version"


def to_entry(kind: RecordKind, record: AnyRecord, formerly: list[str]) -> SluggedEntry:
    """Return the entry from which this record is derived. `formerly` are the slugs that it had before.

    Raises `OutdatedRecord` where no entry of this version describes it.
    """
    try:
        return _to_entry(kind, record, formerly)
    except ValidationError as error:
        raise OutdatedRecord(
            f"The stored {kind} {record.slug!r} does not hold to the rules of this version "
            f"({describe_error(dict(error.errors()[0]))}). Load the seed files first: python -m app seed."
        ) from error


def _to_entry(kind: RecordKind, record: AnyRecord, formerly: list[str]) -> SluggedEntry:
    if isinstance(record, Exercise):
        return _to_exercise_entry(record, formerly)
    entry_type = ENTRY_BY_KIND[kind]
    fields = record.model_dump(mode="json", include=set(entry_type.model_fields) - {"formerly"})
    if kind is RecordKind.ROUTINE:
        fields["recipe"] = _shorten_recipe(fields["recipe"])
    entry = entry_type.model_validate({**fields, "formerly": formerly})
    assert isinstance(entry, SluggedEntry)
    return entry


def list_entries(stored: StoredCatalogue, tombstones: Mapping[RecordKey, str | None]) -> dict[str, dict[str, Entry]]:
    """Return every entry of the catalogue by kind and slug, synonyms by term. `tombstones` give the new slugs."""
    formerly = _list_former_slugs(stored, tombstones)
    entries: dict[str, dict[str, Entry]] = {
        kind: {
            slug: to_entry(kind, record, formerly[kind, slug])
            for slug, record in sorted(stored.records_of(kind).items())
        }
        for kind in RecordKind
    }
    entries[SYNONYM] = {synonym["term"]: SynonymEntry.model_validate(synonym) for synonym in stored.synonyms}
    return entries


def _list_former_slugs(
    stored: StoredCatalogue, tombstones: Mapping[RecordKey, str | None]
) -> defaultdict[RecordKey, list[str]]:
    """Return the slugs that each record had before, in the order of the alphabet."""
    former_slugs = defaultdict[RecordKey, list[str]](list)
    for kind in RecordKind:
        existing = stored.records_of(kind)
        successors = {slug: successor for (of_kind, slug), successor in tombstones.items() if of_kind == kind}
        for slug in sorted(successors):
            current_slug = follow_renames(slug, successors, existing)[-1]
            if current_slug in existing:
                former_slugs[kind, current_slug].append(slug)
    return former_slugs


def _to_exercise_entry(exercise: Exercise, formerly: list[str]) -> ExerciseEntry:
    written = set(ExerciseEntry.model_fields) - {"formerly", "goals", "dose", "strains", "easier"}
    fields: dict[str, Any] = exercise.model_dump(mode="json", include=written)
    return ExerciseEntry.model_validate(
        {
            **fields,
            "formerly": formerly,
            "easier": [slug for slug in exercise.easier if owner_of(slug) is None] if owner_of(exercise.slug) else None,
            "goals": {goal: exercise.goal_weights[goal] for goal in exercise.goals},
            "dose": exercise.dose.model_dump(mode="json", include=set(DoseEntry.model_fields)),
            "strains": dict(map_strains(exercise.strains)),
        }
    )


def _shorten_recipe(recipe: dict[str, Any]) -> dict[str, Any]:
    """Return a recipe without what a request has by default."""
    return SessionRequest.model_validate(recipe).model_dump(mode="json", exclude_defaults=True)
