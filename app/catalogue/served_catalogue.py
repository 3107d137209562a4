"""The catalogue of one serial for everybody who reads it: the shared one, and for each partner that with its own."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlmodel import select

from app.catalogue.mapping import load_catalogue, load_own_exercises
from app.catalogue.snapshot import RecordChange, Snapshot
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.changes.serial import read_serial
from app.changes.tables import Tombstone
from app.kit.database import Database
from app.schemas.exercise import Exercise

MAX_SNAPSHOTS: Final = 32
"""Partners whose catalogues are kept; that of another one is made again when it asks."""


class OwnExercises(NamedTuple):
    """What belongs to a partner: exercises by slug, and slugs of the past, each with the present one where renamed."""

    records: dict[str, Exercise]
    tombstones: dict[tuple[str, str], str | None]


class ServedCatalogue:
    """The shared catalogue, and those of the partners that have or had exercises of their own, made when asked for."""

    def __init__(self, shared: Snapshot, own_by_partner: Mapping[str, OwnExercises]) -> None:
        self.shared, self._own_by_partner = shared, own_by_partner
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()
        self._previous: dict[str, Snapshot] = {}
        """Those of the serial before, until their indexes are taken over."""

    def list_own(self) -> dict[str, Exercise]:
        """Return the own exercises of all partners by slug."""
        return {
            slug: exercise
            for exercises in self._own_by_partner.values()
            for slug, exercise in exercises.records.items()
        }

    def reuse_indexes_of(self, previous: "ServedCatalogue") -> None:
        """Take over the search indexes of what has not changed: those of partners when their catalogues are made."""
        self.shared.reuse_indexes_of(previous.shared)
        self._previous = dict(previous._snapshots)  # noqa: SLF001 - of the same class

    def has_own(self, partner: str | None) -> bool:
        """Whether a partner sees more than everybody does."""
        return partner in self._own_by_partner

    def seen_by(self, partner: str | None) -> Snapshot:
        """Return the catalogue that a partner sees; None: who has no key."""
        if partner is None or partner not in self._own_by_partner:
            return self.shared
        snapshot = self._snapshots.get(partner)
        if snapshot is None:
            snapshot = self._snapshots[partner] = self.shared.extend(partner, *self._own_by_partner[partner])
            if partner in self._previous:
                snapshot.exercises.reuse_index_of(self._previous.pop(partner).exercises)
            if len(self._snapshots) > MAX_SNAPSHOTS:
                self._snapshots.popitem(last=False)
        self._snapshots.move_to_end(partner)
        return snapshot


def load_served_catalogue(database: Database, previous: ServedCatalogue | None = None) -> ServedCatalogue:
    """Return the catalogue that is stored, read in one transaction so that its parts agree.

    What has not changed is taken from the `previous` one: own exercises, and indexes that are slow to make.
    """
    with database.read_transaction() as session:
        rows = session.exec(select(Tombstone)).all()
        stored, serial = load_catalogue(session), read_serial(session)
        own_exercises = load_own_exercises(session, previous.list_own() if previous else {})
    shared_rows = [row for row in rows if owner_of(row.slug) is None]
    tombstones = {(row.kind, row.slug): row.replaced_by for row in shared_rows}
    removals = [RecordChange(row.serial, row.at) for row in shared_rows if row.kind == RecordKind.ROUTINE]
    served = ServedCatalogue(
        Snapshot(serial, stored, tombstones, removals), _group_by_partner(own_exercises.values(), rows)
    )
    if previous is not None:
        served.reuse_indexes_of(previous)
    return served


def _group_by_partner(exercises: Iterable[Exercise], tombstones: Iterable[Tombstone]) -> dict[str, OwnExercises]:
    own: dict[str, OwnExercises] = {}
    for exercise in exercises:
        if partner := owner_of(exercise.slug):
            own.setdefault(partner, OwnExercises({}, {})).records[exercise.slug] = exercise
    for row in tombstones:
        if partner := owner_of(row.slug):
            own.setdefault(partner, OwnExercises({}, {})).tombstones[row.kind, row.slug] = row.replaced_by
    return own
