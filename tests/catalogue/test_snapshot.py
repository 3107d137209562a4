"""The snapshot: all records of one serial, unchangeable, with search indexes that are built once."""

import gc
import weakref

import pydantic
import pytest

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.snapshot import Snapshot
from tests.catalogue.seed_files import read_records


def test_it_holds_every_record_in_order_and_as_json(snapshot: Snapshot) -> None:
    for collection in (snapshot.exercises, snapshot.guidelines, snapshot.references, snapshot.routines):
        assert list(collection.records) == list(read_records(collection.kind.plural)) == list(collection.json_by_slug)
        assert 0 < max(record.serial for record in collection.records.values()) <= snapshot.serial
        parsed = {slug: collection.schema.model_validate_json(data) for slug, data in collection.json_by_slug.items()}
        assert parsed == collection.records


def test_what_is_written_is_what_is_sent(snapshot: Snapshot) -> None:
    """Fields that are not derived, compared with the files."""
    single = ("name", "summary", "category", "position", "level", "breathing", "family", "pattern", "unilateral")
    lists = ("aliases", "suits", "movements", "phases", "steps", "regions")
    for slug, written in read_records("exercises").items():
        sent = snapshot.exercises.read_fields(slug)
        for name in single:
            assert sent[name] == written[name], (slug, name)
        for name in lists:
            assert sent[name] == written.get(name, []), (slug, name)
        assert {one["strain"]: one["degree"] for one in sent["strains"]} == written["strains"]
        cues = [cue if isinstance(cue, dict) else {"text": cue, "strain": None} for cue in written["cues"]]
        assert sent["cues"] == cues
        assert {role: muscles for role, muscles in sent["muscles"].items() if muscles} == written["muscles"]
        assert sent["goal_weights"] == written["goals"]
        assert sent["equipment"] == written["equipment"]
        assert [source["reference"] for source in sent["evidence"]] == [
            source["reference"] for source in written["evidence"]
        ]


def test_easier_and_harder_links_mirror_each_other(snapshot: Snapshot) -> None:
    exercises = snapshot.exercises.records
    harder = {(slug, other) for slug, exercise in exercises.items() for other in exercise.harder}
    assert harder == {(other, slug) for slug, exercise in exercises.items() for other in exercise.easier}
    written = read_records("exercises").items()
    assert harder == {(slug, other) for slug, exercise in written for other in exercise.get("harder", ())}


def test_records_cannot_be_changed(snapshot: Snapshot) -> None:
    with pytest.raises(pydantic.ValidationError):
        setattr(snapshot.exercises.records["open-book"], "name", "Closed book")  # noqa: B010 - mypy refuses the plain form
    assert snapshot.exercises.records["open-book"].name == "Open book"


def test_records_have_a_licence_and_exercises_the_notices(snapshot: Snapshot) -> None:
    for collection in (snapshot.exercises, snapshot.guidelines, snapshot.references, snapshot.routines):
        assert {collection.read_fields(slug)["license"]["id"] for slug in collection.records} == {"CC-BY-4.0"}
    for fields in map(snapshot.exercises.read_fields, snapshot.exercises.records):
        assert fields["stop_rules"]
        assert fields["disclaimer"]["text"]


def test_a_renamed_slug_leads_to_the_present_one_and_a_deleted_one_to_none(snapshot: Snapshot) -> None:
    tombstones = {
        ("exercise", "oldest"): "older",
        ("exercise", "older"): "open-book",
        ("exercise", "deleted"): None,
        ("exercise", "renamed-then-deleted"): "deleted",
        ("guideline", "oldest"): None,
    }
    stored = StoredCatalogue.empty()._replace(exercises=snapshot.exercises.records)
    exercises = Snapshot(1, stored, tombstones).exercises
    slugs = ("oldest", "older", "deleted", "renamed-then-deleted")
    assert [exercises.find_successor(slug) for slug in slugs] == ["open-book", "open-book", None, None]


def test_the_index_of_unchanged_records_is_reused_and_of_changed_ones_built_anew(snapshot: Snapshot) -> None:
    def build(summary: str) -> Snapshot:
        exercise = snapshot.exercises.records["open-book"].model_copy(update={"summary": summary})
        stored = StoredCatalogue.empty()._replace(
            exercises={"open-book": exercise}, guidelines=snapshot.guidelines.records
        )
        return Snapshot(1, stored, {})

    first, second = build("A drill."), build("Another drill.")
    first.warm()
    second.reuse_indexes_of(first)
    assert second.guidelines.search_index is first.guidelines.search_index
    assert second.exercises.search_index is not first.exercises.search_index
    assert second.exercises.search_index.search("another drill") == ("open-book",)


def test_an_index_that_was_never_built_is_not_reused(snapshot: Snapshot) -> None:
    stored = StoredCatalogue.empty()._replace(guidelines=snapshot.guidelines.records)
    first, second = Snapshot(1, stored, {}), Snapshot(2, stored, {})
    second.reuse_indexes_of(first)
    assert "search_index" not in vars(second.guidelines)


def test_nothing_keeps_a_snapshot_that_was_searched_and_is_not_served_any_more() -> None:
    """Without the collector: what was there at the start is frozen, so that no cycle of it is ever freed."""
    snapshot = Snapshot(1, StoredCatalogue.empty(), {})
    snapshot.warm()
    assert snapshot.exercises.select({("level", 1): lambda _: True}, "open book") == []
    exercises = weakref.ref(snapshot.exercises)
    gc.disable()
    try:
        del snapshot
        assert exercises() is None
    finally:
        gc.enable()


def test_records_share_the_sets_of_their_field_names_and_copies_do_not(snapshot: Snapshot) -> None:
    routine, other = list(snapshot.routines.records.values())[:2]
    assert routine.model_fields_set is other.model_fields_set
    assert routine.session.model_fields_set is other.session.model_fields_set
    one, two = (record.session.phases[0].items[0] for record in (routine, other))
    assert one.dose.model_fields_set is two.dose.model_fields_set
    copied = one.model_copy(update={"why": ()})
    assert copied.model_fields_set == one.model_fields_set
    assert copied.model_fields_set is not one.model_fields_set
