"""Compares what should stand with what stands, and writes the difference in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, SQLModel, col, delete, update

from app.catalogue.mapping import CHILD_TABLES, load_catalogue, to_rows
from app.catalogue.tables import ExerciseRow, GuidelineRow, RecordBase, ReferenceRow, RoutineRow, SynonymRow
from app.changes.serial import lock_serial, set_serial
from app.changes.tables import Change, Tombstone
from app.schemas.record import AnyRecord
from app.schemas.routine import Routine

TABLE_BY_KIND: dict[str, type[RecordBase]] = {
    "reference": ReferenceRow,
    "exercise": ExerciseRow,
    "guideline": GuidelineRow,
    "routine": RoutineRow,
}
"""Every kind, in the order in which they lean on each other."""
UNIQUE_COLUMN = {"exercise": "name", "reference": "doi"}
"""What no two records of a kind may share, beside the slug."""


class WriteResult(NamedTuple):
    """What a write did, by kind and slug."""

    added: list[tuple[str, str]]
    changed: list[tuple[str, str]]
    deleted: list[tuple[str, str]]
    serial: int


class CatalogueWriter:
    """One write of the catalogue, under the lock of the serial."""

    def __init__(self, session: Session, at: datetime, origin: str) -> None:
        self.session, self.at, self.origin = session, at, origin
        self.serial = lock_serial(session)
        self.current = load_catalogue(session)  # under the lock: nobody changes what everything is compared with
        self.result = WriteResult([], [], [], 0)
        self._children: list[SQLModel] = []

    def release_unique_values(self, kind: str, wanted: Mapping[str, AnyRecord]) -> None:
        """Names may pass from one record to another: who is to lose one lets go of it before any is given out."""
        column = UNIQUE_COLUMN.get(kind)
        if column is None:
            return
        table = TABLE_BY_KIND[kind]
        for slug, old in self.current.records_of(kind).items():
            if getattr(old, column) not in (None, getattr(wanted.get(slug), column, None)):
                held = {column: f"{slug} "}  # a blank at the end: no written name has one
                self.session.exec(update(table).where(col(table.slug) == slug).values(**held))

    def write_record(self, kind: str, shape: AnyRecord, origin: str | None = None) -> AnyRecord:
        """Write `shape` where it differs from what stood; the shape as it stands afterwards."""
        old = self.current.records_of(kind).get(shape.slug)
        if old is not None and same_content(old, shape):
            return old
        self.serial += 1
        new: AnyRecord = shape.model_copy(update={"serial": self.serial, "updated_at": self.at})
        if isinstance(new, Routine):
            new = new.model_copy(update={"session": {**new.session, "catalogue_serial": self.serial}})
        row, children = to_rows(new, origin or self.origin)
        self.session.merge(row)
        self._delete_children(kind, new.slug)
        self.session.flush()
        self._children += children
        (self.result.changed if old is not None else self.result.added).append((kind, new.slug))
        self._log_change(kind, new.slug, "upsert", new.model_dump(mode="json"))
        return new

    def insert_children(self) -> None:
        """Write what hangs on the records of a kind, once all of them stand."""
        self.session.add_all(self._children)
        self.session.flush()
        self._children = []

    def delete_with_tombstone(self, kind: str, slug: str, replaced_by: str | None = None) -> None:
        """Delete a record and keep its slug from ever being given out again; it may lead to another from now on."""
        self.serial += 1
        self._delete_children(kind, slug)
        table = TABLE_BY_KIND[kind]
        self.session.exec(delete(table).where(col(table.slug) == slug))
        self.session.add(Tombstone(kind=kind, slug=slug, replaced_by=replaced_by, serial=self.serial, at=self.at))
        self._log_change(kind, slug, "delete", None, replaced_by)
        self.result.deleted.append((kind, slug))

    def replace_synonyms(self, synonyms: Mapping[str, dict[str, Any]]) -> None:
        """Synonyms are no public record: they go in whole. A difference moves the serial, for search answers change."""
        stood = {one["term"]: {k: v for k, v in one.items() if k != "term"} for one in self.current.synonyms}
        if stood == dict(synonyms):
            return
        self.serial += 1
        self.session.exec(delete(SynonymRow))
        self.session.add_all(SynonymRow(term=term, content=content) for term, content in sorted(synonyms.items()))

    def finish(self) -> WriteResult:
        self.session.flush()
        set_serial(self.session, self.serial)
        return self.result._replace(serial=self.serial)

    def _delete_children(self, kind: str, slug: str) -> None:
        for table, owner in CHILD_TABLES[kind]:
            self.session.exec(delete(table).where(getattr(table, owner) == slug))

    def _log_change(
        self, kind: str, slug: str, action: str, record: dict[str, Any] | None, replaced_by: str | None = None
    ) -> None:
        change = Change(serial=self.serial, kind=kind, slug=slug, action=action, record=record, at=self.at)
        change.replaced_by = replaced_by
        self.session.add(change)


def same_content(old: AnyRecord, new: AnyRecord) -> bool:
    """Whether two shapes say the same, apart from when it was said."""
    return _content(old) == _content(new)


def _content(shape: AnyRecord) -> dict[str, Any]:
    said = shape.model_dump(mode="json", exclude={"serial", "updated_at"})
    if isinstance(shape, Routine):
        said["session"] = {k: v for k, v in said["session"].items() if k not in ("catalogue_serial", "id")}
    return said
