"""The catalogue in memory: immutable, whole, of one serial. Every read is answered from it."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlmodel import Session, select

from app.catalogue.mapping import Shaped, load
from app.catalogue.search.documents import documents_of
from app.catalogue.search.index import Index, Synonym
from app.changes.serial import read_serial
from app.changes.tables import Tombstone
from app.kit.database import Database
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine

KINDS = ("exercises", "guidelines", "routines", "references")
S = TypeVar("S", bound=Shaped)


class Shelf(Generic[S]):
    """Records of one kind in the order of their slugs, each with its bytes ready to send."""

    def __init__(
        self,
        kind: str,
        shape: type[S],
        records: Mapping[str, S],
        gone: Mapping[str, str | None],
        synonyms: Sequence[Synonym] = (),
    ) -> None:
        self.kind, self.shape, self.synonyms = kind, shape, synonyms
        self.records, self.gone = dict(records), dict(gone)
        self.bytes = {slug: record.model_dump_json().encode() for slug, record in self.records.items()}

    @cached_property
    def index(self) -> Index:
        """For search; made when first asked for, or ahead of that by `warm`."""
        return Index(documents_of(self.records.values()), self.synonyms)

    @cached_property
    def loose(self) -> dict[str, dict[str, Any]]:
        """Records as plain values, for answers that send only some fields."""
        return {slug: json.loads(data) for slug, data in self.bytes.items()}

    def choose(self, admits: Callable[[S], bool], words: str | None) -> list[str]:
        """Slugs that a filter lets through; ranked where words were asked for, else in their order."""
        order = self.index.search(words) if words is not None else self.records
        return [slug for slug in order if admits(self.records[slug])]


class Snapshot:
    """All of the catalogue at one serial."""

    def __init__(
        self,
        serial: int,
        exercises: Mapping[str, Exercise],
        guidelines: Mapping[str, Guideline],
        references: Mapping[str, Reference],
        routines: Mapping[str, Routine],
        synonyms: Sequence[dict[str, Any]],
        gone: Mapping[tuple[str, str], str | None],
    ) -> None:
        self.serial = serial
        words = [Synonym.of(one) for one in synonyms]

        def buried(kind: str) -> dict[str, str | None]:
            return {slug: other for (k, slug), other in gone.items() if k == kind}

        self.exercises = Shelf("exercise", Exercise, exercises, buried("exercise"), words)
        self.guidelines = Shelf("guideline", Guideline, guidelines, buried("guideline"), words)
        self.references = Shelf("reference", Reference, references, buried("reference"))
        self.routines = Shelf("routine", Routine, routines, buried("routine"), words)

    def after(self, before: "Snapshot") -> "Snapshot":
        """This one, with the search indexes of what did not change since `before`."""
        for kind in KINDS:
            shelf, old = getattr(self, kind), getattr(before, kind)
            if "index" in vars(old) and (old.bytes, old.synonyms) == (shelf.bytes, shelf.synonyms):
                shelf.index = old.index
        return self

    def warm(self) -> None:
        """Make the search indexes now, so that nobody waits for them."""
        for kind in KINDS:
            _ = getattr(self, kind).index


def take(database: Database) -> Snapshot:
    """Read everything in one consistent view."""
    with database.read_transaction() as session:
        return _take(session)


def _take(session: Session) -> Snapshot:
    serial = read_serial(session)
    stored = load(session)
    gone = {(one.kind, one.slug): one.replaced_by for one in session.exec(select(Tombstone))}
    return Snapshot(
        serial, stored.exercises, stored.guidelines, stored.references, stored.routines, stored.synonyms, gone
    )
