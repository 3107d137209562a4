"""Revision 0014: names of muscles become words by role, wherever exercises are stored, and names on the way down."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from app.kit.database import Database
from app.rules.muscles import ExerciseMuscles
from tests.migrations.test_strains import INSERT_CHANGE, INSERT_EXERCISE

NAMES = ["multifidus", "rotatores", "long head of triceps", "latissimus dorsi", "something unheard of"]
WORDS = ["multifidus_and_rotatores", "triceps_brachii", "latissimus_dorsi"]


def make_exercise(category: str, muscles: Any) -> dict[str, Any]:
    return {"slug": "a", "category": category, "muscles": muscles, "regions": []}


def by_role(role: str) -> dict[str, list[str]]:
    return {"primary": [], "secondary": [], "stretched": [], "massaged": [], role: WORDS}


def read_stored(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        stored = list(transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars())
        stored += transaction.execute(sa.text("SELECT muscles FROM exercise")).scalars()
    return [json.loads(value) if isinstance(value, str) else value for value in stored]


@pytest.mark.parametrize(
    ("category", "role"), [("stretch", "stretched"), ("self_massage", "massaged"), ("mobility", "primary")]
)
def test_names_become_words_by_role_and_names_again(database: Database, category: str, role: str) -> None:
    database.migrate("0006")
    old = make_exercise(category, NAMES)
    records: list[tuple[str, Any]] = [("exercise", old), ("routine", {"session": {"exercises": {"a": old}}})]
    with database.transaction() as transaction:
        values = {"false": False, "cues": "[]", "features": "[]", "contraindications": "[]"}
        transaction.execute(sa.text(INSERT_EXERCISE), values)
    database.migrate("0013")
    with database.transaction() as transaction:
        update = sa.text("UPDATE exercise SET category = :category, muscles = :muscles")
        transaction.execute(update, {"category": category, "muscles": json.dumps(NAMES)})
        for serial, (kind, record) in enumerate([*records, ("exercise", None)], start=1):
            text, action = (None, "delete") if record is None else (json.dumps(record), "upsert")
            change = {"serial": serial, "kind": kind, "action": action, "record": text, "at": "2026-01-02"}
            transaction.execute(sa.text(INSERT_CHANGE), change)
    new = make_exercise(category, by_role(role))
    ExerciseMuscles.model_validate(new["muscles"])
    shortened = make_exercise(category, [word.replace("_", " ") for word in WORDS])
    for revision, exercise in (("0014", new), ("0013", shortened), ("0014", new)):
        database.migrate(revision)
        assert read_stored(database) == [
            exercise,
            {"session": {"exercises": {"a": exercise}}},
            None,
            exercise["muscles"],
        ]
