"""Loads the seed files: checks all of them, then writes what differs, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel import select

from app.changes.record_kind import RecordKind
from app.changes.tables import Tombstone
from app.editing.api_edits import ApiEdits, find_conflicts
from app.editing.checks_between_records import check_shared_records
from app.editing.derive import (
    derive_exercises,
    derive_guideline,
    derive_reference,
    derive_routine,
    rebuild_routine,
    rederive_own,
)
from app.editing.own_exercises import follow_in_own_exercises
from app.editing.seed_files import SeedFiles, read_seed
from app.editing.writer import CatalogueWriter, RecordKey, WriteResult
from app.kit.database import Database
from app.kit.yaml_files import FileFault
from app.schemas.exercise import Exercise
from app.schemas.record import AnyRecord
from app.sessions.problem.exercise_index import ExerciseIndex

ProgressCallback = Callable[[str], None]
"""Called with a line for each step of a load."""
DEPENDENCY_ORDER = (RecordKind.REFERENCE, RecordKind.EXERCISE, RecordKind.GUIDELINE, RecordKind.ROUTINE)
"""Each kind refers only to kinds before it: written in this order, deleted in the reverse."""


class InvalidSeed(Exception):
    """The seed files hold faults; nothing was changed."""

    def __init__(self, faults: list[FileFault]) -> None:
        self.faults = sorted(faults)
        super().__init__("; ".join(map(str, self.faults)))


class SeedResult(NamedTuple):
    """What a load wrote, and the records that it left as they were edited over the API."""

    written: WriteResult
    api_edited: list[RecordKey]


def load_seed(
    database: Database, folder: Path, report_progress: ProgressCallback, now: datetime | None = None
) -> SeedResult:
    """Make the catalogue equal to the files in `folder`.

    Raises `InvalidSeed` with every fault, having changed nothing.
    """
    at = now or datetime.now(UTC)
    report_progress("reading the files")
    files, faults = read_seed(folder)
    # Before the database is touched, too: broken files must not even migrate it.
    _raise_faults(faults or check_shared_records(files, at.year, frozenset()))
    database.migrate()
    with database.transaction() as session:
        writer = CatalogueWriter(session, at, "seed")
        edits = ApiEdits(writer.stored)
        tombstones = {(RecordKind(row.kind), row.slug) for row in session.exec(select(Tombstone))}
        deleted = {
            (kind, slug)
            for (kind, slug), origin in writer.stored.origins.items()
            if origin == "seed" and slug not in files.by_kind(kind)
        }
        faults = check_shared_records(files, at.year, tombstones) + find_conflicts(files, edits, deleted, folder.name)
        _raise_faults(faults)
        # A slug that was renamed before it was ever stored has no record, but gets its tombstone too.
        loader = _SeedLoader(writer, files, edits, report_progress)
        written = loader.load(deleted | (set(files.renamed) - tombstones))
    return SeedResult(written, sorted((kind, slug) for kind, slug in edits.keys if slug in files.by_kind(kind)))


def _raise_faults(faults: list[FileFault]) -> None:
    """Raise `InvalidSeed` when there are faults."""
    if faults:
        raise InvalidSeed(faults)


class _SeedLoader:
    """Writes checked seed files. Edited records keep their texts; what is derived is derived anew for them too."""

    def __init__(
        self, writer: CatalogueWriter, files: SeedFiles, edits: ApiEdits, report_progress: ProgressCallback
    ) -> None:
        self.writer, self.files, self.edits, self.report_progress = writer, files, edits, report_progress

    def load(self, deleted: set[RecordKey]) -> WriteResult:
        """Write all records and synonyms, then delete. Raises `InvalidSeed` when a routine cannot be built."""
        references = {slug: derive_reference(entry) for slug, entry in self.files.references.items()}
        self._write_kind(RecordKind.REFERENCE, references)
        exercises = derive_exercises(self.files.exercises, self.edits.exercises)
        written_exercises = self._write_kind(RecordKind.EXERCISE, exercises)
        guidelines = {slug: derive_guideline(entry) for slug, entry in self.files.guidelines.items()}
        self._write_kind(RecordKind.GUIDELINE, guidelines)
        self._write_routines({slug: item for slug, item in written_exercises.items() if isinstance(item, Exercise)})
        self.writer.replace_synonyms(
            {term: entry.model_dump(mode="json", exclude={"term"}) for term, entry in self.files.synonyms.items()}
        )
        follow_in_own_exercises(self.writer, {key: self.files.renamed.get(key) for key in deleted}, rederive_own)
        for kind, slug in sorted(deleted, key=lambda key: (-DEPENDENCY_ORDER.index(key[0]), key[1])):
            self.report_progress(f"{kind} {slug} is gone")
            self.writer.delete_with_tombstone(kind, slug, self.files.renamed.get((kind, slug)))
        return self.writer.finish()

    def _write_kind(self, kind: RecordKind, derived: Mapping[str, AnyRecord]) -> dict[str, AnyRecord]:
        """Write the records of a kind. Return them as they are stored afterwards."""
        self.report_progress(f"{len(derived)} {kind.plural}")
        records: dict[str, AnyRecord] = {**derived}
        if kind is not RecordKind.EXERCISE:  # among the exercises the edited ones are already
            records |= self.edits.of_kind(kind)
        self.writer.release_unique_values(kind, records)
        written = {
            slug: self.writer.write_record(kind, records[slug], "api" if self.edits.contains(kind, slug) else "seed")
            for slug in sorted(records)
        }
        self.writer.insert_children()
        return written

    def _write_routines(self, exercises: dict[str, Exercise]) -> None:
        """Build and write the routines. Raises `InvalidSeed` with a fault for each that cannot be built."""
        kind, faults = RecordKind.ROUTINE, list[FileFault]()
        records, index = self.files.by_kind(kind), ExerciseIndex(exercises.values())
        for number, slug in enumerate(sorted(records), start=1):
            self.report_progress(f"{number} of {len(records)} routines built")
            if self.edits.contains(kind, slug):
                continue
            try:
                self.writer.write_record(kind, derive_routine(self.files.routines[slug], index))
            except ValueError as error:
                faults.append(records[slug].fault(f"no session can be built from this recipe: {error}", "recipe"))
        for slug, routine in self.edits.routines.items():
            try:
                self.writer.write_record(kind, rebuild_routine(routine, index), "api")
            except ValueError as error:
                message = f"routine {slug!r}, edited over the API, can no longer be built: {error}"
                faults.append(FileFault("(database)", 1, message))
        _raise_faults(faults)
        self.writer.insert_children()
