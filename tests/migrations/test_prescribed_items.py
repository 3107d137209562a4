"""Revision 0018: what was stored before is read by the version that knows prescriptions, and the other way round."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database
from app.schemas.prescription import Prescription
from app.schemas.session import Session
from app.sessions.prescription.build import build_prescription
from app.sessions.storage.stored_session import to_stored
from benchmarks.catalogues import index_of, seed_exercises

INSERT = (
    "INSERT INTO session (id, catalogue_serial, duration_s, request, content, personal, created_at, expires_at)"
    " VALUES (:id, 1, 60, :request, :content, :personal, '2026-01-02', '2027-01-02')"
)
INSERT_CHANGE = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (1, 'routine', 'a', 'upsert', :record, '2026-01-02')"
)


def make_old(content: dict[str, Any]) -> dict[str, Any]:
    """The session as the version before stored it."""
    items = [item for phase in content["phases"] for item in phase["items"]]
    for item in items:
        del item["side"], item["note"]
    return content


def read_rows(database: Database) -> dict[str, Any]:
    with database.read_transaction() as transaction:
        rows = transaction.execute(sa.text("SELECT id, content FROM session UNION ALL SELECT slug, record FROM change"))
        return {name: json.loads(value) if isinstance(value, str) else value for name, value in rows}


def test_stored_sessions_get_the_new_fields_and_lose_them_again(database: Database) -> None:
    prescription = Prescription.model_validate({"items": [{"slug": "open-book"}, {"slug": "cat-cow"}]})
    plan = build_prescription(prescription, index_of(seed_exercises()))
    new = to_stored(plan, prescription, 1)
    old = make_old(json.loads(json.dumps(new.content)))
    database.migrate("0017")
    with database.transaction() as transaction:
        for name, request in (("built", {}), ("prescribed", new.request)):
            values = {"id": name, "request": json.dumps(request), "content": json.dumps(old), "personal": False}
            transaction.execute(sa.text(INSERT), values)
        transaction.execute(sa.text(INSERT_CHANGE), {"record": json.dumps({"slug": "a", "session": old})})
    database.migrate("0018")
    rows = read_rows(database)
    assert rows["built"] == rows["prescribed"] == rows["a"]["session"] == new.content
    told = {"id": "built", "stored": True, "not_stored_reason": None, "exercises": {}}
    assert Session.model_validate({**told, **rows["built"]}).phases[0].items[0].note is None
    database.migrate("0017")
    rows = read_rows(database)
    assert rows["built"] == rows["a"]["session"] == old
    assert "prescribed" not in rows
