"""Records that were edited over the API: left as they are, told of, and what follows from others kept true."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from app.__main__ import main
from app.catalogue.served_catalogue import load_served_catalogue
from app.changes.tables import Change
from app.editing.seed import InvalidSeed, SeedResult, load_seed
from app.kit.database import Database
from tests.editing.conftest import SMALL, Edit

TURN, STANDING, BAND = "exercises/seated-turn.yaml", "exercises/standing-turn.yaml", "exercises/band-turn.yaml"
GUIDE, REFERENCES, ROUTINES = "guidelines/posture.yaml", "references.yaml", "routines.yaml"


def load(database: Database, folder: Path = SMALL) -> SeedResult:
    return load_seed(database, folder, lambda _: None)


def edit_over_api(database: Database, kind: str, slug: str, **values: Any) -> None:
    """As the API would leave a record: its own words, and its origin."""
    table = SQLModel.metadata.tables[kind]
    with database.transaction() as session:
        session.execute(table.update().where(table.c.slug == slug).values(origin="api", **values))


def changed_records(database: Database, serial: int) -> list[str]:
    with database.read_transaction() as session:
        changes = session.exec(select(Change).where(col(Change.serial) > serial)).all()
        return sorted(f"{change.kind} {change.slug}" for change in changes)


def test_an_edited_record_outlives_its_file(database: Database, folder: Path, edit: Edit) -> None:
    before = load(database).written.serial
    edit_over_api(database, "exercise", "band-turn", summary="Our own words.")
    edit_over_api(database, "guideline", "breathe-slowly", why="Our own reason.")
    edit_over_api(database, "reference", "second-source", note="Our own note.")
    edit(BAND, "A plain drill", "A plainer drill")
    edit(GUIDE, "It is restful.", "It rests.")
    edit(REFERENCES, "links have a choice", "links may choose")
    loaded = load(database, folder)
    expected = [("exercise", "band-turn"), ("guideline", "breathe-slowly"), ("reference", "second-source")]
    assert loaded.api_edited == expected
    assert (loaded.written.changed, loaded.written.serial) == ([], before)
    served = load_served_catalogue(database).shared
    assert served.exercises.records["band-turn"].summary == "Our own words."
    assert served.guidelines.records["breathe-slowly"].why == "Our own reason."
    assert served.references.records["second-source"].note == "Our own note."


def test_an_edited_record_that_leaves_the_files_stays(database: Database, folder: Path, edit: Edit) -> None:
    load(database)
    edit_over_api(database, "exercise", "band-turn")
    (folder / BAND).unlink()
    edit(STANDING, "[band-turn]", "[]")
    loaded = load(database, folder)
    assert (loaded.api_edited, loaded.written.deleted) == ([], [])
    served = load_served_catalogue(database).shared.exercises.records
    assert served["band-turn"].easier == ()
    assert load(database, folder).written.serial == loaded.written.serial


def test_what_follows_from_rules_follows_for_edited_records_too(database: Database) -> None:
    """A health rule that changed must reach every record, whoever wrote its words."""
    before = load(database).written.serial
    contraindications = load_served_catalogue(database).shared.exercises.records["band-turn"].contraindications
    assert contraindications
    edit_over_api(database, "exercise", "band-turn", contraindications=[], est_duration_s=1)
    loaded = load(database)
    assert loaded.written.changed == [("exercise", "band-turn")]
    assert changed_records(database, before) == ["exercise band-turn"]
    rederived = load_served_catalogue(database).shared.exercises.records["band-turn"]
    assert rederived.contraindications == contraindications
    assert rederived.est_duration_s > 1


def test_links_of_files_and_of_edited_records_meet(database: Database, folder: Path, edit: Edit) -> None:
    """Easier links follow from both, and settle: a second load has nothing to do."""
    before = load(database).written.serial
    edit_over_api(database, "exercise", "standing-turn")
    link = SQLModel.metadata.tables["exercise_link"]
    with database.transaction() as session:
        session.execute(link.delete().where(link.c.easier == "standing-turn"))
        session.execute(link.insert().values(easier="standing-turn", harder="seated-arch"))
    edit(TURN, "[standing-turn]", "[]")
    loaded = load(database, folder)
    served = load_served_catalogue(database).shared.exercises.records
    assert {slug: (item.easier, item.harder) for slug, item in served.items() if item.easier or item.harder} == {
        "standing-turn": ((), ("seated-arch",)),
        "seated-arch": (("standing-turn",), ()),
    }
    assert changed_records(database, before) == [
        "exercise seated-turn",
        "exercise standing-turn",
        "routine a-minute-of-turning",
    ]
    assert load(database, folder).written == ([], [], [], loaded.written.serial)
    with database.read_transaction() as session:
        assert session.execute(sa.text("SELECT slug FROM exercise WHERE origin = 'api'")).all() == [("standing-turn",)]


def test_an_edited_routine_keeps_its_words_and_follows_its_exercises(
    database: Database, folder: Path, edit: Edit
) -> None:
    before = load(database).written.serial
    edit_over_api(database, "routine", "a-minute-of-turning", name="Our own title")
    edit(TURN, "A plain drill", "A plainer drill")
    edit(ROUTINES, "name: A minute of turning", "name: Another title")
    load(database, folder)
    assert changed_records(database, before) == ["exercise seated-turn", "routine a-minute-of-turning"]
    served = load_served_catalogue(database).shared.routines.records["a-minute-of-turning"]
    assert (served.name, served.session.title) == ("Our own title", "Our own title")
    assert served.session.exercises["seated-turn"].summary.startswith("A plainer drill")
    second_load = load(database, folder).written
    assert second_load.changed == []
    with database.read_transaction() as session:
        last = session.exec(
            select(Change).where(col(Change.kind) == "routine").order_by(col(Change.serial).desc())
        ).first()
        assert last is not None
        assert last.record == json.loads(
            load_served_catalogue(database).shared.routines.json_by_slug["a-minute-of-turning"]
        )


def test_what_an_edited_record_needs_cannot_leave(database: Database, folder: Path, edit: Edit) -> None:
    load(database)
    edit_over_api(database, "guideline", "turn-now-and-then")
    edit_over_api(database, "routine", "a-minute-of-turning")
    (folder / TURN).unlink()
    edit("synonyms.yaml", "exercises: [seated-turn]", "exercises: []")
    edit(GUIDE, "exercises: [seated-turn]", "exercises: []")
    edit(ROUTINES, "include: [seated-turn]", "include: [seated-arch]")
    edit(ROUTINES, "[seated-turn, seated-arch]", "[seated-arch]")
    edit(GUIDE, "reference: second-source", "reference: first-source")
    text = (folder / REFERENCES).read_text()
    (folder / REFERENCES).write_text(text[: text.index("- slug: second-source")])
    with pytest.raises(InvalidSeed) as caught:
        load(database, folder)
    assert list(map(str, caught.value.faults)) == [
        f"seed:1: {what} left the files, yet {owner}, edited over the API, needs it"
        for what, owner in (
            ("exercise 'seated-turn'", "guideline 'turn-now-and-then'"),
            ("exercise 'seated-turn'", "routine 'a-minute-of-turning'"),
            ("reference 'second-source'", "guideline 'turn-now-and-then'"),
        )
    ]
    assert "seated-turn" in load_served_catalogue(database).shared.exercises.records


def test_a_file_cannot_take_the_name_of_an_edited_record(database: Database, folder: Path, edit: Edit) -> None:
    load(database)
    edit_over_api(database, "exercise", "band-turn", name="Strap turn")
    edit_over_api(database, "reference", "first-source", doi="10.1000/third")
    name = edit(STANDING, "name: Standing turn", "name: strap turn")
    doi = edit(REFERENCES, "10.1000/second", "10.1000/third")
    with pytest.raises(InvalidSeed) as caught:
        load(database, folder)
    assert list(map(str, caught.value.faults)) == [
        f"seed/{STANDING}:{name}: 'Strap turn' already names 'band-turn', edited over the API",
        f"seed/{REFERENCES}:{doi}: 10.1000/third already leads to 'first-source', edited over the API",
    ]


def test_the_command_tells_what_it_left_alone(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(f"sqlite:///{data / 'thoracic.db'}")
    edit_over_api(database, "exercise", "band-turn")
    database.close()
    assert main(["seed", "--folder", str(folder)]) == 0
    assert capsys.readouterr().err.splitlines()[0] == "exercise band-turn was edited over the API: left as it is"
