"""Revision 0002: stored records get the standard names, and their old ones back on the way down."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)
OLD_EXERCISE = {
    "slug": "open-book",
    "contraindications": [{"condition": "vertigo", "verdict": "caution", "because": "x"}],
}
NEW_EXERCISE = {
    "slug": "open-book",
    "contraindications": [{"condition": "vertigo", "verdict": "caution", "feature": "x"}],
}
OLD_SESSION = {"title": "A session", "coverage": [{"asked_share": 0.5, "given_share": 0.4}], "why": [{"because": "y"}]}
NEW_SESSION = {
    "title": "A session",
    "coverage": [{"requested_share": 0.5, "actual_share": 0.4}],
    "why": [{"because": "y"}],
}
OLD_ROUTINE = {"slug": "morning", "title": "Morning", "session": OLD_SESSION}
NEW_ROUTINE = {"slug": "morning", "name": "Morning", "session": NEW_SESSION}
INSERT = sa.text(
    "INSERT INTO change (serial, kind, slug, action, record, at) VALUES (:serial, :kind, :slug, :action, :record, :at)"
)


def fill(database: Database) -> None:
    records: list[tuple[str, str, Any]] = [("exercise", "upsert", OLD_EXERCISE), ("routine", "upsert", OLD_ROUTINE)]
    with database.transaction() as transaction:
        for serial, (kind, action, record) in enumerate([*records, ("exercise", "delete", None)], start=1):
            text = None if record is None else json.dumps(record)
            values = {"serial": serial, "kind": kind, "slug": "a", "action": action, "record": text, "at": NOW}
            transaction.execute(INSERT, values)


def read_records(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        rows = transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars().all()
    return [json.loads(row) if isinstance(row, str) else row for row in rows]


def test_fields_get_their_standard_names_and_lose_them_again(database: Database) -> None:
    database.migrate("0001")
    fill(database)
    database.migrate("0002")
    assert read_records(database) == [NEW_EXERCISE, NEW_ROUTINE, None]
    database.migrate("0001")
    assert read_records(database) == [OLD_EXERCISE, OLD_ROUTINE, None]
