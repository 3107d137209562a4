"""What to do instead: the ladder as linked, the rest by likeness, each with its reason."""

from typing import Any

import pytest

from tests.app_client import Client
from tests.catalogue.seed_files import records


@pytest.fixture(scope="module")
def answered(client: Client) -> dict[str, dict[str, Any]]:
    return {slug: client.get(f"/v1/exercises/{slug}/alternatives").json() for slug in records("exercises")}


def test_easier_and_harder_are_the_linked_records_whole(client: Client, answered: dict[str, dict[str, Any]]) -> None:
    whole = {one["slug"]: one for one in client.get("/v1/exercises?limit=100").json()["items"]}
    for slug, found in answered.items():
        assert found["harder"] == [whole[other] for other in whole[slug]["harder"]]
        assert found["easier"] == [whole[other] for other in whole[slug]["easier"]]
        assert [one["exercise"] for one in found["similar"]] == [
            whole[one["exercise"]["slug"]] for one in found["similar"]
        ]


def test_similar_ones_are_other_exercises_for_the_same_main_goal(answered: dict[str, dict[str, Any]]) -> None:
    for slug, found in answered.items():
        main = next(iter(records("exercises")[slug]["goals"]))
        linked = {one["slug"] for one in [*found["easier"], *found["harder"]]}
        similar = [one["exercise"]["slug"] for one in found["similar"]]
        assert len(similar) == len(set(similar)) <= 5
        assert not {slug, *linked} & set(similar)
        assert all(main in records("exercises")[other]["goals"] for other in similar)


def test_everybody_has_something_to_do_instead(answered: dict[str, dict[str, Any]]) -> None:
    assert [slug for slug, found in answered.items() if not any(found.values())] == []


def test_the_reason_is_true(answered: dict[str, dict[str, Any]]) -> None:
    for slug, found in answered.items():
        level = records("exercises")[slug]["level"]
        for one in found["similar"]:
            other, reason = one["exercise"], one["reason"]
            assert reason.startswith("Serves ")
            assert reason.endswith(".")
            assert (", easier" in reason) is (other["level"] < level)
            assert (", harder" in reason) is (other["level"] > level)
            same = records("exercises")[slug]["family"] == other["family"]
            assert ("another form of the same drill" in reason) is same


@pytest.mark.parametrize("query", ["fields=slug", "limit=1", "x=1"])
def test_it_takes_no_parameters(client: Client, query: str) -> None:
    assert client.get(f"/v1/exercises/open-book/alternatives?{query}").status_code == 422


def test_the_reason_says_the_position_as_one_does_in_a_sentence(answered: dict[str, dict[str, Any]]) -> None:
    reason = {one["reason"] for found in answered.values() for one in found["similar"]}
    assert any(", on hands and knees" in one for one in reason)
    assert not any(", hands and knees" in one or ", side plank" in one or ", plank" in one for one in reason)
