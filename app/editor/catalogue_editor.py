"""Carries out edits: reads, plans outside of any lock, and writes where the catalogue is still the one of the plan."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, Self

from sqlmodel import col, select

from app.catalogue.mapping import StoredCatalogue, load_catalogue
from app.catalogue.redirects import RecordNotFound
from app.changes.owned_rows import is_visible_to
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.changes.renames import follow_renames
from app.changes.serial import read_serial
from app.changes.tables import Tombstone
from app.editing.entry_fields import SluggedEntry
from app.editing.record_edits import InvalidEdit, PlannedEdit, RecordEdit, plan_edit, write_edit
from app.editing.writer import CatalogueWriter, RecordKey, WriteResult
from app.editing.written_entries import to_entry
from app.editor.audit import Attempt, EntryChange, find_audit_entry, read_audit, record_edit, record_refusal
from app.editor.errors import SlugNotUsable, TooManyOwnExercises, describe_invalid_edit
from app.editor.preconditions import Preconditions
from app.editor.schemas import AuditQuery
from app.editor.tables import AuditEntry
from app.kit.database import Database
from app.kit.errors import TemporaryProblem
from app.kit.request_database import RequestDatabase
from app.partners.key_ring import Caller
from app.schemas.record import AnyRecord

MAX_ATTEMPTS = 5
"""How often an edit is planned anew because another process wrote meanwhile."""
MAX_ADMITTED = 32
"""Edits of this process that run or wait; one more is refused at once."""
BUSY_RETRY_AFTER_S = 5
MAX_RUNNING = 2
"""Edits of this process that ask the database at a time, reads of them included."""
PATIENCE_FACTOR = 5
"""Times the time that other requests give the database."""
SNAPSHOT_PATIENCE_S = 5.0
"""Seconds that an edit waits until this process serves it."""
SNAPSHOT_PAUSE_S = 0.01


class CatalogueBusy(TemporaryProblem):
    """Too many edits wait, or others wrote the catalogue each time that this one was ready."""

    title = "Others are editing"


class CatalogueState(NamedTuple):
    """The stored catalogue as one transaction saw it: what is shared, and the own exercises of one partner at most."""

    serial: int
    stored: StoredCatalogue
    tombstones: Mapping[RecordKey, str | None]

    def record(self, kind: RecordKind, slug: str) -> AnyRecord | None:
        """Return a record; None where there is none."""
        return self.stored.records_of(kind).get(slug)

    def entry(self, kind: RecordKind, slug: str) -> SluggedEntry | None:
        """Return what was written for a record, without its former slugs; None where there is none."""
        record = self.record(kind, slug)
        return to_entry(kind, record, []) if record is not None else None

    def former_slugs(self, kind: RecordKind, slug: str) -> list[str]:
        """Return the slugs that a record had before, in the order of the alphabet."""
        existing = self.stored.records_of(kind)
        successors = {old: new for (of_kind, old), new in self.tombstones.items() if of_kind == kind}
        return sorted(old for old in successors if follow_renames(old, successors, existing)[-1] == slug)


class CompletedEdit(NamedTuple):
    """What came of an edit: the slug and the record after it, with a dry run the record as it still is."""

    slug: str
    record: AnyRecord | None
    written: WriteResult
    is_new: bool
    audit_id: int | None


Decide = Callable[[CatalogueState], RecordEdit]
"""Returns the edit to make of the catalogue as it is. Raises a `Problem` where it is refused."""


class CatalogueEditor:
    """Edits the stored catalogue, one edit at a time in this process."""

    def __init__(
        self, database: Database, requests: RequestDatabase, served_serial: Callable[[], int], max_own_exercises: int
    ) -> None:
        self.database, self.requests, self.served_serial = database, requests, served_serial
        self.max_own_exercises = max_own_exercises
        self._lock = asyncio.Lock()
        self._admitted = 0

    @classmethod
    def of(
        cls, database: Database, requests: RequestDatabase, served_serial: Callable[[], int], max_own_exercises: int
    ) -> Self:
        """Return the editor of a database. An edit writes much, and may take longer than other requests."""
        patient = RequestDatabase(MAX_RUNNING, requests.timeout_s * PATIENCE_FACTOR, requests.health)
        return cls(database, patient, served_serial, max_own_exercises)

    async def edit(
        self, attempt: Attempt, preconditions: Preconditions, decide: Decide, dry_run: bool
    ) -> CompletedEdit:
        """Make an edit, with its entry in the audit trail; with `dry_run` only what it would do.

        Raises `Problem` where it is refused. Returns once this process serves the edited catalogue.
        """
        if self._admitted >= MAX_ADMITTED:
            raise CatalogueBusy(f"{MAX_ADMITTED} edits run or wait.", retry_after_s=BUSY_RETRY_AFTER_S)
        self._admitted += 1
        try:
            async with self._lock:
                completed = await self._edit(attempt, preconditions, decide, dry_run)
        finally:
            self._admitted -= 1
        if not dry_run:
            await self._wait_until_served(completed.written.serial)
        return completed

    async def read(self, owner: str | None) -> CatalogueState:
        """Return what is shared, and the own exercises of `owner`. Raises `DatabaseUnavailable`."""
        return await self.requests.read(_read_state, self.database, owner)

    async def find_audit_entry(self, audit_id: int, caller: Caller) -> AuditEntry | None:
        """Return an entry of the audit trail; None where the caller sees none. Raises `DatabaseUnavailable`."""
        return await self.requests.read(find_audit_entry, self.database, audit_id, caller)

    async def read_audit(self, query: AuditQuery, caller: Caller) -> list[AuditEntry]:
        """Return the entries of the audit trail that a query asks for. Raises `DatabaseUnavailable`."""
        return await self.requests.read(read_audit, self.database, query, caller)

    async def record_refusal(self, attempt: Attempt, status: int, detail: str) -> None:
        """Store in the audit trail that an edit was refused. Raises `DatabaseUnavailable`."""
        await self.requests.write(record_refusal, self.database, attempt, status, detail)

    async def _edit(
        self, attempt: Attempt, preconditions: Preconditions, decide: Decide, dry_run: bool
    ) -> CompletedEdit:
        for _ in range(MAX_ATTEMPTS):
            state = await self.read(owner_of(attempt.slug))
            check_slug(state, attempt)
            preconditions.check(state.record(attempt.kind, attempt.slug))
            edit = decide(state)
            check_own_limit(state, edit, self.max_own_exercises)
            now = datetime.now(UTC)
            try:
                plan = await asyncio.to_thread(plan_edit, state.stored, state.tombstones, edit, now.year)
            except InvalidEdit as error:
                raise describe_invalid_edit(error) from None
            completed = await self.requests.write(_write, self.database, state, plan, attempt, now, dry_run)
            if completed is not None:
                return completed
        raise CatalogueBusy(f"Others wrote {MAX_ATTEMPTS} times while this edit was made.", retry_after_s=1)

    async def _wait_until_served(self, serial: int) -> None:
        deadline = time.monotonic() + SNAPSHOT_PATIENCE_S
        while self.served_serial() < serial and time.monotonic() < deadline:
            await asyncio.sleep(SNAPSHOT_PAUSE_S)


def _read_state(database: Database, owner: str | None) -> CatalogueState:
    with database.read_transaction() as transaction:
        rows = transaction.exec(select(Tombstone).where(is_visible_to(col(Tombstone.slug), owner)))
        tombstones = {(RecordKind(row.kind), row.slug): row.replaced_by for row in rows}
        return CatalogueState(read_serial(transaction), load_catalogue(transaction, owner), tombstones)


def check_slug(state: CatalogueState, attempt: Attempt) -> None:
    """Raise `SlugNotUsable` for a slug of the past, and `RecordNotFound` where there is nothing to change."""
    kind, slug = attempt.kind, attempt.slug
    if state.record(kind, slug) is not None or attempt.action == "restore":
        return
    if (kind, slug) in state.tombstones:
        successors = {old: new for (of_kind, old), new in state.tombstones.items() if of_kind == kind}
        current = follow_renames(slug, successors, state.stored.records_of(kind))[-1]
        is_renamed = current in state.stored.records_of(kind)
        advice = f"It is {current!r} now: edit that." if is_renamed else "It was deleted: restore it, or take another."
        raise SlugNotUsable(f"{slug!r} was the slug of another {kind}. {advice}")
    if attempt.action != "put":
        raise RecordNotFound(f"There is no {kind} {slug!r}.")


def check_own_limit(state: CatalogueState, edit: RecordEdit, max_own_exercises: int) -> None:
    """Raise `TooManyOwnExercises` where an edit makes an own exercise that is one too many."""
    owner = owner_of(edit.slug)
    if owner is None or edit.entry is None or state.record(edit.kind, edit.slug) is not None:
        return
    count = sum(owner_of(slug) == owner for slug in state.stored.exercises)
    if count >= max_own_exercises:
        raise TooManyOwnExercises(
            f"You have {count} own exercises, and may have {max_own_exercises}. Delete one first."
        )


class _Undo(Exception):
    """Takes the transaction of a dry run back."""


def _write(
    database: Database, state: CatalogueState, plan: PlannedEdit, attempt: Attempt, at: datetime, dry_run: bool
) -> CompletedEdit | None:
    """Write a plan, and its entry in the audit trail. None where the catalogue is not the one of the plan any more."""
    edit = plan.edit
    before = state.entry(edit.kind, edit.slug)
    completed: CompletedEdit | None = None
    try:
        with database.transaction() as session:
            writer = CatalogueWriter(session, at, "api", owner_of(edit.slug))
            if writer.serial != state.serial:
                return None
            record = write_edit(writer, plan)
            written = writer.finish()
            audit_id = record_edit(session, attempt, at, written.serial, EntryChange(before, edit.entry))
            completed = CompletedEdit(edit.new_slug or edit.slug, record, written, before is None, audit_id)
            if dry_run:
                completed = completed._replace(record=state.record(edit.kind, edit.slug), audit_id=None)
                raise _Undo
    except _Undo:
        pass
    return completed
