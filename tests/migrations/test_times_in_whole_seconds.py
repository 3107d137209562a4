"""Revision 0006: times inside stored records lose their fractions of a second."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database

INSERT = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (:serial, :kind, 'a', :action, :record, '2026-01-02')"
)


def make_routine(time: str) -> dict[str, Any]:
    """A record with another inside, and with a text that only looks like a time."""
    return {"updated_at": time, "summary": "T01:34:28.5", "session": {"exercises": {"a": {"updated_at": time}}}}


def read_records(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        records = transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars().all()
    return [json.loads(record) if isinstance(record, str) else record for record in records]


def test_times_become_whole_and_stay_so(database: Database) -> None:
    database.migrate("0005")
    stored = [make_routine("2026-11-28T01:34:28.836108Z"), make_routine("2026-11-28T01:34:28Z"), None]
    with database.transaction() as transaction:
        for serial, record in enumerate(stored, start=1):
            action, text = ("delete", None) if record is None else ("upsert", json.dumps(record))
            values = {"serial": serial, "kind": "routine", "action": action, "record": text}
            transaction.execute(sa.text(INSERT), values)
    for revision in ("0006", "0005", "0006"):
        database.migrate(revision)
        assert read_records(database) == [make_routine("2026-11-28T01:34:28Z")] * 2 + [None]
