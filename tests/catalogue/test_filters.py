"""Every filter of every list, held against the seed files by brute force."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any, get_args

import pytest

from app.catalogue import filters
from app.rules import vocabulary
from tests.app_client import Client
from tests.catalogue.pagination import slugs
from tests.catalogue.seed_files import Record, records

Test = Callable[[Record, list[str]], bool]


def any_of(name: str) -> Test:
    """The record carries any of the values: in a list, as the key of a mapping, or as its one value."""

    def test(record: Record, asked: list[str]) -> bool:
        has = record[name]
        return bool(set(asked) & (set(has) if isinstance(has, list | dict) else {has}))

    return test


def doable(record: Record, asked: list[str]) -> bool:
    return all(set(group) & {*asked, "mat"} for group in record["equipment"])


def from_source(record: Record, asked: list[str]) -> bool:
    return record["provenance"]["source"] in asked


EQUIPMENT = [*get_args(vocabulary.Equipment), "none"]
EXERCISES: dict[str, tuple[Iterable[str], Test]] = {
    "goal": (get_args(vocabulary.Goal), any_of("goals")),
    "movement": (get_args(vocabulary.Movement), any_of("movements")),
    "category": (get_args(vocabulary.Category), any_of("category")),
    "suits": (get_args(vocabulary.Occasion), any_of("suits")),
    "position": (get_args(vocabulary.Position), any_of("position")),
    "region": (get_args(vocabulary.Region), any_of("regions")),
    "available_equipment": (EQUIPMENT, doable),
    "source": (get_args(vocabulary.Source), from_source),
    "slug": (["open-book", "cat-cow", "dead-hang", "no-such-exercise"], any_of("slug")),
}
GUIDELINES: dict[str, tuple[Iterable[str], Test]] = {
    "topic": (get_args(vocabulary.Topic), any_of("topic")),
    "goal": (get_args(vocabulary.Goal), any_of("goals")),
    "applies_to": (get_args(vocabulary.AppliesTo), any_of("applies_to")),
}
REFERENCES: dict[str, tuple[Iterable[str], Test]] = {
    "kind": (get_args(vocabulary.ReferenceKind), any_of("kind")),
    "certainty": (get_args(vocabulary.Certainty), any_of("certainty")),
}
LISTS = {"exercises": EXERCISES, "guidelines": GUIDELINES, "references": REFERENCES}
REPEATABLE = [(kind, name) for kind, named in LISTS.items() for name in named]


def expected(kind: str, asked: dict[str, list[str]]) -> list[str]:
    tests = LISTS[kind]
    return [
        slug
        for slug, record in records(kind).items()
        if all(tests[name][1](record, values) for name, values in asked.items())
    ]


def query_of(asked: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in asked.items() for value in values]


@pytest.mark.parametrize(("kind", "name"), REPEATABLE)
def test_a_value_finds_exactly_what_carries_it(client: Client, kind: str, name: str) -> None:
    found = {value: slugs(client, f"/v1/{kind}", [(name, value)]) for value in LISTS[kind][name][0]}
    assert found == {value: expected(kind, {name: [value]}) for value in found}


@pytest.mark.parametrize(("kind", "name"), REPEATABLE)
def test_several_values_of_one_filter_mean_any_of_them(client: Client, kind: str, name: str) -> None:
    values = list(LISTS[kind][name][0])
    pairs = [*pairwise(values), tuple(values)]
    for pair in pairs:
        asked = {name: list(pair)}
        assert slugs(client, f"/v1/{kind}", query_of(asked)) == expected(kind, asked), pair


@pytest.mark.parametrize("kind", LISTS)
def test_several_filters_mean_all_of_them(client: Client, kind: str) -> None:
    met = 0
    for (one, (ones, _)), (other, (others, _)) in combinations(LISTS[kind].items(), 2):
        for shift in range(3):
            asked = {name: (list(v) * 3)[shift : shift + 2] for name, v in ((one, ones), (other, others))}
            right = expected(kind, asked)
            assert slugs(client, f"/v1/{kind}", query_of(asked)) == right, asked
            met += bool(right)
    assert met >= 2


def test_levels(client: Client) -> None:
    written = records("exercises")
    for level in range(1, 6):
        right = [slug for slug, record in written.items() if record["level"] <= level]
        assert slugs(client, "/v1/exercises", [("level_max", str(level))]) == right


def test_every_filter_value_that_something_carries_finds_something(client: Client) -> None:
    """A documented filter that can never match is a lie."""
    for kind, named in LISTS.items():
        for name, (values, test) in named.items():
            for value in values:
                if any(test(record, [value]) for record in records(kind).values()):
                    assert client.get(f"/v1/{kind}", params={name: value, "limit": 1}).json()["items"], (name, value)


def test_every_filter_of_the_models_is_tested_here() -> None:
    common = {"q", "limit", "cursor", "fields"}
    assert set(filters.ExerciseFilter.model_fields) - common == {*EXERCISES, "level_max"}
    assert set(filters.GuidelineFilter.model_fields) - common == {*GUIDELINES}
    assert set(filters.ReferenceFilter.model_fields) - common == {*REFERENCES}
    assert set(filters.RoutineFilter.model_fields) - common == {*ROUTINES}


def played(routine: Record) -> Iterator[Record]:
    """The written exercises that a routine's built session plays."""
    for phase in routine["session"]["phases"]:
        for item in phase["items"]:
            yield records("exercises")[item["exercise"]["slug"]]


def lasts(routine: Record) -> int:
    return max(int(one["at_s"] + one["duration_s"]) for one in routine["session"]["timeline"])


ROUTINES: dict[str, tuple[Iterable[str], Test]] = {
    "goal": (
        get_args(vocabulary.Goal),
        lambda routine, asked: any(
            one["goal"] in asked for one in records("routines")[routine["slug"]]["recipe"]["goals"]
        ),
    ),
    "suits": (
        get_args(vocabulary.Occasion),
        lambda routine, asked: bool(set(records("routines")[routine["slug"]]["suits"]) & set(asked)),
    ),
    "position": (
        get_args(vocabulary.Position),
        lambda routine, asked: all(one["position"] in asked for one in played(routine)),
    ),
    "available_equipment": (EQUIPMENT, lambda routine, asked: all(doable(one, asked) for one in played(routine))),
    "level_max": (
        [str(level) for level in range(1, 6)],
        lambda routine, asked: all(one["level"] <= int(asked[0]) for one in played(routine)),
    ),
    "duration_s_max": (
        [str(seconds) for seconds in (30, 60, 180, 299, 300, 301, 600, 3600)],
        lambda routine, asked: lasts(routine) <= int(asked[0]),
    ),
}
REPEATABLE_OF_ROUTINES = ("goal", "suits", "position", "available_equipment")


@pytest.fixture(scope="module")
def routines(client: Client) -> list[dict[str, Any]]:
    answer: dict[str, Any] = client.get("/v1/routines?limit=100").json()
    assert [one["slug"] for one in answer["items"]] == list(records("routines"))
    return list(answer["items"])


@pytest.mark.parametrize("name", ROUTINES)
def test_routines_by_what_they_play(client: Client, routines: list[dict[str, Any]], name: str) -> None:
    values, test = ROUTINES[name]
    asked = [[value] for value in values]
    if name in REPEATABLE_OF_ROUTINES:
        asked += [*[list(pair) for pair in combinations(values, 2)][:40], list(values)]
    for some in asked:
        right = [one["slug"] for one in routines if test(one, some)]
        assert slugs(client, "/v1/routines", [(name, value) for value in some]) == right, some


def test_routines_by_several_filters(client: Client, routines: list[dict[str, Any]]) -> None:
    met = 0
    for (one, (ones, test)), (other, (others, also)) in combinations(ROUTINES.items(), 2):
        for first, second in zip(list(ones)[:4], reversed(list(others)), strict=False):
            right = [r["slug"] for r in routines if test(r, [first]) and also(r, [second])]
            assert slugs(client, "/v1/routines", [(one, first), (other, second)]) == right
            met += bool(right)
    assert met


def test_no_equipment_filter_lists_all_and_none_lists_body_weight_only(client: Client) -> None:
    assert slugs(client, "/v1/exercises", []) == list(records("exercises"))
    body_weight = [s for s, one in records("exercises").items() if all("mat" in group for group in one["equipment"])]
    assert slugs(client, "/v1/exercises", [("available_equipment", "none")]) == body_weight
    assert slugs(client, "/v1/exercises", [("available_equipment", "mat")]) == body_weight
    assert slugs(client, "/v1/exercises", [("available_equipment", "")]) == body_weight
    none_and_mat = [("available_equipment", "none"), ("available_equipment", "mat")]
    assert slugs(client, "/v1/exercises", none_and_mat) == body_weight


def test_no_equipment_for_routines_is_none_or_an_empty_value(client: Client) -> None:
    body_weight = slugs(client, "/v1/routines", [("available_equipment", "none")])
    assert body_weight
    assert slugs(client, "/v1/routines", [("available_equipment", "")]) == body_weight
