"""Plans an edit of one record: the entries after it, checked as seed files are, and all that is derived from them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.own_figures import OwnPicture
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.editing.checks_between_records import check_records
from app.editing.derive import derive_exercises, derive_guideline, derive_reference, derive_routine
from app.editing.entry_fields import SYNONYM, Entry, SluggedEntry, SynonymEntry
from app.editing.own_exercises import follow_in_own_exercises
from app.editing.seed_files import SeedFiles, SeedRecord
from app.editing.slug_replacement import remove_slug, replace_slug
from app.editing.writer import CatalogueWriter, RecordKey, same_content
from app.editing.written_entries import list_entries
from app.kit.yaml_files import FileFault, YamlDocument
from app.schemas.exercise import Exercise
from app.schemas.record import AnyRecord
from app.schemas.routine import Routine
from app.sessions.problem.exercise_index import ExerciseIndex

EntriesByKind = dict[str, dict[str, Entry]]
"""All entries of a catalogue: by kind, then by slug; synonyms by term."""


class InvalidEdit(Exception):
    """What an edit would leave behind holds faults; nothing was changed.

    `faults` are those of the edited record, `elsewhere` those that it would cause in other records.
    """

    def __init__(self, faults: list[FileFault], elsewhere: list[FileFault]) -> None:
        self.faults, self.elsewhere = faults, elsewhere
        super().__init__("; ".join(map(str, (*faults, *elsewhere))))


class PictureEdit(NamedTuple):
    """A picture of an own exercise that is stored, or None to take out the one that there is."""

    phase: str
    picture: OwnPicture | None


class RecordEdit(NamedTuple):
    """An edit of one record: its new entry, or None to delete it. The entry may have another slug: a rename.

    The former slugs of the entry follow from the stored ones. `is_restoring`: a deleted record gets its slug back.
    With `picture` the entry is the stored one.
    """

    kind: RecordKind
    slug: str
    entry: SluggedEntry | None
    is_restoring: bool = False
    picture: PictureEdit | None = None

    @property
    def new_slug(self) -> str | None:
        """The slug after the edit; None where the record is deleted."""
        return self.entry.slug if self.entry is not None else None

    @property
    def is_rename(self) -> bool:
        """Whether the record gets another slug."""
        return self.new_slug not in (None, self.slug)


class PlannedEdit(NamedTuple):
    """What an edit writes. Records that are the same as before are skipped when it is written."""

    edit: RecordEdit
    records: dict[RecordKind, dict[str, AnyRecord]]
    synonyms: dict[str, SynonymEntry]


def plan_edit(
    stored: StoredCatalogue, tombstones: Mapping[RecordKey, str | None], edit: RecordEdit, year: int
) -> PlannedEdit:
    """Return all that an edit of the `stored` catalogue changes. Raises `InvalidEdit` with every fault.

    `stored` is what is shared, and for an edit of an own exercise those of its partner. `year` is the current one.
    """
    if edit.is_restoring:
        tombstones = {key: successor for key, successor in tombstones.items() if key != (edit.kind, edit.slug)}
    entries = list_entries(stored, tombstones)
    files = place_entries(_apply(entries, edit))
    past = frozenset(tombstones)
    faults = check_records(files, year, past | _list_lost_slugs(edit))
    if faults:  # what was wrong with others before does not stand in the way
        faults = _leave_out(faults, check_records(place_entries(entries), year, past), edit)
    _raise_faults(edit, faults)
    exercises = derive_exercises(files.exercises, {})
    if owner_of(edit.slug) is not None:  # an edit of an own exercise leaves what is shared alone
        return PlannedEdit(edit, {RecordKind.EXERCISE: _list_own(exercises)}, files.synonyms)
    records: dict[RecordKind, dict[str, AnyRecord]] = {
        RecordKind.REFERENCE: {slug: derive_reference(entry) for slug, entry in files.references.items()},
        RecordKind.EXERCISE: {**exercises},
        RecordKind.GUIDELINE: {slug: derive_guideline(entry) for slug, entry in files.guidelines.items()},
        RecordKind.ROUTINE: {},
    }
    if edit.kind is RecordKind.ROUTINE or _differ(stored.exercises, records[RecordKind.EXERCISE]):
        records[RecordKind.ROUTINE] = _derive_routines(edit, files, records[RecordKind.EXERCISE])
    return PlannedEdit(edit, records, files.synonyms)


def _list_lost_slugs(edit: RecordEdit) -> set[RecordKey]:
    return {(edit.kind, edit.slug)} if edit.is_rename else set()


def _list_own(exercises: Mapping[str, Exercise]) -> dict[str, AnyRecord]:
    return {slug: exercise for slug, exercise in exercises.items() if owner_of(slug) is not None}


def write_edit(writer: CatalogueWriter, plan: PlannedEdit) -> AnyRecord | None:
    """Store what an edit changes. The caller has made sure that the catalogue is the one of the plan.

    Return the edited record as it is stored then; None where it is deleted.
    """
    edit, edited = plan.edit, None
    new_slug = edit.new_slug
    if edit.is_restoring:
        writer.delete_tombstone(edit.kind, edit.slug)
    _edit_pictures(writer, edit)
    written: dict[str, AnyRecord] = {}
    for kind, records in plan.records.items():
        if owner_of(edit.slug) is None:
            writer.release_unique_values(kind, records)
        for slug, record in sorted(records.items()):
            is_edited = (kind, slug) == (edit.kind, new_slug)
            origin = "api" if is_edited else writer.stored.origins.get((kind, slug))
            stored = writer.write_record(kind, _with_exercises(record, written), origin)
            edited = stored if is_edited else edited
            if isinstance(stored, Exercise):
                written[slug] = stored
        writer.insert_children()
    writer.replace_synonyms(
        {term: entry.model_dump(mode="json", exclude={"term"}) for term, entry in plan.synonyms.items()}
    )
    if new_slug != edit.slug and edit.slug in writer.stored.records_of(edit.kind):
        follow_in_own_exercises(writer, {(edit.kind, edit.slug): new_slug})
        writer.delete_with_tombstone(edit.kind, edit.slug, new_slug)
    return edited


def _edit_pictures(writer: CatalogueWriter, edit: RecordEdit) -> None:
    """Store the picture of an edit; after a rename the record of the new slug tells of the pictures that there are."""
    if edit.picture:
        writer.store_picture(edit.slug, *edit.picture)
    if edit.new_slug and edit.is_rename and edit.slug in writer.pictures:
        writer.pictures[edit.new_slug] = writer.pictures.pop(edit.slug)


def _apply(entries: EntriesByKind, edit: RecordEdit) -> EntriesByKind:
    """Return the entries after an edit. What only helps the search forgets a deleted record; a rename is followed."""
    of_kind = {slug: entry for slug, entry in entries[edit.kind].items() if slug != edit.slug}
    if edit.entry is not None:
        of_kind[edit.entry.slug] = edit.entry.model_copy(update={"formerly": _list_former_slugs(entries, edit)})
    entries = {**entries, edit.kind: of_kind}
    if edit.entry is None:
        synonyms = {term: remove_slug(entry, edit.kind, edit.slug) for term, entry in entries[SYNONYM].items()}
        return {**entries, SYNONYM: synonyms}
    if not edit.is_rename:
        return entries
    return {
        kind: {key: replace_slug(entry, edit.kind, edit.slug, edit.entry.slug) for key, entry in others.items()}
        for kind, others in entries.items()
    }


def _list_former_slugs(entries: EntriesByKind, edit: RecordEdit) -> list[str]:
    """Return the slugs that a record had before, after an edit that keeps it: with its present one after a rename."""
    before = entries[edit.kind].get(edit.slug)
    if not isinstance(before, SluggedEntry) or edit.entry is None:
        return []
    renamed = [edit.slug] if edit.is_rename else []
    return sorted([*before.formerly, *renamed])


def place_entries(entries: EntriesByKind) -> SeedFiles:
    """Return entries as if they stood in files."""
    return SeedFiles([_place(kind, key, entry) for kind, of_kind in entries.items() for key, entry in of_kind.items()])


def _leave_out(faults: Sequence[FileFault], known: Sequence[FileFault], edit: RecordEdit) -> list[FileFault]:
    """Return the faults of the edited record, and those of others that were not known before."""
    own_name = _name(edit.kind, edit.new_slug or edit.slug)
    return [fault for fault in faults if fault.file == own_name or fault not in known]


def _name(kind: str, key: str) -> str:
    """Return the name of the place of an entry in faults."""
    return f"{kind} {key}"


def _place(kind: str, key: str, entry: Entry) -> SeedRecord:
    """Return an entry with a place for its faults: its pointer counts, not a line of a file."""
    return SeedRecord(kind, entry, YamlDocument(_name(kind, key), None, {}, []), ())


def _raise_faults(edit: RecordEdit, faults: Sequence[FileFault]) -> None:
    """Raise `InvalidEdit` where there are faults."""
    own_name = _name(edit.kind, edit.new_slug or edit.slug)
    own = [fault for fault in faults if fault.file == own_name]
    elsewhere = [fault for fault in faults if fault.file != own_name]
    if own or elsewhere:
        raise InvalidEdit(own, elsewhere)


def _differ(before: Mapping[str, AnyRecord], after: Mapping[str, AnyRecord]) -> bool:
    """Whether any record was added, deleted or changed."""
    return before.keys() != after.keys() or not all(same_content(before[slug], after[slug]) for slug in before)


def _derive_routines(edit: RecordEdit, files: SeedFiles, exercises: Mapping[str, AnyRecord]) -> dict[str, AnyRecord]:
    """Return the routines that an edit may change. Raises `InvalidEdit` where one cannot be built any more."""
    index = ExerciseIndex(exercise for exercise in exercises.values() if isinstance(exercise, Exercise))
    records = files.by_kind(RecordKind.ROUTINE)
    if edit.kind is RecordKind.ROUTINE:
        records = {slug: records[slug] for slug in records if edit.entry is not None and slug == edit.entry.slug}
    routines: dict[str, AnyRecord] = {}
    faults: list[FileFault] = []
    for slug, record in records.items():
        try:
            routines[slug] = derive_routine(files.routines[slug], index)
        except ValueError as error:
            faults.append(record.fault(f"no session can be built from this recipe: {error}", "recipe"))
    _raise_faults(edit, faults)
    return routines


def _with_exercises(record: AnyRecord, written: Mapping[str, AnyRecord]) -> AnyRecord:
    """Return a routine with the exercises as they are stored now, any other record as it is."""
    if not isinstance(record, Routine):
        return record
    exercises: dict[str, Any] = {slug: written[slug] for slug in record.session.exercises}
    return record.model_copy(update={"session": record.session.model_copy(update={"exercises": exercises})})
