"""Writes the catalogue: compares each record with the stored one, and stores the differences in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, SQLModel, col, delete, update

from app.catalogue.child_rows import delete_children
from app.catalogue.mapping import load_catalogue, load_own_exercises, to_rows
from app.catalogue.own_figures import (
    OwnPicture,
    check_size,
    describe_own_figure,
    load_picture_texts,
    move_pictures,
    store_picture,
)
from app.catalogue.tables import ExerciseRow, GuidelineRow, RecordBase, ReferenceRow, RoutineRow, SynonymRow
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.changes.serial import lock_serial, set_serial
from app.changes.tables import Change, Tombstone
from app.editing.history_pruning import prune_history
from app.schemas.exercise import Exercise
from app.schemas.record import AnyRecord
from app.schemas.routine import Routine

RecordKey = tuple[RecordKind, str]
"""The kind and the slug of a record."""
TABLE_BY_KIND: dict[RecordKind, type[RecordBase]] = {
    RecordKind.REFERENCE: ReferenceRow,
    RecordKind.EXERCISE: ExerciseRow,
    RecordKind.GUIDELINE: GuidelineRow,
    RecordKind.ROUTINE: RoutineRow,
}
UNIQUE_COLUMN = {RecordKind.EXERCISE: "name", RecordKind.REFERENCE: "doi"}
"""The column whose value no two records of a kind may share, beside the slug."""


class WriteResult(NamedTuple):
    """What a write did, and the serial after it."""

    added: list[RecordKey]
    changed: list[RecordKey]
    deleted: list[RecordKey]
    serial: int


class CatalogueWriter:
    """One write of the catalogue, under the lock of the serial.

    `stored` is the catalogue before the write, as public shapes: what is shared, and the own exercises of `partner`.
    `origin` says who writes: `seed` or `api`.
    """

    def __init__(self, session: Session, at: datetime, origin: str, partner: str | None = None) -> None:
        self.session, self.at, self.origin = session, at, origin
        self.serial = lock_serial(session)
        # Under the lock: nobody changes what everything is compared with.
        self.stored = load_catalogue(session, partner)
        self.pictures = load_picture_texts(session)
        self.result = WriteResult([], [], [], 0)
        self._children: list[SQLModel] = []

    def load_own_exercises(self) -> dict[str, Exercise]:
        """Return the own exercises of all partners by slug; they are then part of `stored`."""
        own = load_own_exercises(self.session, {})
        self.stored = self.stored.with_exercises(own)
        return own

    def release_unique_values(self, kind: RecordKind, new_records: Mapping[str, AnyRecord]) -> None:
        """Free the names (or DOIs) that records lose, before others take them: a name may pass from one to another."""
        column = UNIQUE_COLUMN.get(kind)
        if column is None:
            return
        table = TABLE_BY_KIND[kind]
        for slug, old in self.stored.records_of(kind).items():
            if getattr(old, column) not in (None, getattr(new_records.get(slug), column, None)):
                placeholder = {column: f"{slug} "}  # ends with a blank, as no written name does
                self.session.exec(update(table).where(col(table.slug) == slug).values(**placeholder))

    def write_record(self, kind: RecordKind, record: AnyRecord, origin: str | None = None) -> AnyRecord:
        """Store `record` where it differs from the stored one. Return the record as it is stored afterwards."""
        if isinstance(record, Exercise) and owner_of(record.slug) is not None:
            figure = describe_own_figure(record.slug, self.pictures.get(record.slug, {}))
            record = record.model_copy(update={"figure": figure})
        old = self.stored.records_of(kind).get(record.slug)
        if old is not None and same_content(old, record):
            return old
        self.serial += 1
        new: AnyRecord = record.model_copy(update={"serial": self.serial, "updated_at": self.at})
        if isinstance(new, Routine):
            session = new.session.model_copy(update={"catalogue_serial": self.serial})
            new = new.model_copy(update={"session": session})
        row, children = to_rows(new, origin or self.origin)
        self.session.merge(row)
        delete_children(self.session, kind, new.slug)
        self.session.flush()
        self._children += children
        (self.result.changed if old is not None else self.result.added).append((kind, new.slug))
        self._log_change(kind, new.slug, "upsert", new.model_dump(mode="json"))
        return new

    def insert_children(self) -> None:
        """Store the child rows of the records written so far: they refer to each other, so all must exist before."""
        self.session.add_all(self._children)
        self.session.flush()
        self._children = []

    def delete_with_tombstone(self, kind: RecordKind, slug: str, replaced_by: str | None = None) -> None:
        """Delete a record and mark its slug as used for ever. After a rename, `replaced_by` is the new slug."""
        self.serial += 1
        delete_children(self.session, kind, slug)
        if kind is RecordKind.EXERCISE:
            move_pictures(self.session, slug, replaced_by)
        table = TABLE_BY_KIND[kind]
        self.session.exec(delete(table).where(col(table.slug) == slug))
        self.session.add(Tombstone(kind=kind, slug=slug, replaced_by=replaced_by, serial=self.serial, at=self.at))
        self._log_change(kind, slug, "delete", None, replaced_by)
        self.result.deleted.append((kind, slug))

    def store_picture(self, slug: str, phase: str, picture: OwnPicture | None) -> None:
        """Store a picture of an own exercise that exists, or take one out, before its record is written.

        Raises `OwnPicturesTooLarge`.
        """
        store_picture(self.session, slug, phase, picture)
        pictures = self.pictures.setdefault(slug, {})
        if picture is None:
            pictures.pop(phase, None)
        else:
            pictures[phase] = picture.texts
            check_size(self.pictures, slug)

    def delete_tombstone(self, kind: RecordKind, slug: str) -> None:
        """Give a deleted record its slug back, before it is written again."""
        self.session.exec(delete(Tombstone).where(col(Tombstone.kind) == kind, col(Tombstone.slug) == slug))

    def replace_synonyms(self, synonyms: Mapping[str, dict[str, Any]]) -> None:
        """Store all synonyms anew where one differs. They are no public records, but search answers change."""
        stored = {
            synonym["term"]: {name: value for name, value in synonym.items() if name != "term"}
            for synonym in self.stored.synonyms
        }
        if stored == dict(synonyms):
            return
        self.serial += 1
        self.session.exec(delete(SynonymRow))
        self.session.add_all(SynonymRow(term=term, content=content) for term, content in sorted(synonyms.items()))

    def finish(self) -> WriteResult:
        """Store the new serial, and delete what the history need not hold any more. Return what the write did."""
        self.session.flush()
        set_serial(self.session, self.serial)
        prune_history(self.session, self.at)
        return self.result._replace(serial=self.serial)

    def _log_change(
        self, kind: RecordKind, slug: str, action: str, record: dict[str, Any] | None, replaced_by: str | None = None
    ) -> None:
        change = Change(serial=self.serial, kind=kind, slug=slug, action=action, record=record, at=self.at)
        change.replaced_by = replaced_by
        self.session.add(change)


def same_content(old: AnyRecord, new: AnyRecord) -> bool:
    """Whether two records differ in nothing but their serials, times and session ids."""
    return _content(old) == _content(new)


def _content(record: AnyRecord) -> dict[str, Any]:
    exclude: dict[str, Any] = {"serial": True, "updated_at": True}
    if isinstance(record, Routine):
        exclude["session"] = {"catalogue_serial", "id"}
    return record.model_dump(mode="json", exclude=exclude)
