"""Loading the seed files: the same on both databases, twice is once, and only what differs changes."""

import json
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from app.__main__ import main
from app.catalogue.served_catalogue import load_served_catalogue
from app.catalogue.snapshot import Snapshot
from app.changes.tables import Change, Tombstone
from app.editing.seed import InvalidSeed, SeedResult, load_seed
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT
from tests.editing.conftest import SMALL, Edit
from tests.postgres import Postgres

TURN, STANDING, BAND = "exercises/seated-turn.yaml", "exercises/standing-turn.yaml", "exercises/band-turn.yaml"
GUIDE, REFERENCES, ROUTINES, SYNONYMS = "guidelines/posture.yaml", "references.yaml", "routines.yaml", "synonyms.yaml"
THEN, LATER = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2026, 2, 3, 4, 5, 6, 789, UTC)
RECORDS = 11


def load(database: Database, folder: Path = SMALL, at: datetime = THEN) -> SeedResult:
    return load_seed(database, folder, lambda _: None, at)


def shelves(snapshot: Snapshot) -> dict[str, dict[str, bytes]]:
    """What would be sent for every record, by kind and slug."""
    every = (snapshot.exercises, snapshot.guidelines, snapshot.references, snapshot.routines)
    return {shelf.kind: shelf.json_by_slug for shelf in every}


def rows(database: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.read_transaction() as session:
        return {
            name: sorted(map(repr, session.execute(sa.select(table)).all()))
            for name, table in SQLModel.metadata.tables.items()
        }


def changes_since(database: Database, serial: int = 0) -> list[Change]:
    """Return the change rows with a later serial."""
    with database.read_transaction() as session:
        changes = session.exec(select(Change).where(col(Change.serial) > serial).order_by(col(Change.serial))).all()
        session.expunge_all()
        return list(changes)


def actions_since(database: Database, serial: int) -> dict[tuple[str, str], str]:
    """Return the actions of the later change rows, by kind and slug."""
    return {(change.kind, change.slug): change.action for change in changes_since(database, serial)}


def test_both_databases_send_the_same_bytes(database: Database, tmp_path: Path) -> None:
    load(database)
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    load(other)
    assert shelves(load_served_catalogue(database).shared) == shelves(load_served_catalogue(other).shared)
    assert (
        load_served_catalogue(database).shared.serial == load_served_catalogue(other).shared.serial == RECORDS + 1
    )  # one for the synonyms
    other.close()


def test_the_whole_catalogue_is_the_same_on_postgresql(
    postgres: Postgres, seeded_database: Path, tmp_path: Path
) -> None:
    shutil.copy(seeded_database, tmp_path / "thoracic.db")
    sqlite, postgresql = (
        Database(f"sqlite:///{tmp_path / 'thoracic.db'}"),
        Database(postgres.database_url(postgres.create_database())),
    )
    snapshot = load_served_catalogue(sqlite).shared
    at = next(iter(snapshot.exercises.records.values())).updated_at
    loaded = load(postgresql, PROJECT_ROOT / "seed", at)
    assert loaded.written.serial == snapshot.serial
    assert shelves(load_served_catalogue(postgresql).shared) == shelves(snapshot)
    sqlite.close()
    postgresql.close()


def test_twice_is_once(database: Database) -> None:
    first = load(database)
    assert len(first.written.added) == RECORDS
    before, served = rows(database), shelves(load_served_catalogue(database).shared)
    again = load(database, at=LATER)
    assert again.written == ([], [], [], first.written.serial)
    assert again.api_edited == []
    assert rows(database) == before
    assert shelves(load_served_catalogue(database).shared) == served


def test_each_change_is_one_serial_and_carries_the_record_as_it_is_served(database: Database) -> None:
    load(database)
    changes = changes_since(database)
    served = {
        (kind, slug): json.loads(content)
        for kind, shelf in shelves(load_served_catalogue(database).shared).items()
        for slug, content in shelf.items()
    }
    assert {(change.kind, change.slug): change.record for change in changes} == served
    assert len(changes) == len(served) == RECORDS
    assert [change.serial for change in changes] == sorted({change.serial for change in changes})
    assert all(change.record is not None and change.record["serial"] == change.serial for change in changes)
    assert {change.at for change in changes} == {THEN}


DIFFERENCES = {
    "words of an exercise in no routine": (STANDING, "A plain drill", "A plainer drill", ["exercise standing-turn"]),
    "words of an exercise in a routine": (
        TURN,
        "A plain drill",
        "A plainer drill",
        ["exercise seated-turn", "routine a-minute-of-turning"],
    ),
    "a link": (STANDING, "[band-turn]", "[]", ["exercise band-turn", "exercise standing-turn"]),
    "a goal": (BAND, "strength: 3", "strength: 2", ["exercise band-turn"]),
    "a strain": (BAND, "loaded_rotation: mild, ", "", ["exercise band-turn"]),
    "a figure of a guideline": (GUIDE, "max: 40.5", "max: 41", ["guideline turn-now-and-then"]),
    "a source": (REFERENCES, "year: 2019", "year: 2018", ["reference first-source"]),
    "a recipe": (ROUTINES, "duration_s: 120", "duration_s: 150", ["routine a-minute-of-turning"]),
    "a synonym": (SYNONYMS, "term: sigh", "term: sighing", []),
    "a comment": (TURN, "level: 1", "level: 1  # anyone", None),
}


@pytest.mark.parametrize(("file", "old", "new", "expected"), DIFFERENCES.values(), ids=list(DIFFERENCES))
def test_a_changed_file_changes_what_differs_and_what_follows_from_it(
    file: str, old: str, new: str, expected: list[str] | None, database: Database, folder: Path, edit: Edit
) -> None:
    before = load(database).written.serial
    untouched = shelves(load_served_catalogue(database).shared)
    edit(file, old, new)
    outcome = load(database, folder, LATER).written
    assert sorted(f"{kind} {slug}" for kind, slug in actions_since(database, before)) == (expected or [])
    assert sorted(f"{kind} {slug}" for kind, slug in outcome.changed) == (expected or [])
    assert outcome.serial == before + max(len(expected), 1) if expected is not None else outcome.serial == before
    for kind, shelf in shelves(load_served_catalogue(database).shared).items():
        for slug, content in shelf.items():
            assert (content != untouched[kind][slug]) == (f"{kind} {slug}" in (expected or []))


def remove_band_turn(folder: Path, edit: Edit) -> None:
    """The band turn leaves the files."""
    (folder / BAND).rename(folder.parent / "left.yaml")
    edit(STANDING, "[band-turn]", "[]")


def test_a_record_that_left_becomes_a_tombstone_and_never_comes_back(
    database: Database, folder: Path, edit: Edit
) -> None:
    before = load(database).written.serial
    remove_band_turn(folder, edit)
    outcome = load(database, folder, LATER).written
    assert outcome.deleted == [("exercise", "band-turn")]
    assert actions_since(database, before) == {
        ("exercise", "standing-turn"): "upsert",
        ("exercise", "band-turn"): "delete",
    }
    last = changes_since(database)[-1]
    assert (last.slug, last.action, last.record, last.serial) == ("band-turn", "delete", None, outcome.serial)
    with database.read_transaction() as session:
        (tombstone,) = session.exec(select(Tombstone)).all()
        assert (tombstone.kind, tombstone.slug, tombstone.serial, tombstone.at) == (
            "exercise",
            "band-turn",
            outcome.serial,
            LATER,
        )
    served = load_served_catalogue(database).shared
    assert "band-turn" not in served.exercises.records
    assert served.exercises.tombstones == {"band-turn": None}

    (folder.parent / "left.yaml").rename(folder / BAND)
    after = rows(database)
    with pytest.raises(InvalidSeed) as caught:
        load(database, folder, LATER)
    message = "'band-turn' was deleted; a slug is never given out again"
    assert list(map(str, caught.value.faults)) == [f"seed/{BAND}:1: {message}"]
    assert rows(database) == after


def test_a_record_may_take_another_slug_with_its_name(database: Database, folder: Path, edit: Edit) -> None:
    before = load(database).written.serial
    edit(BAND, "slug: band-turn", "slug: strap-turn")
    (folder / BAND).rename(folder / "exercises/strap-turn.yaml")
    edit(STANDING, "[band-turn]", "[strap-turn]")
    load(database, folder)
    assert actions_since(database, before) == {
        ("exercise", "strap-turn"): "upsert",
        ("exercise", "standing-turn"): "upsert",
        ("exercise", "band-turn"): "delete",
    }


def test_two_records_may_change_names(database: Database, folder: Path, edit: Edit) -> None:
    load(database)
    edit(BAND, "name: Band turn", "name: Standing turn")
    edit(STANDING, "name: Standing turn", "name: Band turn")
    edit(REFERENCES, "10.1000/first", "10.1000/x")
    edit(REFERENCES, "10.1000/second", "10.1000/first")
    edit(REFERENCES, "10.1000/x", "10.1000/second")
    load(database, folder)
    served = load_served_catalogue(database).shared
    assert served.exercises.records["band-turn"].name == "Standing turn"
    assert served.exercises.records["standing-turn"].name == "Band turn"
    assert served.references.records["first-source"].doi == "10.1000/second"
    assert served.references.records["second-source"].doi == "10.1000/first"


def test_two_loads_at_once_change_everything_once(database_url: str, folder: Path, edit: Edit) -> None:
    edit(TURN, "A plain drill", "A plainer drill")
    results: list[SeedResult] = []

    def run() -> None:
        database = Database(database_url)
        results.append(load(database, folder))
        database.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(result.written.added) for result in results) == [0, 0, RECORDS]
    assert {result.written.serial for result in results} == {RECORDS + 1}


def test_the_command_says_what_it_did(folder: Path, data: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    remove_band_turn(folder, edit)
    assert main(["seed", "--folder", str(folder)]) == 0
    printed = capsys.readouterr()
    assert printed.err == f"catalogue at serial {RECORDS + 3}: 0 added, 1 changed, 1 deleted\n"
    assert printed.out == ""
