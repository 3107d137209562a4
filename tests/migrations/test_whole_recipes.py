"""Revision 0005: recipes are stored with every field."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database
from app.schemas.session_recipe import SessionRecipe
from app.schemas.session_request import SessionRequest

WRITTEN = {"duration_s": 300, "goals": [{"goal": "rotation", "weight": 2}, {"goal": "posture"}], "level": 1}
WHOLE = SessionRecipe.from_request(SessionRequest.model_validate(WRITTEN)).model_dump(mode="json")
INSERT_ROUTINE = (
    "INSERT INTO routine (slug, origin, serial, updated_at, name, summary, audience, when_to_use, duration_s,"
    " suits, recipe, session, provenance)"
    " VALUES ('break', 'seed', 1, '2026-01-02', 'A break', '', '', '', 60, '[]', :recipe, '{}', '{}')"
)
INSERT_CHANGE = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (:serial, 'routine', 'break', :action, :record, '2026-01-02')"
)


def fill(database: Database) -> None:
    record = json.dumps({"slug": "break", "recipe": WRITTEN, "name": "A break"})
    with database.transaction() as transaction:
        transaction.execute(sa.text(INSERT_ROUTINE), {"recipe": json.dumps(WRITTEN)})
        transaction.execute(sa.text(INSERT_CHANGE), {"serial": 1, "action": "upsert", "record": record})
        transaction.execute(sa.text(INSERT_CHANGE), {"serial": 2, "action": "delete", "record": None})


def read_stored(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        stored = list(transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars())
        stored += transaction.execute(sa.text("SELECT recipe FROM routine")).scalars()
    return [json.loads(value) if isinstance(value, str) else value for value in stored]


def test_recipes_become_whole_and_stay_so(database: Database) -> None:
    database.migrate("0004")
    fill(database)
    for revision in ("0005", "0004", "0005"):
        database.migrate(revision)
        assert read_stored(database) == [{"slug": "break", "recipe": WHOLE, "name": "A break"}, None, WHOLE]
