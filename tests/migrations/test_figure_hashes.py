"""Revision 0012: figures get a hash that no drawing has, wherever they are stored, and lose it on the way down."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database

FIGURE = {"svg": "/v1/x.svg", "png": "", "webp": "", "gif": "", "lottie": "", "drawn_side": "both", "alt": "Sitting."}
INSERT = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (:serial, 'exercise', 'a', :action, :record, '2026-01-02')"
)


def make_record(figure: dict[str, Any] | None) -> dict[str, Any]:
    return {"figure": figure, "session": {"phases": [{"items": [{"exercise": {"slug": "a", "figure": figure}}]}]}}


def test_figures_get_a_hash_and_lose_it_on_the_way_down(database: Database) -> None:
    database.migrate("0011")
    old, new = make_record(FIGURE), make_record({"hash": "000000000000", **FIGURE})
    with database.transaction() as transaction:
        for serial, record in enumerate((old, make_record(None)), start=1):
            transaction.execute(sa.text(INSERT), {"serial": serial, "action": "upsert", "record": json.dumps(record)})
        transaction.execute(sa.text(INSERT), {"serial": 3, "action": "delete", "record": None})
    for revision, expected in (("0012", new), ("0011", old), ("0012", new)):
        database.migrate(revision)
        with database.read_transaction() as transaction:
            stored = transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars().all()
        values = [json.loads(value) if isinstance(value, str) else value for value in stored]
        assert values == [expected, make_record(None), None]
