"""Revision 0007: features become strains wherever exercises are stored, and features again on the way down."""

import json
from typing import Any

import sqlalchemy as sa

from app.kit.database import Database

OLD = {
    "slug": "a",
    "cues": ["Turn."],
    "features": ["end_range_rotation", "inverted_mild"],
    "contraindications": [
        {"condition": "vertigo", "verdict": "caution", "feature": "inverted_mild"},
        {"condition": "vertigo", "verdict": "caution", "feature": "end_range_rotation"},
        {"condition": "osteoporosis", "verdict": "avoid", "feature": "end_range_rotation"},
    ],
    "level": 1,
}
STRAINS = [{"strain": "trunk_rotation", "degree": "full"}, {"strain": "inversion", "degree": "mild"}]
INSERT_EXERCISE = (
    "INSERT INTO exercise (slug, origin, serial, updated_at, name, summary, category, pattern, position, level,"
    " unilateral, est_duration_s, breathing, load_group, family, aliases, suits, movements, phases, equipment, dose,"
    " steps, cues, mistakes, muscles, regions, features, contraindications, provenance, platform)"
    " VALUES ('a', 'seed', 1, '2026-01-02', 'A', '', 'mobility', 'dynamic', 'seated', 1, :false, 60, '', 'none', 'a',"
    " '[]', '[]', '[]', '[]', '[]', '{}', '[]', :cues, '[]', '[]', '[]', :features, :contraindications, '{}', '{}')"
)
INSERT_CHANGE = (
    "INSERT INTO change (serial, kind, slug, action, record, at) VALUES (:serial, :kind, 'a', :action, :record, :at)"
)


def fill(database: Database) -> None:
    """Store an exercise in its table, in the history, and inside the session of a routine; and a deleted record."""
    columns = {name: json.dumps(OLD[name]) for name in ("cues", "features", "contraindications")}
    records: list[tuple[str, Any]] = [("exercise", OLD), ("routine", {"session": {"exercises": {"a": OLD}}})]
    with database.transaction() as transaction:
        transaction.execute(sa.text(INSERT_EXERCISE), {**columns, "false": False})
        for serial, (kind, record) in enumerate([*records, ("exercise", None)], start=1):
            text, action = (None, "delete") if record is None else (json.dumps(record), "upsert")
            values = {"serial": serial, "kind": kind, "action": action, "record": text, "at": "2026-01-02"}
            transaction.execute(sa.text(INSERT_CHANGE), values)


def read_stored(database: Database, column: str) -> list[Any]:
    with database.read_transaction() as transaction:
        stored = list(transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars())
        stored += transaction.execute(sa.text(f"SELECT {column} FROM exercise")).scalars()
    return [json.loads(value) if isinstance(value, str) else value for value in stored]


def add_later_condition(database: Database, exercise: dict[str, Any]) -> None:
    """Store the exercise with a row of a condition that came with the strains."""
    row = {"condition": "migraine", "verdict": "caution", "strains": ["inversion"], "advice": "Come up slowly."}
    record = json.dumps({**exercise, "contraindications": [*exercise["contraindications"], row]})
    with database.transaction() as transaction:
        transaction.execute(sa.text("UPDATE change SET record = :record WHERE serial = 1"), {"record": record})


def test_features_become_strains_and_features_again(database: Database) -> None:
    database.migrate("0006")
    fill(database)
    before = read_stored(database, "features")
    database.migrate("0007")
    exercise, routine, deleted, column = read_stored(database, "strains")
    assert deleted is None
    assert column == STRAINS
    assert routine["session"]["exercises"]["a"] == exercise
    assert "features" not in exercise
    assert exercise["level"] == 1
    assert exercise["strains"] == STRAINS
    assert exercise["cues"] == [{"text": "Turn.", "strain": None}]
    verdicts = [(row["condition"], row["verdict"], row["strains"]) for row in exercise["contraindications"]]
    assert verdicts == [
        ("vertigo", "caution", ["inversion", "trunk_rotation"]),
        ("osteoporosis", "avoid", ["trunk_rotation"]),
    ]
    assert all(row["advice"].endswith(".") for row in exercise["contraindications"])
    add_later_condition(database, exercise)
    database.migrate("0006")
    # The service of that revision does not know the condition.
    assert read_stored(database, "features") == before
