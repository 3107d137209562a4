"""The snapshot: the whole catalogue of one serial in memory, never changed. Every read is answered from it."""

import copy
import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.search.documents import build_documents
from app.catalogue.search.model import Synonym
from app.changes.record_kind import RecordKind
from app.changes.renames import follow_renames
from app.kit.shared_field_sets import share_field_sets
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.record import AnyRecord
from app.schemas.reference import Reference
from app.schemas.routine import Routine

if TYPE_CHECKING:
    from app.catalogue.search.index import SearchIndex

Record = TypeVar("Record", bound=AnyRecord)
Value = TypeVar("Value")
Tombstones = Mapping[tuple[str, str], str | None]
"""Kind and old slug of each deleted or renamed record -> the new slug; None when the record was deleted."""


MAX_KNOWN_SEARCHES = 256
"""Searches of one kind whose results are remembered, for their further pages and for other filters."""
MAX_KNOWN_FILTERS = 64
"""Values of filters of one kind whose matches are remembered."""


def merge_sorted(values: Mapping[str, Value], further: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of both, in the order of their keys."""
    return dict(sorted({**values, **further}.items()))


class RecordChange(NamedTuple):
    """A change of one record, also its removal; later ones are greater."""

    serial: int
    at: datetime


class RecordCollection(Generic[Record]):
    """The records of one kind in the order of their slugs, with what answers are made from."""

    def __init__(
        self,
        kind: RecordKind,
        schema: type[Record],
        records: Mapping[str, Record],
        tombstones: Tombstones,
        synonyms: Sequence[Synonym] = (),
        removals: Iterable[RecordChange] = (),
    ) -> None:
        self.kind, self.schema, self.synonyms = kind, schema, synonyms
        self.records = dict(records)
        for record in self.records.values():
            share_field_sets(record)
        self.tombstones = {slug: target for (of_kind, slug), target in tombstones.items() if of_kind == kind}
        changes = [RecordChange(record.serial, record.updated_at) for record in self.records.values()]
        self.last_change = max([*changes, *removals], default=None)
        """The latest change of any record, also of one that is gone; None where there has been no record."""
        self.json_by_slug = {slug: record.model_dump_json().encode() for slug, record in self.records.items()}
        self._matching_by_key: dict[Hashable, frozenset[str]] = {}
        self._slugs_by_query: dict[str, tuple[str, ...]] = {}
        self.digest_by_slug = {slug: hashlib.sha256(data).digest() for slug, data in self.json_by_slug.items()}

    @cached_property
    def search_index(self) -> "SearchIndex":
        """The index for full-text search; built at the first search, or earlier by `Snapshot.warm`."""
        from app.catalogue.search.index import SearchIndex  # slow to import: after the start, with the index

        return SearchIndex(build_documents(self.records.values()), self.synonyms)

    def read_fields(self, slug: str) -> dict[str, Any]:
        """Return a record as JSON values by field name, for answers with selected fields.

        They are read each time, in less than 0.1 ms: to keep those of all records takes 2 MB.
        """
        fields: dict[str, Any] = json.loads(self.json_by_slug[slug])
        return fields

    def select(
        self, predicates: Mapping[tuple[str, Hashable], Callable[[Record], bool]], query: str | None
    ) -> list[str]:
        """Return the slugs of the records for which every predicate holds; equal keys stand for equal predicates.

        They are ranked by relevance to `query`, or without a query sorted by slug.
        """
        slugs = list(self._search(query) if query is not None else self.records)
        for key, predicate in predicates.items():
            matching = self._find_matching(key, predicate)
            slugs = [slug for slug in slugs if slug in matching]
        return slugs

    def _search(self, query: str) -> tuple[str, ...]:
        """Return the slugs that the index finds; those of the last queries are remembered."""
        slugs = self._slugs_by_query.get(query)
        if slugs is None:
            slugs = self.search_index.search(query)
            if len(self._slugs_by_query) >= MAX_KNOWN_SEARCHES:
                self._slugs_by_query.clear()
            self._slugs_by_query[query] = slugs
        return slugs

    def _find_matching(self, key: Hashable, predicate: Callable[[Record], bool]) -> frozenset[str]:
        """Return the slugs of all records for which the predicate holds; those of the last keys are remembered."""
        matching = self._matching_by_key.get(key)
        if matching is None:
            matching = frozenset(slug for slug, record in self.records.items() if predicate(record))
            if len(self._matching_by_key) >= MAX_KNOWN_FILTERS:
                self._matching_by_key.clear()
            self._matching_by_key[key] = matching
        return matching

    def find_successor(self, slug: str) -> str | None:
        """Return the present slug of a record that was renamed, once or several times; None when it was deleted."""
        last = follow_renames(slug, self.tombstones, self.records)[-1]
        return last if last in self.records else None

    @cached_property
    def former_slugs(self) -> dict[str, list[str]]:
        """The slugs that each renamed record had before, in the order of the alphabet, by its present slug."""
        former_slugs: dict[str, list[str]] = {}
        for slug in sorted(self.tombstones):
            successor = self.find_successor(slug)
            if successor is not None:
                former_slugs.setdefault(successor, []).append(slug)
        return former_slugs

    def extend(self, records: Mapping[str, Record], tombstones: Tombstones) -> "RecordCollection[Record]":
        """Return a collection with further records; what is made from each of the others is shared."""
        further = RecordCollection(self.kind, self.schema, records, tombstones)
        whole = copy.copy(self)
        whole.records = merge_sorted(self.records, further.records)
        whole.json_by_slug = merge_sorted(self.json_by_slug, further.json_by_slug)
        whole.digest_by_slug = {**self.digest_by_slug, **further.digest_by_slug}
        whole.tombstones = {**self.tombstones, **further.tombstones}
        whole.last_change = max(filter(None, (self.last_change, further.last_change)), default=None)
        whole._matching_by_key, whole._slugs_by_query = {}, {}  # noqa: SLF001 - of the same class
        for made_from_all in ("search_index", "former_slugs"):
            vars(whole).pop(made_from_all, None)
        return whole

    def reuse_index_of(self, previous: "RecordCollection[Record]") -> None:
        """Take over the search index of `previous` where it was built and nothing that it indexes has changed."""
        if "search_index" not in vars(previous):  # reading the attribute would build the index
            return
        if (previous.json_by_slug, previous.synonyms) == (self.json_by_slug, self.synonyms):
            self.search_index = previous.search_index


class Snapshot:
    """The whole catalogue at one serial."""

    def __init__(
        self,
        serial: int,
        stored: StoredCatalogue,
        tombstones: Tombstones,
        routine_removals: Iterable[RecordChange] = (),
    ) -> None:
        self.serial = serial
        self.partner: str | None = None
        """Whose own exercises are among the records; None: nobody's."""
        self._shared: Snapshot | None = None
        synonyms = [Synonym.from_stored(synonym) for synonym in stored.synonyms]
        self.exercises = RecordCollection(RecordKind.EXERCISE, Exercise, stored.exercises, tombstones, synonyms)
        self.guidelines = RecordCollection(RecordKind.GUIDELINE, Guideline, stored.guidelines, tombstones, synonyms)
        self.references = RecordCollection(RecordKind.REFERENCE, Reference, stored.references, tombstones)
        self.routines = RecordCollection(
            RecordKind.ROUTINE, Routine, stored.routines, tombstones, synonyms, routine_removals
        )

    @classmethod
    def empty(cls) -> "Snapshot":
        """Return a catalogue without records."""
        return cls(0, StoredCatalogue.empty(), {})

    @property
    def shared(self) -> "Snapshot":
        """The catalogue without anybody's own exercises."""
        return self._shared or self

    def extend(self, partner: str, exercises: Mapping[str, Exercise], tombstones: Tombstones) -> "Snapshot":
        """Return the catalogue with the own exercises of a partner. Everything else is shared with this one."""
        whole = copy.copy(self)
        whole.partner, whole._shared = partner, self  # noqa: SLF001 - of the same class
        whole.exercises = self.exercises.extend(exercises, tombstones)
        return whole

    @cached_property
    def routines_without_exercises(self) -> dict[str, bytes]:
        """The routines as JSON by slug, without the exercise records of their sessions."""
        shorter = {
            slug: routine.model_copy(update={"session": routine.session.model_copy(update={"exercises": {}})})
            for slug, routine in self.routines.records.items()
        }
        return {slug: routine.model_dump_json().encode() for slug, routine in shorter.items()}

    def collection_of(self, kind: RecordKind) -> RecordCollection[Any]:
        """Return the records of one kind."""
        collection: RecordCollection[Any] = getattr(self, kind.plural)
        return collection

    def reuse_indexes_of(self, previous: "Snapshot") -> None:
        """Take over the search indexes of the kinds that have not changed since `previous`: building one is slow."""
        self.exercises.reuse_index_of(previous.exercises)
        self.guidelines.reuse_index_of(previous.guidelines)
        self.references.reuse_index_of(previous.references)
        self.routines.reuse_index_of(previous.routines)

    def warm(self) -> None:
        """Build the search indexes now, so that no request waits for them."""
        for collection in (self.exercises, self.guidelines, self.references, self.routines):
            _ = collection.search_index
