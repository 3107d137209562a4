"""The snapshot: whole, of one serial, unchangeable."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pydantic
import pytest

from app.catalogue.snapshot import Snapshot, load_snapshot
from app.kit.database import Database
from tests.catalogue.seed_files import records


@pytest.fixture(scope="module")
def snapshot(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("taken") / "thoracic.db"
    shutil.copy(seeded_database, path)
    database = Database(f"sqlite:///{path}")
    yield load_snapshot(database)
    database.close()


def test_it_holds_every_record_in_order_and_its_bytes(snapshot: Snapshot) -> None:
    for shelf in (snapshot.exercises, snapshot.guidelines, snapshot.references, snapshot.routines):
        assert list(shelf.records) == list(records(f"{shelf.kind}s")) == list(shelf.json_by_slug)
        assert 0 < max(one.serial for one in shelf.records.values()) <= snapshot.serial
        assert {
            slug: shelf.schema.model_validate_json(sent) for slug, sent in shelf.json_by_slug.items()
        } == shelf.records


def test_what_was_written_is_what_is_sent(snapshot: Snapshot) -> None:
    """Fields that need no deriving, held against the files."""
    plain = ("name", "summary", "category", "position", "level", "breathing", "family", "pattern", "unilateral")
    listed = ("aliases", "suits", "movements", "phases", "steps", "cues", "muscles", "regions", "features")
    for slug, written in records("exercises").items():
        sent = snapshot.exercises.fields_by_slug[slug]
        for name in plain:
            assert sent[name] == written[name], (slug, name)
        for name in listed:
            assert sent[name] == written.get(name, []), (slug, name)
        assert sent["goal_weights"] == written["goals"]
        assert sent["equipment"] == written["equipment"]
        assert [one["reference"] for one in sent["evidence"]] == [one["reference"] for one in written["evidence"]]


def test_the_ladder_is_the_same_from_both_ends(snapshot: Snapshot) -> None:
    exercises = snapshot.exercises.records
    harder = {(slug, other) for slug, one in exercises.items() for other in one.harder}
    assert harder == {(other, slug) for slug, one in exercises.items() for other in one.easier}
    assert harder == {(slug, other) for slug, one in records("exercises").items() for other in one.get("harder", ())}


def test_records_cannot_be_changed(snapshot: Snapshot) -> None:
    with pytest.raises(pydantic.ValidationError):
        setattr(snapshot.exercises.records["open-book"], "name", "Closed book")  # noqa: B010 - the checker would refuse it
    assert snapshot.exercises.records["open-book"].name == "Open book"


def test_every_record_carries_licence_and_exercises_the_notices(snapshot: Snapshot) -> None:
    for shelf in (snapshot.exercises, snapshot.guidelines, snapshot.references, snapshot.routines):
        assert {sent["license"]["id"] for sent in shelf.fields_by_slug.values()} == {"CC-BY-4.0"}
    for sent in snapshot.exercises.fields_by_slug.values():
        assert sent["stop_rules"]
        assert sent["disclaimer"]["text"]
