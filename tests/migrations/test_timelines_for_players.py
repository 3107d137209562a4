"""Revision 0011: a stored session of before is played like one that is built now."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database
from app.schemas.session import Session
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.storage.stored_session import to_impersonal
from benchmarks.catalogues import index_of, seed_exercises

INSERT = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (:serial, 'routine', 'a', :action, :record, '2026-01-02')"
)
INSERT_SESSION = (
    "INSERT INTO session (id, catalogue_serial, duration_s, request, content, personal, created_at, expires_at)"
    " VALUES ('abc', 1, 60, '{}', :content, :personal, '2026-01-02', '2027-01-02')"
)
OLD_EVENT_FIELDS = ("at_s", "duration_s", "kind", "slug", "side", "set", "reps", "say", "pace")


def build_sessions() -> list[dict[str, Any]]:
    """Repetitions, holds, breaths, sets on one side and on both, an extra set of the stiffer side."""
    common = {"available_equipment": ["chair", "mat", "pullup_bar", "bench"], "level": 3, "duration_s": 1500}
    requests = (
        {"goals": [{"goal": "rotation"}, {"goal": "recovery"}], "stiffer_side": "right"},
        {"goals": [{"goal": "strength"}, {"goal": "stability"}, {"goal": "breathing"}]},
    )
    index = index_of(seed_exercises())
    plans = [build_session(SessionRequest.model_validate({**common, **fields}), index) for fields in requests]
    return [to_impersonal(plan, "", 1).model_dump(mode="json") for plan in plans]


def make_old(value: Any) -> Any:
    """The same as the version before stored it."""
    if isinstance(value, list):
        return [make_old(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "pace" in value:
        side = value["side"] if value["kind"] == "work" else None
        return {name: value[name] for name in OLD_EVENT_FIELDS} | {"cue": value["say"][0]["text"], "side": side}
    old = {name: make_old(item) for name, item in value.items()}
    if "timeline" in old:
        return {**old, "timeline": old["timeline"][:-1]}
    if "hold_s" in old and "breaths" in old:
        del old["text"]
    return old


def read_all(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        stored = list(transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars())
        stored += transaction.execute(sa.text("SELECT content FROM session")).scalars().all()
    return [json.loads(value) if isinstance(value, str) else value for value in stored]


def without_texts(session: dict[str, Any]) -> dict[str, Any]:
    """The lines to show are simpler for old sessions: a turn is a repetition."""
    return {**session, "timeline": [{**event, "text": bool(event["text"])} for event in session["timeline"]]}


def test_an_old_session_gets_what_a_player_shows(database: Database) -> None:
    database.migrate("0010")
    new = build_sessions()
    old = [make_old(session) for session in new]
    with database.transaction() as transaction:
        for serial, session in enumerate(old, start=1):
            record = json.dumps({"slug": "a", "session": session})
            transaction.execute(sa.text(INSERT), {"serial": serial, "action": "upsert", "record": record})
        transaction.execute(sa.text(INSERT), {"serial": len(old) + 1, "action": "delete", "record": None})
        transaction.execute(sa.text(INSERT_SESSION), {"content": json.dumps(old[0]), "personal": False})
    database.migrate("0011")
    *records, deleted, content = read_all(database)
    migrated = [*(record["session"] for record in records), content]
    assert deleted is None
    assert list(map(without_texts, migrated)) == list(map(without_texts, [*new, new[0]]))
    assert [Session.model_validate(session) for session in migrated]
    texts = {event["text"] for session in migrated for event in session["timeline"] if event["kind"] == "work"}
    assert any(text.endswith(" repetitions, left side") for text in texts)
    assert any(text.startswith("Hold ") for text in texts)
    assert any(text.endswith(" breaths") for text in texts)
    database.migrate("0010")
    assert read_all(database) == [*({"slug": "a", "session": session} for session in old), None, old[0]]
