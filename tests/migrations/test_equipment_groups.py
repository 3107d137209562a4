"""Revision 0004: groups of equipment become objects wherever exercises are stored, and lists again on the way down."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database

LISTS = [["chair", "bench"], ["resistance_band"]]
OBJECTS = [{"any_of": ["chair", "bench"]}, {"any_of": ["resistance_band"]}]
INSERT_ROUTINE = (
    "INSERT INTO routine (slug, origin, serial, updated_at, name, summary, audience, when_to_use, duration_s,"
    " suits, recipe, session, provenance)"
    " VALUES ('break', 'seed', 1, '2026-01-02', 'A break', '', '', '', 60, '[]', '{}', :session, '{}')"
)
INSERT_CHANGE = (
    "INSERT INTO change (serial, kind, slug, action, record, at) VALUES (:serial, :kind, 'a', :action, :record, :at)"
)


def fill(database: Database) -> None:
    """Store exercises that stand alone, inside a session, and nowhere: a deleted record is null."""
    exercise = {"slug": "a", "equipment": LISTS, "steps": ["equipment"]}
    session = {"exercises": {"a": exercise}, "funnel": [{"step": "equipment", "left": 4}]}
    routine = {"slug": "r", "recipe": {"available_equipment": ["chair"]}, "session": session}
    records: list[tuple[str, Any]] = [("exercise", exercise), ("routine", routine), ("exercise", None)]
    with database.transaction() as transaction:
        transaction.execute(sa.text(INSERT_ROUTINE), {"session": json.dumps(session)})
        for serial, (kind, record) in enumerate(records, start=1):
            text, action = (None, "delete") if record is None else (json.dumps(record), "upsert")
            values = {"serial": serial, "kind": kind, "action": action, "record": text, "at": "2026-01-02"}
            transaction.execute(sa.text(INSERT_CHANGE), values)


def read_stored(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        records = list(transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars())
        records += transaction.execute(sa.text("SELECT session FROM routine")).scalars()
    return [json.loads(record) if isinstance(record, str) else record for record in records]


def test_groups_become_objects_and_lists_again(database: Database) -> None:
    database.migrate("0003")
    fill(database)
    before = read_stored(database)
    database.migrate("0004")
    after = read_stored(database)
    assert after == json.loads(json.dumps(before).replace(json.dumps(LISTS), json.dumps(OBJECTS)))
    assert [record and record.get("equipment") for record in after] == [OBJECTS, None, None, None]
    assert after[1]["session"]["exercises"]["a"]["equipment"] == OBJECTS
    database.migrate("0003")
    assert read_stored(database) == before
