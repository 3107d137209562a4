"""The vocabulary: every term of every closed list, with the counts of the seed files."""

from collections import Counter
from typing import Any

import pytest

from app.kit.closed_lists import list_words
from app.rules import vocabulary
from app.rules.muscles import Muscle, MuscleRole
from app.rules.strains import Strain
from tests.app_client import Client
from tests.catalogue.seed_files import Record, read_records

TERMS_BY_LIST = {
    "goals": vocabulary.Goal,
    "suits": vocabulary.Occasion,
    "movements": vocabulary.Movement,
    "categories": vocabulary.Category,
    "patterns": vocabulary.Pattern,
    "phases": vocabulary.Phase,
    "equipment": vocabulary.Equipment,
    "positions": vocabulary.Position,
    "regions": vocabulary.Region,
    "muscles": Muscle,
    "muscle_roles": MuscleRole,
    "load_groups": vocabulary.LoadGroup,
    "strains": Strain,
    "purposes": vocabulary.Purpose,
    "age_bands": vocabulary.AgeBand,
    "topics": vocabulary.Topic,
    "applies_to": vocabulary.AppliesTo,
    "sources": vocabulary.ContentSource,
    "certainties": vocabulary.Certainty,
}
FIELD_BY_LIST = {
    "categories": "category",
    "patterns": "pattern",
    "positions": "position",
    "load_groups": "load_group",
    "topics": "topic",
    "certainties": "certainty",
}
KIND_BY_LIST = {"topics": "guidelines", "applies_to": "guidelines", "certainties": "references"}
"""List -> the kind of record that has its terms; exercises for all others."""
LISTS_WITHOUT_RECORDS = ("purposes", "age_bands")


def values_of(record: Record, name: str) -> set[str]:
    if name == "equipment":
        return {piece for group in record["equipment"] for piece in group["any_of"]}
    if name == "muscles":
        return {muscle for muscles in record.get("muscles", {}).values() for muscle in muscles}
    if name == "muscle_roles":
        return set(record.get("muscles", {}))
    if name == "sources":
        return {record["provenance"]["source"]}
    value = record.get(FIELD_BY_LIST.get(name, name), [])
    return {value} if isinstance(value, str) else set(value)


@pytest.fixture(scope="module")
def lists(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/v1/vocabulary").json()
    return answer


@pytest.mark.parametrize("name", TERMS_BY_LIST)
def test_every_term_has_a_label_and_a_description(lists: dict[str, Any], name: str) -> None:
    assert [term["value"] for term in lists[name]] == list(list_words(TERMS_BY_LIST[name]))
    for term in lists[name]:
        assert term["label"].strip()
        assert len(term["description"].split()) > 2
    assert len({term["label"] for term in lists[name]}) == len(lists[name])


@pytest.mark.parametrize("name", [name for name in TERMS_BY_LIST if name not in LISTS_WITHOUT_RECORDS])
def test_counts(lists: dict[str, Any], name: str) -> None:
    records = read_records(KIND_BY_LIST.get(name, "exercises")).values()
    counts = Counter(value for record in records for value in values_of(record, name))
    assert {term["value"]: term["count"] for term in lists[name]} == {
        value: counts[value] for value in list_words(TERMS_BY_LIST[name])
    }


@pytest.mark.parametrize("name", LISTS_WITHOUT_RECORDS)
def test_a_list_that_no_record_uses_has_no_counts(lists: dict[str, Any], name: str) -> None:
    assert {term["count"] for term in lists[name]} == {None}


def test_conditions_count_the_exercises_that_name_them(client: Client, lists: dict[str, Any]) -> None:
    exercises = client.get("/v1/partial/exercises?limit=100&fields=contraindications").json()["items"]
    counts = Counter(
        condition
        for exercise in exercises
        for condition in {contraindication["condition"] for contraindication in exercise["contraindications"]}
    )
    listed = {term["value"]: term["count"] for term in lists["conditions"]}
    assert set(listed) >= set(list_words(vocabulary.Condition))
    assert {condition: count for condition, count in listed.items() if count} == counts


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
def test_a_count_is_what_the_filter_lists(client: Client, lists: dict[str, Any], name: str, parameter: str) -> None:
    for term in lists[name]:
        page = client.get("/v1/exercises", params={parameter: term["value"], "limit": 1}).json()
        assert page["total"] == term["count"]


def test_positions_have_their_height(lists: dict[str, Any]) -> None:
    assert {term["value"]: term["height"] for term in lists["positions"]} == vocabulary.HEIGHT_OF_POSITION
