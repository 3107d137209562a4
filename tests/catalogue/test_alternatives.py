"""Alternatives to an exercise: easier and harder ones as linked, similar ones with a reason that is true."""

from typing import Any

import pytest

from tests.app_client import Client
from tests.catalogue.seed_files import read_records


@pytest.fixture(scope="module")
def alternatives(client: Client) -> dict[str, dict[str, Any]]:
    """Slug -> the alternatives to the exercise."""
    return {slug: client.get(f"/v1/exercises/{slug}/alternatives").json() for slug in read_records("exercises")}


def test_alternatives_are_whole_records_and_linked_both_ways(
    client: Client, alternatives: dict[str, dict[str, Any]]
) -> None:
    records = {record["slug"]: record for record in client.get("/v1/exercises?limit=100").json()["items"]}
    for slug, answer in alternatives.items():
        assert answer["harder"] == [records[other] for other in records[slug]["harder"]]
        assert answer["easier"] == [records[other] for other in records[slug]["easier"]]
        for similar in answer["similar"]:
            assert similar["exercise"] == records[similar["exercise"]["slug"]]


def test_similar_exercises_serve_the_same_main_goal(alternatives: dict[str, dict[str, Any]]) -> None:
    exercises = read_records("exercises")
    for slug, answer in alternatives.items():
        main_goal = next(iter(exercises[slug]["goals"]))
        linked = {exercise["slug"] for exercise in [*answer["easier"], *answer["harder"]]}
        similar = [item["exercise"]["slug"] for item in answer["similar"]]
        assert len(similar) == len(set(similar)) <= 5
        assert not {slug, *linked} & set(similar)
        assert all(main_goal in exercises[other]["goals"] for other in similar)


def test_every_exercise_has_an_alternative(alternatives: dict[str, dict[str, Any]]) -> None:
    assert [slug for slug, answer in alternatives.items() if not any(answer.values())] == []


def test_the_reason_is_true(alternatives: dict[str, dict[str, Any]]) -> None:
    for slug, answer in alternatives.items():
        written = read_records("exercises")[slug]
        for item in answer["similar"]:
            other, reason = item["exercise"], item["reason"]
            assert reason.startswith("Serves ")
            assert reason.endswith(".")
            assert (", easier" in reason) is (other["level"] < written["level"])
            assert (", harder" in reason) is (other["level"] > written["level"])
            assert ("another form of the same drill" in reason) is (written["family"] == other["family"])


@pytest.mark.parametrize("query", ["fields=slug", "limit=1", "x=1"])
def test_alternatives_take_no_parameters(client: Client, query: str) -> None:
    assert client.get(f"/v1/exercises/open-book/alternatives?{query}").status_code == 422


def test_the_reason_words_the_position_for_a_sentence(alternatives: dict[str, dict[str, Any]]) -> None:
    reasons = {item["reason"] for answer in alternatives.values() for item in answer["similar"]}
    assert any(", on hands and knees" in reason for reason in reasons)
    for label in (", hands and knees", ", side plank", ", plank"):
        assert not any(label in reason for reason in reasons)
