"""Loads folders of partners' own exercises into the catalogue, each partner in a transaction of its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.catalogue.own_figures import move_pictures, store_picture
from app.catalogue.tables import PICTURE_PHASES, ExerciseRow
from app.changes.owned_rows import is_owned_by, is_visible_to
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.changes.tables import Tombstone
from app.editing.checks_between_records import check_records
from app.editing.derive import derive_exercises
from app.editing.overlay_files import Overlay
from app.editing.record_edits import place_entries
from app.editing.seed import InvalidSeed
from app.editing.seed_files import SeedFiles
from app.editing.writer import CatalogueWriter, RecordKey, WriteResult
from app.editing.written_entries import list_entries
from app.kit.database import Database
from app.schemas.exercise import Exercise


class OverlayResult(NamedTuple):
    """What a load wrote, and the exercises that it left as they were edited over the API."""

    written: list[WriteResult]
    api_edited: list[RecordKey]


def load_overlay(
    database: Database, overlay: Overlay, report_progress: Callable[[str], None], now: datetime | None = None
) -> OverlayResult:
    """Make the own exercises of partners equal to their folders, but for those that were edited over the API.

    Raises `InvalidSeed`: of the partner whose exercises have faults nothing is changed.
    """
    at = now or datetime.now(UTC)
    result = OverlayResult([], [])
    with database.read_transaction() as session:
        slugs = session.exec(select(ExerciseRow.slug).where(ExerciseRow.origin == "seed")).all()
    partners = {*overlay.partners, *(owner for slug in slugs if (owner := owner_of(slug)))}
    for partner in sorted(partners):
        report_progress(f"exercises of {partner}")
        with database.transaction() as session:
            loader = _OverlayLoader(session, overlay, partner, at)
            result.written.append(loader.load())
            result.api_edited.extend((RecordKind.EXERCISE, slug) for slug in sorted(loader.api_edited))
    return result


class _OverlayLoader:
    """Writes the own exercises of one partner."""

    def __init__(self, session: Session, overlay: Overlay, partner: str, at: datetime) -> None:
        self.session, self.partner, self.year = session, partner, at.year
        self.writer = CatalogueWriter(session, at, "seed", partner)
        statement = select(ExerciseRow.slug, ExerciseRow.origin).where(is_owned_by(col(ExerciseRow.slug), partner))
        origins = dict(session.exec(statement).all())
        self.of_api = {slug for slug, origin in origins.items() if origin == "api"}
        self.of_seed = set(origins) - self.of_api
        records = overlay.records_of(partner)
        self.api_edited = {record.key for record in records} & self.of_api
        self.records = [record for record in records if record.key not in self.of_api]
        self.pictures = overlay.pictures

    def load(self) -> WriteResult:
        """Write what differs, and delete what has left the folder. Raises `InvalidSeed`."""
        files = self._place_records()
        renamed = {old: new for (_, old), new in SeedFiles(self.records).renamed.items()}
        gone = self.of_seed - {record.key for record in self.records}
        exercises = derive_exercises(files.exercises, {})
        for slug in sorted(exercises):
            if owner_of(slug) == self.partner:
                self._write(exercises[slug])
        self.writer.insert_children()
        for slug in sorted(gone):
            move_pictures(self.session, slug, None)  # after a rename, those of the new slug are in the folder
            self.writer.delete_with_tombstone(RecordKind.EXERCISE, slug, renamed.get(slug))
        return self.writer.finish()

    def _place_records(self) -> SeedFiles:
        """Return the exercises of the folder beside what is stored. Raises `InvalidSeed` for what does not fit."""
        rows = self.session.exec(select(Tombstone).where(is_visible_to(col(Tombstone.slug), self.partner)))
        tombstones = {(RecordKind(row.kind), row.slug): row.replaced_by for row in rows}
        entries = list_entries(self.writer.stored, tombstones)
        of_exercises = entries[RecordKind.EXERCISE]
        kept = {slug: entry for slug, entry in of_exercises.items() if slug not in self.of_seed}
        placed = place_entries({**entries, RecordKind.EXERCISE: kept})
        files = SeedFiles([*placed.records, *self.records])
        own_names = {record.document.name for record in files.records if owner_of(record.key) == self.partner}
        faults = check_records(files, self.year, frozenset(tombstones))
        own_faults = [fault for fault in faults if fault.file in own_names]
        if own_faults:
            raise InvalidSeed(own_faults)
        return files

    def _write(self, exercise: Exercise) -> None:
        """Store an exercise, and its pictures where it is of the folder."""
        slug = exercise.slug
        if slug in self.of_api:
            self.writer.write_record(RecordKind.EXERCISE, exercise, "api")
            return
        pictures, before = self.pictures.get(slug, {}), self.writer.pictures.get(slug, {})
        self.writer.pictures[slug] = {phase: picture.texts for phase, picture in pictures.items()}
        self.writer.write_record(RecordKind.EXERCISE, exercise, "seed")
        if self.writer.pictures[slug] != before:
            for phase in PICTURE_PHASES:
                store_picture(self.session, slug, phase, pictures.get(phase))
