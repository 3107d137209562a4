"""What the tables forbid, on both databases, whoever writes to them; and times that come back in UTC."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import app.catalogue.tables
import app.changes.tables
import app.sessions.storage.tables  # noqa: F401
from app.changes.record_kind import RecordKind
from app.kit.closed_lists import list_words
from app.kit.database import Database
from app.rules import vocabulary as words

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)
RECORD = {"slug": "one", "origin": "seed", "serial": 1, "updated_at": NOW}
ROWS: dict[str, dict[str, Any]] = {
    "reference": {**RECORD, "title": "t", "kind": "study", "certainty": "likely", "note": "n", "doi": "10.1/a"},
    "exercise": {
        **RECORD,
        **dict.fromkeys(("name", "summary", "breathing", "family"), "x"),
        "category": "mobility",
        "pattern": "dynamic",
        "position": "seated",
        "load_group": "none",
        "level": 1,
        "unilateral": True,
        "est_duration_s": 60,
        **{name: [] for name in ("aliases", "suits", "movements", "phases", "equipment", "steps", "cues")},
        **{name: [] for name in ("mistakes", "muscles", "regions", "strains", "contraindications")},
        **{name: {} for name in ("dose", "provenance", "platform")},
    },
    "exercise_goal": {"exercise": "one", "goal": "rotation", "weight": 3, "rank": 0},
    "guideline": {
        **RECORD,
        "topic": "posture",
        **dict.fromkeys(("title", "rule", "why", "how_to_check"), "x"),
        **{name: [] for name in ("applies_to", "goals")},
        "provenance": {},
    },
    "guideline_measure": {"guideline": "one", "rank": 0, "name": "n", "low": 1, "high": 2, "unit": "s", "source": "x"},
    "routine": {
        **RECORD,
        **dict.fromkeys(("name", "summary", "audience", "when_to_use"), "x"),
        "duration_s": 60,
        "suits": [],
        **{name: {} for name in ("recipe", "session", "provenance")},
    },
    "routine_exercise": {"routine": "one", "exercise": "one"},
    "exercise_evidence": {"exercise": "one", "reference": "one", "rank": 0, "supports": "x"},
    "guideline_evidence": {"guideline": "one", "reference": "one", "rank": 0, "supports": "x"},
    "guideline_exercise": {"guideline": "one", "exercise": "one", "rank": 0},
    "change": {"serial": 1, "kind": "exercise", "slug": "one", "action": "upsert", "record": {}, "at": NOW},
    "tombstone": {"kind": "exercise", "slug": "gone", "serial": 1, "at": NOW},
    "session": {
        "id": "S",
        "catalogue_serial": 1,
        "duration_s": 60,
        "request": {},
        "content": {},
        "personal": False,
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    },
}
"""One good row of each table, in an order in which they can be written."""

LIST_COLUMNS = {
    ("reference", "kind"): words.ReferenceKind,
    ("reference", "certainty"): words.Certainty,
    ("exercise", "category"): words.Category,
    ("exercise", "pattern"): words.Pattern,
    ("exercise", "position"): words.Position,
    ("exercise", "load_group"): words.LoadGroup,
    ("exercise_goal", "goal"): words.Goal,
    ("guideline", "topic"): words.Topic,
}
FORBIDDEN: list[tuple[str, dict[str, Any]]] = [
    *((table, {column: "nonsense"}) for table, column in LIST_COLUMNS),
    *((table, {"origin": "elsewhere"}) for table in RecordKind),
    *((table, {"slug": ""}) for table in RecordKind),
    *((table, {"slug": "Capital"}) for table in RecordKind),
    ("reference", {"year": 1799}),
    ("reference", {"year": 2201}),
    ("reference", {"slug": "two"}),  # the DOI of the other
    ("exercise", {"level": 0}),
    ("exercise", {"level": 6}),
    ("exercise", {"est_duration_s": 0}),
    ("exercise", {"slug": "two"}),  # the name of the other
    ("exercise", {"summary": None}),
    ("exercise_goal", {"goal": "extension"}),  # the rank of the other
    ("exercise_goal", {"goal": "extension", "rank": 1, "weight": 4}),
    ("exercise_goal", {"exercise": "nobody", "rank": 5}),
    ("exercise_link", {"easier": "one", "harder": "one"}),
    ("exercise_link", {"easier": "one", "harder": "nobody"}),
    ("exercise_link", {"easier": "nobody", "harder": "one"}),
    ("exercise_evidence", {"reference": "nothing"}),
    ("exercise_evidence", {"exercise": "nobody"}),
    ("guideline_evidence", {"reference": "nothing"}),
    ("guideline_evidence", {"guideline": "nothing"}),
    ("guideline_exercise", {"exercise": "nobody"}),
    ("guideline_exercise", {"guideline": "nothing"}),
    ("guideline_measure", {"rank": 1, "low": None, "high": None}),
    ("guideline_measure", {"rank": 1, "low": 3}),
    ("guideline_measure", {"rank": 1, "source": None}),
    ("guideline_measure", {"rank": 1, "reference": "one"}),
    ("guideline_measure", {"rank": 1, "source": None, "reference": "nothing"}),
    ("guideline_measure", {"rank": 1, "guideline": "nothing"}),
    ("routine", {"slug": "two", "duration_s": 29}),
    ("routine", {"slug": "two", "duration_s": 3601}),
    ("routine_exercise", {"exercise": "nobody"}),
    ("routine_exercise", {"routine": "nothing"}),
    ("change", {}),  # its serial is taken
    ("change", {"serial": 2, "kind": "synonym"}),
    ("change", {"serial": 2, "action": "touch"}),
    ("change", {"serial": 2, "record": sa.null()}),
    ("change", {"serial": 2, "action": "delete"}),
    ("tombstone", {}),  # buried already
    ("tombstone", {"slug": "other", "kind": "synonym"}),
    ("session", {"id": "T", "duration_s": 0}),
    ("session", {"id": "T", "expires_at": NOW}),
    ("serial", {"id": 2, "value": 1}),
    ("serial", {"id": 1, "value": 1}),
]


def put(connection: sa.Connection, table: str, row: dict[str, Any]) -> None:
    connection.execute(SQLModel.metadata.tables[table].insert(), row)


@contextlib.contextmanager
def filled(database: Database) -> Iterator[sa.Connection]:
    database.migrate()
    with database.engine.connect() as connection:
        for table, row in ROWS.items():
            put(connection, table, row)
        yield connection
        connection.rollback()


def test_what_the_tables_forbid(database: Database) -> None:
    admitted = []
    with filled(database) as connection:
        for table, wrong in FORBIDDEN:
            attempt = connection.begin_nested()
            try:
                put(connection, table, {**ROWS.get(table, {}), **wrong})
            except sa.exc.IntegrityError:
                attempt.rollback()
            else:
                attempt.rollback()
                admitted.append((table, wrong))
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(sa.text("UPDATE serial SET value = -1"))
    assert admitted == []


def test_every_word_of_the_lists_may_be_stored(database: Database) -> None:
    with filled(database) as connection:
        for (table, column), said in LIST_COLUMNS.items():
            where = SQLModel.metadata.tables[table]
            for word in list_words(said):
                connection.execute(where.update().values({column: word}))


def test_what_hangs_on_an_exercise_goes_with_it_but_no_source_of_a_figure_does(database: Database) -> None:
    with filled(database) as connection:
        connection.execute(sa.text("DELETE FROM exercise"))
        for table in ("exercise_goal", "exercise_evidence", "guideline_exercise", "routine_exercise"):
            assert connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one() == 0
        connection.execute(sa.text("UPDATE guideline_measure SET source = NULL, reference = 'one'"))
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(sa.text("DELETE FROM reference"))


def test_times_come_back_as_the_same_moment_in_utc(database: Database) -> None:
    table = SQLModel.metadata.tables["tombstone"]
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    with filled(database) as connection:
        put(connection, "tombstone", {"kind": "routine", "slug": "gone", "serial": 2, "at": elsewhere})
        found = connection.execute(sa.select(table.c.at).where(table.c.kind == "routine")).scalar_one()
        assert found == NOW
        assert found.utcoffset() == timedelta(0)
        with pytest.raises(sa.exc.StatementError, match="a time needs its zone"):
            put(connection, "tombstone", {"kind": "routine", "slug": "g", "serial": 2, "at": NOW.replace(tzinfo=None)})
