"""Every filter of every list, compared with the seed files by brute force."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pytest

from app.catalogue import filters
from app.kit.closed_lists import list_words
from app.rules import vocabulary
from app.rules.muscles import Muscle, MuscleRole
from tests.app_client import Client
from tests.catalogue.pagination import list_all_slugs
from tests.catalogue.seed_files import Record, read_records

Matcher = Callable[[Record, list[str]], bool]
"""Tells whether a written record matches any of the values of a filter."""
Selection = dict[str, list[str]]
"""Filter -> the values that are given to it."""


def has_any_of(name: str) -> Matcher:
    """Look for the values in a list, in the keys of a mapping, or in a single value."""

    def matcher(record: Record, values: list[str]) -> bool:
        present = record[name]
        return bool(set(values) & (set(present) if isinstance(present, list | dict) else {present}))

    return matcher


def needs_only(record: Record, values: list[str]) -> bool:
    return all(set(group["any_of"]) & {*values, "mat"} for group in record["equipment"])


def is_from_source(record: Record, values: list[str]) -> bool:
    return record["provenance"]["source"] in values


def has_muscle(record: Record, values: list[str]) -> bool:
    return any(muscle in values for muscles in record["muscles"].values() for muscle in muscles)


def has_muscle_role(record: Record, values: list[str]) -> bool:
    return not set(values).isdisjoint(record["muscles"])


EQUIPMENT = [*list_words(vocabulary.Equipment), "none"]
EXERCISE_FILTERS: dict[str, tuple[Iterable[str], Matcher]] = {
    "goal": (list_words(vocabulary.Goal), has_any_of("goals")),
    "movement": (list_words(vocabulary.Movement), has_any_of("movements")),
    "category": (list_words(vocabulary.Category), has_any_of("category")),
    "suits": (list_words(vocabulary.Occasion), has_any_of("suits")),
    "position": (list_words(vocabulary.Position), has_any_of("position")),
    "region": (list_words(vocabulary.Region), has_any_of("regions")),
    "muscle": (list_words(Muscle), has_muscle),
    "muscle_role": (list_words(MuscleRole), has_muscle_role),
    "available_equipment": (EQUIPMENT, needs_only),
    "source": (list_words(vocabulary.ContentSource), is_from_source),
    "slug": (["open-book", "cat-cow", "dead-hang"], has_any_of("slug")),
}
GUIDELINE_FILTERS: dict[str, tuple[Iterable[str], Matcher]] = {
    "topic": (list_words(vocabulary.Topic), has_any_of("topic")),
    "goal": (list_words(vocabulary.Goal), has_any_of("goals")),
    "applies_to": (list_words(vocabulary.AppliesTo), has_any_of("applies_to")),
}
REFERENCE_FILTERS: dict[str, tuple[Iterable[str], Matcher]] = {
    "kind": (list_words(vocabulary.ReferenceKind), has_any_of("kind")),
    "certainty": (list_words(vocabulary.Certainty), has_any_of("certainty")),
}
FILTERS_BY_KIND = {"exercises": EXERCISE_FILTERS, "guidelines": GUIDELINE_FILTERS, "references": REFERENCE_FILTERS}
REPEATABLE = [(kind, name) for kind, filters_by_name in FILTERS_BY_KIND.items() for name in filters_by_name]


def list_matching(kind: str, selection: Selection) -> list[str]:
    matchers = FILTERS_BY_KIND[kind]
    return [
        slug
        for slug, record in read_records(kind).items()
        if all(matchers[name][1](record, values) for name, values in selection.items())
    ]


def to_query(selection: Selection) -> list[tuple[str, str]]:
    return [(name, value) for name, values in selection.items() for value in values]


@pytest.mark.parametrize(("kind", "name"), REPEATABLE)
def test_a_value_lists_exactly_the_records_that_have_it(client: Client, kind: str, name: str) -> None:
    for value in FILTERS_BY_KIND[kind][name][0]:
        listed = list_all_slugs(client, f"/v1/{kind}", [(name, value)])
        assert listed == list_matching(kind, {name: [value]}), value


@pytest.mark.parametrize(("kind", "name"), REPEATABLE)
def test_several_values_of_one_filter_mean_any_of_them(client: Client, kind: str, name: str) -> None:
    values = list(FILTERS_BY_KIND[kind][name][0])
    for several in [*pairwise(values), tuple(values)]:
        selection = {name: list(several)}
        assert list_all_slugs(client, f"/v1/{kind}", to_query(selection)) == list_matching(kind, selection), several


@pytest.mark.parametrize("role", ["primary", "secondary", "stretched", "massaged"])
def test_a_muscle_and_a_role_mean_the_muscle_in_that_role(client: Client, role: str) -> None:
    muscles = ["erector_spinae", "latissimus_dorsi"]
    written = read_records("exercises").items()
    expected = [slug for slug, record in written if set(record["muscles"].get(role, ())) & set(muscles)]
    selection = {"muscle": muscles, "muscle_role": [role]}
    assert list_all_slugs(client, "/v1/exercises", to_query(selection)) == expected
    assert 0 < len(expected) < len(list_matching("exercises", {"muscle": muscles}))


@pytest.mark.parametrize("kind", FILTERS_BY_KIND)
def test_several_filters_mean_all_of_them(client: Client, kind: str) -> None:
    nonempty = 0
    for (first, (first_values, _)), (second, (second_values, _)) in combinations(FILTERS_BY_KIND[kind].items(), 2):
        if (first, second) == ("muscle", "muscle_role"):  # one condition, in a test of its own
            continue
        for shift in range(3):
            selection = {
                name: (list(values) * 3)[shift : shift + 2]
                for name, values in ((first, first_values), (second, second_values))
            }
            expected = list_matching(kind, selection)
            assert list_all_slugs(client, f"/v1/{kind}", to_query(selection)) == expected, selection
            nonempty += bool(expected)
    assert nonempty >= 2


def test_levels(client: Client) -> None:
    for level in range(1, 6):
        expected = [slug for slug, record in read_records("exercises").items() if record["level"] <= level]
        assert list_all_slugs(client, "/v1/exercises", [("level_max", str(level))]) == expected


@pytest.mark.parametrize(
    "strains", [["leg_support"], ["sitting_balance"], ["leg_support", "floor_transfer", "sitting_balance"], ["prone"]]
)
def test_exercises_without_strains_ask_for_none_of_them_in_any_degree(client: Client, strains: list[str]) -> None:
    expected = [slug for slug, record in read_records("exercises").items() if not set(strains) & set(record["strains"])]
    listed = list_all_slugs(client, "/v1/exercises", [("without_strain", strain) for strain in strains])
    assert 0 < len(expected) < len(read_records("exercises"))
    assert listed == expected


def test_every_filter_value_of_a_record_finds_something(client: Client) -> None:
    """A documented filter that can never match is a lie."""
    for kind, filters_by_name in FILTERS_BY_KIND.items():
        for name, (values, matcher) in filters_by_name.items():
            for value in values:
                if any(matcher(record, [value]) for record in read_records(kind).values()):
                    assert client.get(f"/v1/{kind}", params={name: value, "limit": 1}).json()["items"], (name, value)


def test_every_filter_of_the_models_is_tested_here() -> None:
    common = {"q", "limit", "cursor"}
    assert set(filters.ExerciseFilter.model_fields) - common == {*EXERCISE_FILTERS, "level_max", "without_strain"}
    assert set(filters.GuidelineFilter.model_fields) - common == {*GUIDELINE_FILTERS}
    assert set(filters.ReferenceFilter.model_fields) - common == {*REFERENCE_FILTERS}
    assert set(filters.RoutineFilter.model_fields) - common == {*ROUTINE_FILTERS}


def played_exercises(routine: Record) -> Iterator[Record]:
    """The written exercises that a routine's built session plays."""
    for phase in routine["session"]["phases"]:
        for item in phase["items"]:
            yield read_records("exercises")[item["exercise"]["slug"]]


def played_seconds(routine: Record) -> int:
    return max(int(event["at_s"] + event["duration_s"]) for event in routine["session"]["timeline"])


ROUTINE_FILTERS: dict[str, tuple[Iterable[str], Matcher]] = {
    "goal": (
        list_words(vocabulary.Goal),
        lambda routine, values: any(
            goal["goal"] in values for goal in read_records("routines")[routine["slug"]]["recipe"]["goals"]
        ),
    ),
    "suits": (
        list_words(vocabulary.Occasion),
        lambda routine, values: bool(set(read_records("routines")[routine["slug"]]["suits"]) & set(values)),
    ),
    "position": (
        list_words(vocabulary.Position),
        lambda routine, values: all(exercise["position"] in values for exercise in played_exercises(routine)),
    ),
    "available_equipment": (
        EQUIPMENT,
        lambda routine, values: all(needs_only(exercise, values) for exercise in played_exercises(routine)),
    ),
    "level_max": (
        [str(level) for level in range(1, 6)],
        lambda routine, values: all(exercise["level"] <= int(values[0]) for exercise in played_exercises(routine)),
    ),
    "duration_s_max": (
        [str(seconds) for seconds in (30, 60, 180, 299, 300, 301, 600, 3600)],
        lambda routine, values: played_seconds(routine) <= int(values[0]),
    ),
}
REPEATABLE_ROUTINE_FILTERS = ("goal", "suits", "position", "available_equipment")


@pytest.fixture(scope="module")
def routines(client: Client) -> list[dict[str, Any]]:
    answer: dict[str, Any] = client.get("/v1/routines?limit=100").json()
    assert [routine["slug"] for routine in answer["items"]] == list(read_records("routines"))
    return list(answer["items"])


@pytest.mark.parametrize("name", ROUTINE_FILTERS)
def test_routines_by_what_they_play(client: Client, routines: list[dict[str, Any]], name: str) -> None:
    values, matcher = ROUTINE_FILTERS[name]
    selections = [[value] for value in values]
    if name in REPEATABLE_ROUTINE_FILTERS:
        selections += [*[list(pair) for pair in combinations(values, 2)][:40], list(values)]
    for selected in selections:
        expected = [routine["slug"] for routine in routines if matcher(routine, selected)]
        assert list_all_slugs(client, "/v1/routines", [(name, value) for value in selected]) == expected, selected


def test_routines_by_several_filters(client: Client, routines: list[dict[str, Any]]) -> None:
    nonempty = 0
    for (first, (first_values, first_matcher)), (second, (second_values, second_matcher)) in combinations(
        ROUTINE_FILTERS.items(), 2
    ):
        for one_value, other_value in zip(list(first_values)[:4], reversed(list(second_values)), strict=False):
            expected = [
                routine["slug"]
                for routine in routines
                if first_matcher(routine, [one_value]) and second_matcher(routine, [other_value])
            ]
            query = [(first, one_value), (second, other_value)]
            assert list_all_slugs(client, "/v1/routines", query) == expected, query
            nonempty += bool(expected)
    assert nonempty


def test_no_equipment_filter_lists_all_and_none_lists_body_weight_only(client: Client) -> None:
    assert list_all_slugs(client, "/v1/exercises", []) == list(read_records("exercises"))
    body_weight = [
        slug
        for slug, exercise in read_records("exercises").items()
        if all("mat" in group["any_of"] for group in exercise["equipment"])
    ]
    assert list_all_slugs(client, "/v1/exercises", [("available_equipment", "none")]) == body_weight
    assert list_all_slugs(client, "/v1/exercises", [("available_equipment", "mat")]) == body_weight
    assert list_all_slugs(client, "/v1/exercises", [("available_equipment", "")]) == body_weight
    none_and_mat = [("available_equipment", "none"), ("available_equipment", "mat")]
    assert list_all_slugs(client, "/v1/exercises", none_and_mat) == body_weight


def test_no_equipment_for_routines_is_none_or_an_empty_value(client: Client) -> None:
    body_weight = list_all_slugs(client, "/v1/routines", [("available_equipment", "none")])
    assert body_weight
    assert list_all_slugs(client, "/v1/routines", [("available_equipment", "")]) == body_weight
