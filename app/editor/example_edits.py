"""Edits in the audit trail for the examples of the OpenAPI document: one of each kind of record, without a change."""

from datetime import UTC, datetime
from typing import Final

from sqlmodel import Session

from app.catalogue.mapping import load_catalogue
from app.changes.record_kind import RecordKind
from app.changes.serial import read_serial
from app.editing.written_entries import to_entry
from app.editor.audit import Attempt, EntryChange, record_edit
from app.kit.database import Database
from app.partners.example_key import EXAMPLE_KEY_ID

EXAMPLE_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
EXAMPLE_SLUGS: Final = {
    RecordKind.EXERCISE: "open-book",
    RecordKind.GUIDELINE: "desk-height",
    RecordKind.ROUTINE: "desk-break-1-min",
    RecordKind.REFERENCE: "cho-2017",
}


def add_example_edits(database: Database) -> None:
    """Store the edits, all of one time; their ids count from 1 in the order of the kinds."""
    with database.transaction() as session:
        for kind in RecordKind:
            _add_example_edit(session, kind)


def _add_example_edit(session: Session, kind: RecordKind) -> None:
    slug = EXAMPLE_SLUGS[kind]
    entry = to_entry(kind, load_catalogue(session).records_of(kind)[slug], [])
    attempt = Attempt("acme", EXAMPLE_KEY_ID, "put", kind, slug)
    record_edit(session, attempt, EXAMPLE_TIME, read_serial(session), EntryChange(entry, entry))
