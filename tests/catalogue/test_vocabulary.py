"""The vocabulary: every word of every closed list, counted as the seed files say."""

from collections import Counter
from typing import Any, get_args

import pytest

from app.rules import vocabulary
from tests.app_client import Client
from tests.catalogue.seed_files import Record, records

LISTS = {
    "goals": vocabulary.Goal,
    "suits": vocabulary.Occasion,
    "movements": vocabulary.Movement,
    "categories": vocabulary.Category,
    "patterns": vocabulary.Pattern,
    "phases": vocabulary.Phase,
    "equipment": vocabulary.Equipment,
    "positions": vocabulary.Position,
    "regions": vocabulary.Region,
    "load_groups": vocabulary.LoadGroup,
    "features": vocabulary.Feature,
    "purposes": vocabulary.Purpose,
    "age_bands": vocabulary.AgeBand,
    "topics": vocabulary.Topic,
    "applies_to": vocabulary.AppliesTo,
    "sources": vocabulary.Source,
    "certainties": vocabulary.Certainty,
}
WHERE = {
    "categories": "category",
    "patterns": "pattern",
    "positions": "position",
    "load_groups": "load_group",
    "topics": "topic",
    "certainties": "certainty",
}
OF_GUIDELINES, OF_REFERENCES = ("topics", "applies_to"), ("certainties",)


def words_of(record: Record, name: str) -> set[str]:
    if name == "equipment":
        return {kit for group in record["equipment"] for kit in group}
    if name == "sources":
        return {record["provenance"]["source"]}
    value = record.get(WHERE.get(name, name), [])
    return {value} if isinstance(value, str) else set(value)


@pytest.fixture(scope="module")
def answered(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/v1/vocabulary").json()
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_word_is_there_with_label_and_meaning(answered: dict[str, Any], name: str) -> None:
    assert [word["value"] for word in answered[name]] == list(get_args(LISTS[name]))
    for word in answered[name]:
        assert word["label"].strip()
        assert len(word["description"].split()) > 2
    assert len({word["label"] for word in answered[name]}) == len(answered[name])


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("purposes", "age_bands")])
def test_counts(answered: dict[str, Any], name: str) -> None:
    kind = "guidelines" if name in OF_GUIDELINES else "references" if name in OF_REFERENCES else "exercises"
    counted = Counter(word for record in records(kind).values() for word in words_of(record, name))
    assert {word["value"]: word["count"] for word in answered[name]} == {
        word: counted[word] for word in get_args(LISTS[name])
    }


def test_conditions_count_the_exercises_that_name_them(client: Client, answered: dict[str, Any]) -> None:
    exercises = client.get("/v1/exercises?limit=100&fields=contraindications").json()["items"]
    counted = Counter(word for one in exercises for word in {said["condition"] for said in one["contraindications"]})
    said = {word["value"]: word["count"] for word in answered["conditions"]}
    assert set(said) >= set(get_args(vocabulary.Condition)) | set(get_args(vocabulary.BlockingCondition))
    assert {word: count for word, count in said.items() if count} == counted


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("goals", "goal"),
        ("suits", "suits"),
        ("positions", "position"),
        ("regions", "region"),
        ("movements", "movement"),
    ],
)
def test_a_count_is_what_the_filter_finds(client: Client, answered: dict[str, Any], name: str, parameter: str) -> None:
    for word in answered[name]:
        found = client.get("/v1/exercises", params={parameter: word["value"], "limit": 1}).json()
        assert found["total"] == word["count"]


def test_positions_tell_their_height(answered: dict[str, Any]) -> None:
    assert {word["value"]: word["height"] for word in answered["positions"]} == vocabulary.HEIGHT_OF_POSITION
