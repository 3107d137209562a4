"""Every migration goes up and down on both databases; what they make is what the tables say."""

import contextlib
import json
import multiprocessing
import os
import sqlite3
import threading
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import app.catalogue.tables
import app.changes.tables
import app.partners.tables
import app.sessions.storage.tables  # noqa: F401
from app.kit.database import Database
from app.kit.migration import locked_connection
from app.kit.revision import is_current, newest_revision
from app.kit.settings import PROJECT_ROOT
from app.kit.start_faults import StartFault
from tests.migrations.concurrent_start import start

REVISIONS = [script.revision for script in ScriptDirectory(str(PROJECT_ROOT / "migrations")).walk_revisions()][::-1]
JSON_REVISIONS = {"0004", "0005", "0006", "0008", "0009", "0011", "0012", "0014", "0018"}
"""Revisions that change what is inside JSON columns, and no table; each has a test module of its own."""
AT_ONCE = 4


def tables_of(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names()) - {"alembic_version"}


def shape_of(database: Database) -> dict[str, object]:
    """Columns, keys, CHECKs and indexes of every table, to compare; all at once is quicker."""
    seen = sa.inspect(database.engine)
    columns, primary, foreign = seen.get_multi_columns(), seen.get_multi_pk_constraint(), seen.get_multi_foreign_keys()
    checks, indexes = seen.get_multi_check_constraints(), seen.get_multi_indexes()
    return {
        str(key[1]): (
            sorted((one["name"], str(one["type"]), one["nullable"]) for one in columns[key]),
            primary[key],
            sorted(str(sorted(one.items(), key=str)) for one in foreign[key]),
            sorted(f"{one['name']}: {one['sqltext']}" for one in checks[key]),
            sorted(str(one["name"]) for one in indexes[key]),
        )
        for key in columns
        if key[1] != "alembic_version"
    }


def test_each_migration_goes_up_down_and_up_again(database: Database) -> None:
    steps, before = ["base", *REVISIONS], shape_of(database)
    for below, revision in pairwise(steps):
        database.migrate(revision)
        after = shape_of(database)
        assert (after == before) is (revision in JSON_REVISIONS)
        database.migrate(below)
        assert shape_of(database) == before
        database.migrate(revision)
        assert shape_of(database) == after
        before = after
    database.migrate("base")
    assert tables_of(database) == set()


def test_routines_keep_their_names_through_the_migration(database: Database) -> None:
    """Revision 0002 renames the column, and the field of the records that the change rows hold."""
    database.migrate("0001")
    insert_routine = (
        "INSERT INTO routine (slug, origin, serial, updated_at, title, summary, audience, when_to_use, duration_s,"
        " suits, recipe, session, provenance)"
        " VALUES ('break', 'seed', 1, '2026-01-02', 'A break', '', '', '', 60, '[]', '{}', '{}', '{}')"
    )
    insert_changes = (
        "INSERT INTO change (serial, kind, slug, action, record, at) VALUES"
        " (1, 'routine', 'break', 'upsert', :record, '2026-01-02'),"
        " (2, 'routine', 'break', 'delete', NULL, '2026-01-02')"
    )
    with database.transaction() as session:
        session.execute(sa.text(insert_routine))
        session.execute(sa.text(insert_changes), {"record": json.dumps({"slug": "break", "title": "A break"})})
    for revision, field in (("0002", "name"), ("0001", "title"), ("0002", "name")):
        database.migrate(revision)
        with database.read_transaction() as session:
            assert session.execute(sa.text(f"SELECT {field} FROM routine")).scalar_one() == "A break"
            records = session.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars().all()
        stored = json.loads(records[0]) if isinstance(records[0], str) else records[0]
        assert (stored, records[1]) == ({"slug": "break", field: "A break"}, None)


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    database.migrate()
    assert tables_of(database) == set(SQLModel.metadata.tables)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_checks_of_the_migrations_are_those_of_the_tables(database: Database) -> None:
    """CHECKs are invisible to the comparison above: their names and words are compared here."""
    database.migrate()
    seen = sa.inspect(database.engine)
    for name, table in SQLModel.metadata.tables.items():
        wanted = {str(one.name): str(one.sqltext) for one in table.constraints if isinstance(one, sa.CheckConstraint)}
        there = {str(one["name"]): one["sqltext"] for one in seen.get_check_constraints(name)}
        assert set(there) == set(wanted)
        for constraint, said in wanted.items():
            assert words_of(there[constraint]) == words_of(said)


def words_of(condition: str) -> set[str]:
    """The quoted words of a CHECK, however the database writes the rest."""
    return set(condition.split("'")[1::2])


def test_alembic_check_is_clean_from_the_command_line(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THORACIC_DATABASE_URL", database_url)
    with contextlib.closing(Database(database_url)) as database:
        database.migrate()
    command.check(Config(toml_file=PROJECT_ROOT / "pyproject.toml"))


def test_the_command_line_of_alembic_waits_for_another_migration(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THORACIC_DATABASE_URL", database_url)
    config = Config(toml_file=PROJECT_ROOT / "pyproject.toml")
    with contextlib.closing(Database(database_url)) as database:
        upgrade = threading.Thread(target=command.upgrade, args=(config, "head"), daemon=True)
        with locked_connection(database, config):
            upgrade.start()
            upgrade.join(0.5)
            assert upgrade.is_alive()
        upgrade.join(30)
        assert not upgrade.is_alive()
        assert is_current(database)


def test_concurrent_starts_migrate_once(database_url: str) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([start.__module__, "alembic.command"])
    barrier = processes.Barrier(AT_ONCE)
    started = [processes.Process(target=start, args=(database_url, barrier)) for _ in range(AT_ONCE)]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0] * AT_ONCE
    with contextlib.closing(Database(database_url)) as database, database.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).all() == [(REVISIONS[-1],)]
        assert connection.execute(sa.text("SELECT id, value FROM serial")).all() == [(1, 0)]


def test_a_table_that_is_rebuilt_keeps_what_hangs_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite changes a table by dropping it; with foreign keys on, that would delete every row that points at it."""
    database = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    database.migrate()
    with database.transaction() as session:
        session.execute(sa.text("CREATE TABLE owner (slug TEXT PRIMARY KEY)"))
        session.execute(sa.text("CREATE TABLE child (owner TEXT REFERENCES owner (slug) ON DELETE CASCADE)"))
        session.execute(sa.text("INSERT INTO owner VALUES ('a')"))
        session.execute(sa.text("INSERT INTO child VALUES ('a')"))

    def rebuild(config: Config, _revision: str) -> None:
        operations = Operations(MigrationContext.configure(config.attributes["connection"]))
        with operations.batch_alter_table("owner", recreate="always") as batch:
            batch.add_column(sa.Column("more", sa.Text(), nullable=True))
        config.attributes["connection"].commit()

    monkeypatch.setattr(command, "upgrade", rebuild)
    database.migrate()
    with database.read_transaction() as session:
        assert session.execute(sa.text("SELECT owner FROM child")).all() == [("a",)]
        assert session.execute(sa.text("PRAGMA foreign_keys")).scalar_one() == 1
    database.close()


def test_rows_that_refer_to_missing_ones_are_a_fault_of_the_start(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    database.migrate(REVISIONS[-2])
    with contextlib.closing(sqlite3.connect(tmp_path / "thoracic.db", isolation_level=None)) as other:
        other.execute("INSERT INTO exercise_goal VALUES ('gone', 'rotation', 1, 1)")
    with pytest.raises(StartFault, match=r"refer to rows that are missing \(exercise_goal to exercise\)") as raised:
        database.migrate()
    assert raised.value.exit_code == os.EX_DATAERR
    database.close()


def test_the_newest_revision_is_known_without_alembic(database: Database) -> None:
    assert newest_revision() == REVISIONS[-1]
    assert not is_current(database)
    database.migrate(REVISIONS[-2])
    assert not is_current(database)
    database.migrate()
    assert is_current(database)
