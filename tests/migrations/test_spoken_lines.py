"""Revision 0009: every stored event says its cue."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database
from app.schemas.session import SpokenLine

OLD_EVENTS: list[dict[str, Any]] = [
    {"at_s": 0, "duration_s": 8, "kind": "get_ready", "slug": "open-book", "cue": "Get ready: Open book."},
    {"at_s": 8, "duration_s": 72, "kind": "work", "slug": "open-book", "cue": "Left side. Let your chest open."},
]
NEW_EVENTS = [{**event, "say": [{"at_s": 0, "text": event["cue"]}]} for event in OLD_EVENTS]
INSERT = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (:serial, 'routine', 'a', :action, :record, '2026-01-02')"
)
INSERT_SESSION = (
    "INSERT INTO session (id, catalogue_serial, duration_s, request, content, personal, created_at, expires_at)"
    " VALUES ('abc', 1, 60, '{}', :content, :personal, '2026-01-02', '2027-01-02')"
)


def read_timelines(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        records = transaction.execute(sa.text("SELECT record FROM change WHERE record IS NOT NULL")).scalars().all()
        contents = transaction.execute(sa.text("SELECT content FROM session")).scalars().all()
    records, contents = (
        [json.loads(one) if isinstance(one, str) else one for one in part] for part in (records, contents)
    )
    return [record["session"]["timeline"] for record in records] + [content["timeline"] for content in contents]


def test_events_get_their_lines_and_lose_them_on_the_way_down(database: Database) -> None:
    database.migrate("0008")
    record = json.dumps({"slug": "a", "session": {"title": "A", "timeline": OLD_EVENTS}})
    with database.transaction() as transaction:
        transaction.execute(sa.text(INSERT), {"serial": 1, "action": "upsert", "record": record})
        transaction.execute(sa.text(INSERT), {"serial": 2, "action": "delete", "record": None})
        transaction.execute(
            sa.text(INSERT_SESSION), {"content": json.dumps({"timeline": OLD_EVENTS}), "personal": False}
        )
    for revision, events in (("0009", NEW_EVENTS), ("0008", OLD_EVENTS), ("0009", NEW_EVENTS)):
        database.migrate(revision)
        assert read_timelines(database) == [events, events]
    for event in NEW_EVENTS:
        assert [SpokenLine.model_validate(line).text for line in event["say"]] == [event["cue"]]
