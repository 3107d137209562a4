"""A record that was renamed: the old slug leads to the new one, for good."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.catalogue.served_catalogue import load_served_catalogue
from app.changes.tables import Change, Tombstone
from app.editing.seed import InvalidSeed, load_seed
from app.kit.database import Database
from app.kit.settings import Settings
from tests.app_client import Client

OLD, NEW = "band-turn", "turn-with-a-band"


def load(database: Database, folder: Path) -> None:
    load_seed(database, folder, lambda _: None)


def rename_in_files(folder: Path, formerly: str = f"[{OLD}]") -> None:
    """The exercise under its new slug, and everything that leads to it."""
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace(OLD, NEW))
    old = folder / "exercises" / f"{OLD}.yaml"
    text = old.read_text()
    old.unlink()
    (folder / "exercises" / f"{NEW}.yaml").write_text(f"{text}formerly: {formerly}\n")


def test_the_old_slug_is_buried_and_leads_to_the_new_one(database: Database, folder: Path) -> None:
    load(database, folder)
    rename_in_files(folder)
    load(database, folder)
    with database.read_transaction() as session:
        tombstone = session.get(Tombstone, ("exercise", OLD))
        assert tombstone is not None
        assert tombstone.replaced_by == NEW
        change = session.get(Change, tombstone.serial)
        assert change is not None
        assert (change.action, change.slug, change.replaced_by) == ("delete", OLD, NEW)
    before = load_served_catalogue(database).shared.serial
    load(database, folder)
    assert load_served_catalogue(database).shared.serial == before


def test_a_new_database_knows_the_old_slug_too(database: Database, folder: Path) -> None:
    rename_in_files(folder)
    load(database, folder)
    assert load_served_catalogue(database).shared.exercises.tombstones == {OLD: NEW}


def test_a_slug_that_still_stands_is_no_former_one(database: Database, folder: Path) -> None:
    rename_in_files(folder, "[seated-turn]")
    with pytest.raises(InvalidSeed, match=r"turn-with-a-band\.yaml:\d+: 'seated-turn' still stands"):
        load(database, folder)


def test_the_old_address_sends_on_over_http(
    tmp_path: Path, folder: Path, start_client: Callable[[Settings], Client]
) -> None:
    settings = Settings(data_dir=tmp_path / "data", secret="a secret of the tests")
    rename_in_files(folder)
    database = Database(settings.database)
    load(database, folder)
    database.close()
    client = start_client(settings)
    answer = client.get(f"/v1/exercises/{OLD}/alternatives?")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/exercises/{NEW}/alternatives"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    listed = client.get(f"/v1/exercises?slug={OLD}&slug=seated-turn").json()
    assert [record["slug"] for record in listed["items"]] == ["seated-turn", NEW]
