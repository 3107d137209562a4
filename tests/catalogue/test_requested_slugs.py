"""The slugs of a list: renamed ones are followed, deleted ones left out, unknown ones told."""

import pytest

from app.catalogue.filters import ExerciseFilter
from app.catalogue.requested_slugs import follow_requested_slugs
from app.catalogue.snapshot import RecordCollection, Snapshot, Tombstones
from app.changes.record_kind import RecordKind
from app.kit.errors import InvalidRequest
from app.schemas.exercise import Exercise
from tests.app_client import Client


@pytest.fixture(scope="module")
def collection(snapshot: Snapshot) -> RecordCollection[Exercise]:
    kind = RecordKind.EXERCISE
    tombstones: Tombstones = {(kind, "old-book"): "older-book", (kind, "older-book"): "open-book", (kind, "gone"): None}
    return RecordCollection(kind, Exercise, snapshot.exercises.records, tombstones)


def list_slugs(collection: RecordCollection[Exercise], *slugs: str) -> list[str]:
    query = follow_requested_slugs(collection, ExerciseFilter.model_validate({"slug": slugs}))
    return collection.select(query.predicates, None)


def test_renamed_records_are_found_and_deleted_ones_are_left_out(collection: RecordCollection[Exercise]) -> None:
    assert list_slugs(collection, "old-book", "cat-cow") == ["cat-cow", "open-book"]
    assert list_slugs(collection, "gone", "cat-cow") == ["cat-cow"]
    assert list_slugs(collection, "gone") == []
    assert list_slugs(collection) == list(collection.records)


def test_every_unknown_slug_is_told_with_the_one_that_is_meant(collection: RecordCollection[Exercise]) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        list_slugs(collection, "open-bok", "cat-cow", "nothing-like-it", "open-bok")
    assert [(error["in"], error["name"], error["detail"]) for error in refusal.value.errors] == [
        ("query", "slug", "There is no exercise 'open-bok'. Did you mean open-book?"),
        ("query", "slug", "There is no exercise 'nothing-like-it'."),
    ]


def test_a_record_that_does_not_exist_is_told_with_the_one_that_is_meant(client: Client) -> None:
    assert (
        client.get("/v1/exercises/openbook").json()["detail"]
        == "There is no exercise 'openbook'. Did you mean open-book?"
    )
    nothing = client.get("/v1/guidelines/nothing-like-it").json()["detail"]
    assert nothing == "There is no guideline 'nothing-like-it'. GET /v1/guidelines lists those that there are."


@pytest.mark.parametrize("slug", ["", "Open-Book", "open book", "a" * 81])
def test_what_is_no_slug_is_refused(client: Client, slug: str) -> None:
    for path in ("/v1/exercises?", "/v1/partial/exercises?fields=slug&"):
        answer = client.get(f"{path}slug={slug}")
        assert answer.status_code == 422
        assert [error["name"] for error in answer.json()["errors"]] == ["slug"]
