"""Facets: every count is the total of the list that the value leads to."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalogue.facet_index import NARROWING, VALUES_OF_FACET, get_facet_index
from app.catalogue.facets import count_facets
from app.catalogue.filters import ExerciseSelection
from app.catalogue.snapshot import Snapshot
from tests.app_client import Client

LISTS = tuple(name for name in VALUES_OF_FACET if name != "level_max")
SELECTIONS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(st.sampled_from(VALUES_OF_FACET[name]), min_size=1, max_size=3) for name in LISTS},
        "level_max": st.integers(1, 5),
        "q": st.sampled_from(["chest", "band", "lats", "zzzz"]),
        "slug": st.lists(st.sampled_from(["open-book", "cat-cow", "dead-hang"]), min_size=1),
    },
)


def count_listed(snapshot: Snapshot, selection: dict[str, Any]) -> int:
    """The total of the list, found record by record as the list finds it."""
    query = ExerciseSelection.model_validate(selection)
    ranked = snapshot.exercises.select({}, query.q)
    return sum(all(holds(snapshot.exercises.records[slug]) for holds in query.predicates.values()) for slug in ranked)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=SELECTIONS, data=st.data())
def test_a_count_is_the_total_of_the_list_with_that_value(
    client: Client, selection: dict[str, Any], data: st.DataObject
) -> None:
    snapshot: Snapshot = client.app.state.catalogue.served.shared
    facets = count_facets(snapshot, ExerciseSelection.model_validate(selection))
    assert facets.total == count_listed(snapshot, selection)
    assert [facet.parameter for facet in facets.facets] == list(VALUES_OF_FACET)
    for facet in facets.facets:
        name = facet.parameter
        assert tuple(value.value for value in facet.values) == VALUES_OF_FACET[name]
        value = data.draw(st.sampled_from(facet.values))
        chosen = selection.get(name, [])
        kept = chosen if name in NARROWING else []
        asked = int(value.value) if name == "level_max" else [*kept, value.value]
        assert value.count == count_listed(snapshot, {**selection, name: asked}), (name, value)
        assert value.selected is (value.value in map(str, chosen if isinstance(chosen, list) else [chosen]))


def test_without_filters_the_counts_are_those_of_the_vocabulary(client: Client) -> None:
    vocabulary, facets = client.get("/v1/vocabulary").json(), client.get("/v1/facets/exercises").json()
    assert facets["total"] == client.get("/v1/exercises?limit=1").json()["total"]
    for facet in facets["facets"]:
        terms = vocabulary[facet["list"]]
        assert [(term["value"], term["label"]) for term in terms] == [
            (value["value"], value["label"]) for value in facet["values"]
        ]
        if facet["parameter"] not in (*NARROWING, "level_max"):
            assert [term["count"] for term in terms] == [value["count"] for value in facet["values"]]


def test_the_values_of_one_filter_do_not_narrow_each_other(client: Client) -> None:
    free = client.get("/v1/facets/exercises?level_max=2").json()
    chosen = client.get("/v1/facets/exercises?level_max=2&goal=rotation").json()
    goals = {facet["parameter"]: facet["values"] for facet in free["facets"]}["goal"]
    again = {facet["parameter"]: facet["values"] for facet in chosen["facets"]}["goal"]
    assert [value["count"] for value in again] == [value["count"] for value in goals]
    assert [value["value"] for value in again if value["selected"]] == ["rotation"]
    assert chosen["total"] < free["total"]


@pytest.mark.parametrize("query", ["limit=3", "cursor=x", "goals=rotation", "muscle=lats", "slug=nobody"])
def test_what_is_no_filter_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/v1/facets/exercises?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == query.partition("=")[0]


def test_it_is_cached_by_serial_and_its_index_is_made_once(client: Client) -> None:
    answer = client.get("/v1/facets/exercises?q=lats")
    assert answer.headers["x-catalogue-serial"] == str(answer.json()["serial"])
    again = client.get("/v1/facets/exercises?q=lats", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    exercises = client.app.state.catalogue.served.shared.exercises
    assert get_facet_index(exercises) is get_facet_index(exercises)
