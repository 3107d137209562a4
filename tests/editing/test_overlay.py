"""Folders of partners' own exercises: loaded in the run that loads the seed files, told by line, exported again."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from app.__main__ import main
from app.catalogue.own_figures import load_pictures
from app.catalogue.tables import ExerciseRow
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind
from app.editing.overlay_files import read_overlay
from app.editing.overlay_load import load_overlay
from app.editing.seed_export import export_own
from app.kit.database import Database

SMALL = Path(__file__).parent / "seed"
DRILL = "acme--wall-drill"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
<rect width="400" height="300" fill="#f00"/></svg>"""
TEXTS = "license: CC-BY-4.0\ncredit: Acme Ltd\nstart: Standing with the back to a wall.\nend: The arms are up.\n"


@pytest.fixture
def acme(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one own exercise and two pictures of it, named by the setting."""
    folder = tmp_path / "acme"
    for name in ("exercises", "figures"):
        (folder / name).mkdir(parents=True)
    turn = (SMALL / "exercises" / "seated-turn.yaml").read_text()
    text = turn.replace("slug: seated-turn", f"slug: {DRILL}").replace("name: ", "name: Quokka ", 1)
    (folder / "exercises" / f"{DRILL}.yaml").write_text(text)
    (folder / "figures" / f"{DRILL}.yaml").write_text(TEXTS)
    (folder / "figures" / f"{DRILL}.start.svg").write_text(SVG)
    picture = io.BytesIO()
    Image.new("RGB", (200, 150), "#00f").save(picture, "png")
    (folder / "figures" / f"{DRILL}.end.png").write_bytes(picture.getvalue())
    monkeypatch.setenv("THORACIC_SEED_EXTRA", str(folder))
    return folder


@pytest.fixture
def database(data: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{data}/thoracic.db")
    yield opened
    opened.close()


def seed(*options: str) -> int:
    return main(["seed", "--folder", str(SMALL), *options])


def load(database: Database, folder: Path) -> tuple[int, ...]:
    """Load a folder alone. Return how many records were added, changed and deleted."""
    overlay, faults = read_overlay([folder])
    assert not faults
    results = load_overlay(database, overlay, lambda _: None).written
    lists = [(result.added, result.changed, result.deleted) for result in results]
    return tuple(sum(map(len, records)) for records in zip(*lists, strict=True))


def list_own(database: Database) -> dict[str, str]:
    with database.read_transaction() as transaction:
        rows = transaction.exec(select(ExerciseRow)).all()
    return {row.slug: row.origin for row in rows if owner_of(row.slug)}


def read_folder(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def test_a_folder_is_loaded_exported_and_loaded_again(
    acme: Path, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seed() == 0
    assert "own exercises: 1 added, 0 changed, 0 deleted" in capsys.readouterr().err
    assert list_own(database) == {DRILL: "seed"}
    exported = tmp_path / "exported"
    export_own(database, exported, "acme")
    assert sorted(read_folder(exported)) == [
        f"exercises/{DRILL}.yaml",
        *(f"figures/{DRILL}.{ending}" for ending in ("end.webp", "start.svg", "yaml")),
    ]
    assert load(database, exported) == (0, 0, 0)
    again = tmp_path / "again"
    export_own(database, again, "acme")
    assert read_folder(again) == read_folder(exported)
    (exported / "figures" / f"{DRILL}.end.webp").unlink()
    texts = exported / "figures" / f"{DRILL}.yaml"
    texts.write_text(texts.read_text().replace("end: The arms are up.\n", ""))
    assert load(database, exported) == (0, 1, 0)
    assert list(load_pictures(database, [DRILL])[DRILL]) == ["start"]
    monkeypatch.delenv("THORACIC_SEED_EXTRA")
    assert seed() == 0
    assert list_own(database) == {DRILL: "seed"}  # nobody has said that it is gone
    for path in (exported / "figures").iterdir():
        path.unlink()
    with database.transaction() as transaction:
        row = transaction.exec(select(ExerciseRow).where(ExerciseRow.slug == DRILL)).one()
        row.origin = "api"
        transaction.add(row)
    overlay, _ = read_overlay([exported])
    result = load_overlay(database, overlay, lambda _: None)
    assert result.api_edited == [(RecordKind.EXERCISE, DRILL)]
    assert list(load_pictures(database, [DRILL])[DRILL]) == ["start"]


def test_what_leaves_the_folder_is_deleted(acme: Path, database: Database) -> None:
    (acme / "figures" / f"{DRILL}.start.svg").unlink()
    (acme / "figures" / f"{DRILL}.yaml").write_text("license: CC-BY-4.0\nend: The arms are up.\n")
    assert load(database, acme) == (1, 0, 0)
    for path in acme.rglob("*.*"):
        path.unlink()
    assert load(database, acme) == (0, 0, 1)
    assert not list_own(database)
    assert not load_pictures(database, [DRILL])


def test_every_fault_is_told_and_nothing_is_loaded(
    acme: Path, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures, entry = acme / "figures", (acme / "exercises" / f"{DRILL}.yaml").read_text()
    (acme / "exercises" / "wall-drill.yaml").write_text(entry.replace(f"slug: {DRILL}", "slug: wall-drill"))
    line = 1 + [row.partition(":")[0] for row in entry.splitlines()].index("level")
    (acme / "exercises" / f"{DRILL}.yaml").write_text(entry.replace("level: ", "level: 1"))
    (acme / "exercises" / "acme--other.yml").write_text("")
    (figures / f"{DRILL}.yaml").write_text("license: CC-BY-4.0\nstart: short\n")
    (figures / "acme--nothing.end.svg").write_text(SVG)
    (figures / "notes.txt").write_text("")
    monkeypatch.setenv("THORACIC_SEED_EXTRA", f"{acme}:{acme.parent / 'nowhere'}")
    faults = (
        "acme/exercises/acme--other.yml:1: would not be read: a file of an exercise ends in .yaml",
        f"acme/exercises/{DRILL}.yaml:{line}: level: ",
        "acme/exercises/wall-drill.yaml:1: an own exercise has the slug of its partner and '--' before its own",
        f"acme/figures/{DRILL}.yaml:2: start: ",
        "acme/figures/acme--nothing.end.svg:1: there is no exercise 'acme--nothing'",
        "acme/figures/notes.txt:1: would not be read: a picture is called SLUG.start.svg or",
        f"{acme.parent / 'nowhere'}:1: there is no such folder: correct THORACIC_SEED_EXTRA, or make it",
    )
    assert seed() == 1
    told = capsys.readouterr().err
    assert [fault for fault in faults if fault not in told] == []
    assert list_own(database) == {}


def test_faults_of_pictures_and_links_have_their_lines(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = acme / "figures" / f"{DRILL}.start.svg"
    picture.write_text(SVG.replace("<rect", "<text>No</text><rect"))
    assert seed() == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"acme/figures/{DRILL}.start.svg:2: text needs a font: convert it to paths"
    assert told[1:] == ["1 faults; nothing was changed"]
    for path in picture.parent.iterdir():
        path.unlink()
    entry = acme / "exercises" / f"{DRILL}.yaml"
    text = entry.read_text()
    line = next(number for number, row in enumerate(text.splitlines(), 1) if row.startswith("harder:"))
    harder = text.splitlines()[line - 1]
    entry.write_text(text.replace(harder, "harder: [acme--nothing]"))
    for options in (("--check",), ()):
        assert seed(*options) == 1
        assert f"acme/exercises/{DRILL}.yaml:{line}: there is no exercise 'acme--nothing'" in capsys.readouterr().err
