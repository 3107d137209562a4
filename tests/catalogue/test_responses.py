"""Records, pages, cursors and redirects over HTTP."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.served_catalogue import ServedCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.settings import Settings
from app.schemas.exercise import Exercise
from tests.app_client import Client, start_clients
from tests.catalogue.pagination import list_all_items, list_all_slugs
from tests.catalogue.seed_files import read_records
from tests.kit.test_edge import assert_problem

TOMBSTONES = [
    ("exercise", "turned-book", "open-book"),
    ("exercise", "older-book", "turned-book"),
    ("exercise", "exercises", "open-book"),
    ("exercise", "v1", "open-book"),
    ("exercise", "rocking-chair", None),
    ("exercise", "renamed-then-deleted", "rocking-chair"),
    ("guideline", "height-of-the-desk", "desk-height"),
    ("reference", "cho-2016", "cho-2017"),
    ("routine", "long-break", None),
]


@pytest.fixture(scope="module")
def tombstone_client(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An application whose catalogue has renamed and deleted records."""
    folder = tmp_path_factory.mktemp("tombstones")
    shutil.copy(seeded_database, folder / "thoracic.db")
    with sqlite3.connect(folder / "thoracic.db") as connection:
        for kind, slug, target in TOMBSTONES:
            row = (kind, slug, target, 1, "2026-01-02 03:04:05.000000")
            connection.execute(
                "INSERT INTO tombstone (kind, slug, replaced_by, serial, at) VALUES (?, ?, ?, ?, ?)", row
            )
    connection.close()
    for start in start_clients():
        yield start(Settings(data_dir=folder, secret="a secret of the tests"))


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/v1/exercises/turned-book", "/v1/exercises/open-book"),
        ("/v1/exercises/older-book", "/v1/exercises/open-book"),
        ("/v1/exercises/exercises", "/v1/exercises/open-book"),
        ("/v1/exercises/v1", "/v1/exercises/open-book"),
        ("/v1/exercises/turned-book/alternatives", "/v1/exercises/open-book/alternatives"),
        ("/v1/exercises/turned-book/figure.svg?phase=start", "/v1/exercises/open-book/figure.svg?phase=start"),
        (
            "/v1/partial/exercises/older-book?fields=slug&fields=name",
            "/v1/partial/exercises/open-book?fields=slug&fields=name",
        ),
        ("/v1/partial/exercises/exercises?fields=slug", "/v1/partial/exercises/open-book?fields=slug"),
        ("/v1/guidelines/height-of-the-desk", "/v1/guidelines/desk-height"),
        ("/v1/references/cho-2016", "/v1/references/cho-2017"),
    ],
)
def test_a_renamed_record_is_a_308_straight_to_the_last_name(tombstone_client: Client, path: str, target: str) -> None:
    for method in ("GET", "HEAD"):
        answer = tombstone_client.request(method, path)
        assert answer.status_code == 308
        assert answer.headers["location"] == target
        assert answer.headers["cache-control"] == "public, max-age=3600"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert tombstone_client.get(target).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1/exercises/rocking-chair",
        "/v1/exercises/renamed-then-deleted",
        "/v1/exercises/rocking-chair/alternatives",
        "/v1/exercises/rocking-chair/figure.svg",
        "/v1/routines/long-break",
    ],
)
def test_a_deleted_record_is_a_410(tombstone_client: Client, path: str) -> None:
    assert_problem(tombstone_client.get(path), 410)


def test_a_tombstone_counts_for_one_kind_only(tombstone_client: Client) -> None:
    assert_problem(tombstone_client.get("/v1/guidelines/turned-book"), 404)
    assert_problem(tombstone_client.get("/v1/routines/rocking-chair"), 404)


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "references", "routines"])
@pytest.mark.parametrize("limit", [1, 2, 7, 19, 99, 100])
def test_the_cursor_visits_each_once_in_order(client: Client, kind: str, limit: int) -> None:
    assert list_all_slugs(client, f"/v1/{kind}", [], limit) == list(read_records(kind))


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_the_cursor_visits_each_once_where_filtered_or_ranked(client: Client, limit: int) -> None:
    filtered = [("goal", "rotation"), ("goal", "extension"), ("level_max", "2")]
    for query in (filtered, [("q", "rotation")], [("q", "rotation"), *filtered]):
        expected = list_all_slugs(client, "/v1/exercises", query)
        assert len(expected) > 3
        assert list_all_slugs(client, "/v1/exercises", query, limit) == expected


def test_records_of_a_list_are_the_same_as_alone(client: Client) -> None:
    for kind in ("exercises", "guidelines", "references", "routines"):
        items, _ = list_all_items(client, f"/v1/{kind}", [])
        for item in items[::9]:
            assert client.get(f"/v1/{kind}/{item['slug']}").json() == item


def test_the_link_to_the_next_page_keeps_every_parameter(client: Client) -> None:
    path = "/v1/partial/exercises?goal=rotation&goal=strength&q=thoracic&level_max=4&fields=slug&fields=name&limit=3"
    listed: list[str] = []
    while path:
        answer = client.get(path)
        listed += [item["slug"] for item in answer.json()["items"]]
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        next_cursor = answer.json()["next_cursor"]
        assert bool(link) is bool(next_cursor)
        path = link[1] if link else ""
        if link:
            parameters = parse_qs(urlsplit(path).query)
            assert parameters.pop("cursor") == [next_cursor]
            assert parameters == {
                "goal": ["rotation", "strength"],
                "q": ["thoracic"],
                "level_max": ["4"],
                "fields": ["slug", "name"],
                "limit": ["3"],
            }
    query = [("goal", "rotation"), ("goal", "strength"), ("q", "thoracic"), ("level_max", "4")]
    assert listed == list_all_slugs(client, "/v1/exercises", query)


def test_a_link_survives_words_that_need_encoding(client: Client) -> None:
    words = "rotation & stretch + <b> 50% ä"
    answer = client.get("/v1/exercises", params={"q": words, "limit": 1})
    assert answer.json()["next_cursor"]
    link = answer.headers["link"].removeprefix("<").removesuffix('>; rel="next"')
    assert parse_qs(urlsplit(link).query)["q"] == [words]
    assert client.get(link).status_code == 200


FILTERS = ["", "goal=rotation", "goal=extension&goal=strength", "q=turn", "available_equipment=none", "level_max=5"]


@pytest.mark.parametrize("filters", FILTERS)
def test_a_cursor_with_other_filters_is_refused(client: Client, filters: str) -> None:
    cursor = client.get(f"/v1/exercises?{filters}&limit=1").json()["next_cursor"]
    for other in FILTERS:
        answer = client.get(f"/v1/exercises?{other}&limit=2&cursor={cursor}")
        if other == filters:
            assert answer.status_code == 200
        else:
            assert [fault["name"] for fault in assert_problem(answer, 422)["errors"]] == ["cursor"]
    assert_problem(client.get(f"/v1/guidelines?limit=1&cursor={cursor}"), 422)


def test_a_cursor_does_not_mind_limit_fields_or_the_order_of_values(client: Client) -> None:
    first = client.get("/v1/exercises?goal=rotation&goal=strength&limit=3").json()
    other = "goal=strength&goal=rotation&limit=50&fields=slug"
    again = client.get(f"/v1/partial/exercises?{other}&cursor={first['next_cursor']}")
    assert again.status_code == 200
    assert not {item["slug"] for item in first["items"]} & {item["slug"] for item in again.json()["items"]}


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_as_cursor_is_a_422(client: Client, text: str) -> None:
    quoted = quote(text, errors="surrogatepass")
    assert_problem(client.get(f"/v1/exercises?cursor={quoted}"), 422)


@pytest.mark.parametrize("cursor", ["", "a" * 1001, "null", "W10", "..%2F..%2Fetc%2Fpasswd", "%00"])
def test_bad_cursors(client: Client, cursor: str) -> None:
    problem = assert_problem(client.get(f"/v1/exercises?cursor={cursor}"), 422)
    assert problem["errors"][0]["name"] == "cursor"


def replace_exercises(snapshot: Snapshot, drop: set[str], add: dict[str, Exercise]) -> Snapshot:
    remaining = {slug: exercise for slug, exercise in snapshot.exercises.records.items() if slug not in drop}
    stored = StoredCatalogue.empty()._replace(
        exercises=dict(sorted({**remaining, **add}.items())),
        guidelines=snapshot.guidelines.records,
        references=snapshot.references.records,
        routines=snapshot.routines.records,
    )
    return Snapshot(snapshot.serial + 1, stored, {})


def test_after_a_change_the_cursor_goes_on_by_key(
    settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    """No record is listed twice and no later record is missed, whatever was added or deleted before it."""
    client = start_client(settings)
    catalogue: Any = client.app.state.catalogue
    before = list(catalogue.served.shared.exercises.records)
    page = client.get("/v1/partial/exercises?limit=10&fields=slug").json()
    assert [item["slug"] for item in page["items"]] == before[:10]
    added = catalogue.served.shared.exercises.records[before[0]].model_copy(update={"slug": "aaa-first"})
    # The last record of the page is deleted, one before it is added, one after it is deleted.
    catalogue.served = ServedCatalogue(
        replace_exercises(catalogue.served.shared, {before[9], before[20]}, {"aaa-first": added}), {}
    )
    answer = client.get(f"/v1/partial/exercises?limit=100&fields=slug&cursor={page['next_cursor']}")
    assert [item["slug"] for item in answer.json()["items"]] == before[10:20] + before[21:]
    assert answer.headers["x-catalogue-serial"] == str(catalogue.served.shared.serial)
    assert answer.json()["total"] == len(before) - 1


def test_every_response_has_the_serial(client: Client) -> None:
    serial = str(client.app.state.catalogue.serial)
    for path in ("/v1/exercises", "/v1/exercises/open-book", "/v1/vocabulary", "/v1/exercises/no-such"):
        assert client.get(path).headers["x-catalogue-serial"] == serial
    etag = client.get("/v1/exercises").headers["etag"]
    again = client.get("/v1/exercises", headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["x-catalogue-serial"]) == (304, serial)
