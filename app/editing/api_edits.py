"""Records that were edited over the API: loading the seed leaves them alone, and may not remove what they refer to."""

from collections.abc import Iterable, Iterator, Set

from app.catalogue.mapping import StoredCatalogue
from app.changes.record_kind import RecordKind
from app.editing.seed_files import SeedFiles
from app.editing.writer import RecordKey
from app.kit.yaml_files import FileFault
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.record import AnyRecord
from app.schemas.routine import Routine


class ApiEdits:
    """The stored records that were last edited over the API, by their keys."""

    def __init__(self, stored: StoredCatalogue) -> None:
        self.stored = stored
        self.keys = {key for key, origin in stored.origins.items() if origin == "api"}

    def contains(self, kind: RecordKind, slug: str) -> bool:
        """Whether this record was edited over the API."""
        return (kind, slug) in self.keys

    def of_kind(self, kind: RecordKind) -> dict[str, AnyRecord]:
        """Return the edited records of a kind by slug."""
        return {slug: record for slug, record in self.stored.records_of(kind).items() if self.contains(kind, slug)}

    @property
    def exercises(self) -> dict[str, Exercise]:
        """The edited exercises by slug."""
        edited = self.of_kind(RecordKind.EXERCISE).items()
        return {slug: record for slug, record in edited if isinstance(record, Exercise)}

    @property
    def routines(self) -> dict[str, Routine]:
        """The edited routines by slug."""
        edited = self.of_kind(RecordKind.ROUTINE).items()
        return {slug: record for slug, record in edited if isinstance(record, Routine)}


def find_conflicts(files: SeedFiles, edits: ApiEdits, deleted: Set[RecordKey], folder: str) -> list[FileFault]:
    """Return a fault for each place where the files and the edited records exclude each other.

    `deleted` are the records that left the files.
    """
    faults = [
        FileFault(
            folder, 1, f"{missing[0]} {missing[1]!r} left the files, yet {kind} {slug!r}, edited over the API, needs it"
        )
        for kind, slug, links in _linked_records(edits)
        for missing in sorted(links & deleted)
    ]
    faults += _shared_values(files, edits, RecordKind.EXERCISE, "name", "already names")
    faults += _shared_values(files, edits, RecordKind.REFERENCE, "doi", "already leads to")
    return faults


def _shared_values(
    files: SeedFiles, edits: ApiEdits, kind: RecordKind, field: str, relation: str
) -> Iterator[FileFault]:
    """Yield a fault for each record of the files that has a unique value of another, edited record."""
    for edited_slug, edited in edits.of_kind(kind).items():
        edited_value = getattr(edited, field)
        for slug, record in files.by_kind(kind).items():
            is_other = slug != edited_slug and not edits.contains(kind, slug)
            if is_other and _equal_ignoring_case(getattr(record.entry, field), edited_value):
                shown = repr(edited_value) if field == "name" else edited_value
                yield record.fault(f"{shown} {relation} {edited_slug!r}, edited over the API", field)


def _equal_ignoring_case(left: str | None, right: str | None) -> bool:
    return left is not None and right is not None and left.casefold() == right.casefold()


def _linked_records(edits: ApiEdits) -> Iterator[tuple[RecordKind, str, set[RecordKey]]]:
    """Yield each edited record with the records that it refers to."""
    for kind in (RecordKind.EXERCISE, RecordKind.GUIDELINE, RecordKind.ROUTINE):
        for slug, record in edits.of_kind(kind).items():
            yield kind, slug, _links_of(record)


def _links_of(record: AnyRecord) -> set[RecordKey]:
    if isinstance(record, Exercise):
        references = (evidence.reference for evidence in record.evidence)
        return _keys(RecordKind.EXERCISE, record.harder) | _keys(RecordKind.REFERENCE, references)
    if isinstance(record, Guideline):
        sources = [evidence.reference for evidence in record.evidence] + [measure.source for measure in record.measures]
        return _keys(RecordKind.EXERCISE, record.exercises) | _keys(RecordKind.REFERENCE, sources)
    if isinstance(record, Routine):
        return _keys(RecordKind.EXERCISE, record.session.exercises)
    return set()


def _keys(kind: RecordKind, slugs: Iterable[str]) -> set[RecordKey]:
    return {(kind, slug) for slug in slugs}
