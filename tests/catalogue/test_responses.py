"""Pages, cursors and slugs that moved or went, over HTTP."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from app.catalogue.mapping import StoredCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit.settings import Settings
from app.schemas.exercise import Exercise
from tests.app_client import Client, start_clients
from tests.catalogue.pagination import slugs, walk
from tests.catalogue.seed_files import records
from tests.kit.test_edge import assert_problem

GONE = [
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
def buried(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """An application whose catalogue has renamed and deleted records."""
    folder = tmp_path_factory.mktemp("buried")
    shutil.copy(seeded_database, folder / "thoracic.db")
    with sqlite3.connect(folder / "thoracic.db") as connection:
        for kind, slug, target in GONE:
            row = (kind, slug, target, 1, "2026-01-02 03:04:05.000000")
            connection.execute(
                "INSERT INTO tombstone (kind, slug, replaced_by, serial, at) VALUES (?, ?, ?, ?, ?)", row
            )
    connection.close()
    for start in start_clients():
        yield start(Settings(data_dir=folder, secret="a secret of the tests"))


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/v1/exercises/turned-book", "/v1/exercises/open-book"),
        ("/v1/exercises/older-book", "/v1/exercises/open-book"),
        ("/v1/exercises/exercises", "/v1/exercises/open-book"),
        ("/v1/exercises/v1", "/v1/exercises/open-book"),
        ("/v1/exercises/turned-book/alternatives", "/v1/exercises/open-book/alternatives"),
        ("/v1/exercises/turned-book/figure.svg?phase=start", "/v1/exercises/open-book/figure.svg?phase=start"),
        ("/v1/exercises/older-book?fields=slug,name", "/v1/exercises/open-book?fields=slug,name"),
        ("/v1/guidelines/height-of-the-desk", "/v1/guidelines/desk-height"),
        ("/v1/references/cho-2016", "/v1/references/cho-2017"),
    ],
)
def test_a_renamed_record_is_a_308_straight_to_the_last_name(buried: Client, asked: str, target: str) -> None:
    for method in ("GET", "HEAD"):
        answer = buried.request(method, asked)
        assert answer.status_code == 308
        assert answer.headers["location"] == target
        assert answer.headers["cache-control"] == "public, max-age=3600"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert buried.get(target).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "/v1/exercises/rocking-chair",
        "/v1/exercises/renamed-then-deleted",
        "/v1/exercises/rocking-chair/alternatives",
        "/v1/exercises/rocking-chair/figure.svg",
        "/v1/routines/long-break",
    ],
)
def test_a_deleted_record_is_a_410(buried: Client, asked: str) -> None:
    assert_problem(buried.get(asked), 410)


def test_a_tombstone_buries_one_kind_only(buried: Client) -> None:
    assert_problem(buried.get("/v1/guidelines/turned-book"), 404)
    assert_problem(buried.get("/v1/routines/rocking-chair"), 404)


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "references", "routines"])
@pytest.mark.parametrize("limit", [1, 2, 7, 19, 99, 100])
def test_the_cursor_visits_each_once_in_order(client: Client, kind: str, limit: int) -> None:
    assert slugs(client, f"/v1/{kind}", [], limit) == list(records(kind))


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_the_cursor_visits_each_once_where_filtered_or_ranked(client: Client, limit: int) -> None:
    filtered = [("goal", "rotation"), ("goal", "extension"), ("level_max", "2")]
    for query in (filtered, [("q", "rotation")], [("q", "rotation"), *filtered]):
        whole = slugs(client, "/v1/exercises", query)
        assert len(whole) > 3
        assert slugs(client, "/v1/exercises", query, limit) == whole


def test_records_of_a_list_are_whole_and_the_same_as_alone(client: Client) -> None:
    for kind in ("exercises", "guidelines", "references", "routines"):
        items, _ = walk(client, f"/v1/{kind}", [])
        for item in items[::9]:
            assert client.get(f"/v1/{kind}/{item['slug']}").json() == item


def test_the_link_to_the_next_page_keeps_every_parameter(client: Client) -> None:
    path = "/v1/exercises?goal=rotation&goal=strength&q=thoracic&level_max=4&fields=slug,name&limit=3"
    seen: list[str] = []
    while path:
        answer = client.get(path)
        seen += [one["slug"] for one in answer.json()["items"]]
        found = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        following = answer.json()["next_cursor"]
        assert bool(found) is bool(following)
        path = found[1] if found else ""
        if found:
            said = parse_qs(urlsplit(path).query)
            assert said.pop("cursor") == [following]
            assert said == {
                "goal": ["rotation", "strength"],
                "q": ["thoracic"],
                "level_max": ["4"],
                "fields": ["slug,name"],
                "limit": ["3"],
            }
    query = [("goal", "rotation"), ("goal", "strength"), ("q", "thoracic"), ("level_max", "4")]
    assert seen == slugs(client, "/v1/exercises", query)


def test_a_link_survives_words_that_need_encoding(client: Client) -> None:
    words = "rotation & stretch + <b> 50% ä"
    answer = client.get("/v1/exercises", params={"q": words, "limit": 1})
    assert answer.json()["next_cursor"]
    link = answer.headers["link"].removeprefix("<").removesuffix('>; rel="next"')
    assert parse_qs(urlsplit(link).query)["q"] == [words]
    assert client.get(link).status_code == 200


OTHERS = ["", "goal=rotation", "goal=extension&goal=strength", "q=turn", "available_equipment=none", "level_max=5"]


@pytest.mark.parametrize("made_for", OTHERS)
def test_a_cursor_with_other_filters_is_refused(client: Client, made_for: str) -> None:
    cursor = client.get(f"/v1/exercises?{made_for}&limit=1").json()["next_cursor"]
    for other in OTHERS:
        answer = client.get(f"/v1/exercises?{other}&limit=2&cursor={cursor}")
        if other == made_for:
            assert answer.status_code == 200
        else:
            assert [fault["name"] for fault in assert_problem(answer, 422)["errors"]] == ["cursor"]
    assert_problem(client.get(f"/v1/guidelines?limit=1&cursor={cursor}"), 422)


def test_a_cursor_does_not_mind_limit_fields_or_the_order_of_values(client: Client) -> None:
    first = client.get("/v1/exercises?goal=rotation&goal=strength&limit=3").json()
    again = client.get(f"/v1/exercises?goal=strength&goal=rotation&limit=50&fields=slug&cursor={first['next_cursor']}")
    assert again.status_code == 200
    assert not {one["slug"] for one in first["items"]} & {one["slug"] for one in again.json()["items"]}


@trying(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_as_cursor_is_a_422(client: Client, text: str) -> None:
    written = quote(text, errors="surrogatepass")
    assert_problem(client.get(f"/v1/exercises?cursor={written}"), 422)


@pytest.mark.parametrize("cursor", ["", "a" * 1001, "null", "W10", "..%2F..%2Fetc%2Fpasswd", "%00"])
def test_bad_cursors(client: Client, cursor: str) -> None:
    problem = assert_problem(client.get(f"/v1/exercises?cursor={cursor}"), 422)
    assert problem["errors"][0]["name"] == "cursor"


def without(snapshot: Snapshot, drop: set[str], add: dict[str, Exercise]) -> Snapshot:
    kept = {slug: exercise for slug, exercise in snapshot.exercises.records.items() if slug not in drop}
    stored = StoredCatalogue.empty()._replace(
        exercises=dict(sorted({**kept, **add}.items())),
        guidelines=snapshot.guidelines.records,
        references=snapshot.references.records,
        routines=snapshot.routines.records,
    )
    return Snapshot(snapshot.serial + 1, stored, {})


def test_after_a_change_the_cursor_goes_on_by_key(
    settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    """What was seen is not seen again and what stands behind it is not missed, whatever came or went before it."""
    client = start_client(settings)
    catalogue: Any = client.app.state.catalogue
    before = list(catalogue.snapshot.exercises.records)
    page = client.get("/v1/exercises?limit=10&fields=slug").json()
    assert [one["slug"] for one in page["items"]] == before[:10]
    newer = catalogue.snapshot.exercises.records[before[0]].model_copy(update={"slug": "aaa-first"})
    # the page's last record goes, one before it comes, one behind it goes
    catalogue.snapshot = without(catalogue.snapshot, {before[9], before[20]}, {"aaa-first": newer})
    answer = client.get(f"/v1/exercises?limit=100&fields=slug&cursor={page['next_cursor']}")
    assert [one["slug"] for one in answer.json()["items"]] == before[10:20] + before[21:]
    assert answer.headers["x-catalogue-serial"] == str(catalogue.snapshot.serial)
    assert answer.json()["total"] == len(before) - 1


FIELDS = ["slug", "slug,name", "name,slug,goals", "slug, name", "slug,slug"]


@pytest.mark.parametrize("fields", FIELDS)
def test_fields_are_those_asked_for_in_the_order_asked(client: Client, fields: str) -> None:
    names = list(dict.fromkeys(name.strip() for name in fields.split(",")))
    whole = client.get("/v1/exercises/open-book").json()
    assert list(client.get("/v1/exercises/open-book", params={"fields": fields}).json().items()) == [
        (name, whole[name]) for name in names
    ]
    items = client.get("/v1/exercises", params={"fields": fields, "limit": 3}).json()["items"]
    assert [list(one) for one in items] == [names] * 3


@pytest.mark.parametrize("kind", ["exercises", "guidelines", "references", "routines"])
def test_every_field_can_be_asked_for_alone(client: Client, kind: str) -> None:
    whole = client.get(f"/v1/{kind}?limit=1").json()["items"][0]
    for name, value in whole.items():
        assert client.get(f"/v1/{kind}?limit=1&fields={name}").json()["items"] == [{name: value}]


@pytest.mark.parametrize("fields", ["", ",", "slug,", "nonsense", "slug;name", "SLUG", "__class__", "steps.0"])
def test_unknown_fields_are_told_with_those_there_are(client: Client, fields: str) -> None:
    for path in ("/v1/exercises", "/v1/exercises/open-book"):
        problem = assert_problem(client.get(path, params={"fields": fields}), 422)
        assert problem["errors"][0]["name"] == "fields"
        if fields:
            assert "steps" in problem["errors"][0]["allowed"]


def test_every_answer_names_the_serial(client: Client) -> None:
    serial = str(client.app.state.catalogue.serial)
    for path in ("/v1/exercises", "/v1/exercises/open-book", "/v1/vocabulary", "/v1/exercises/no-such"):
        assert client.get(path).headers["x-catalogue-serial"] == serial
    etag = client.get("/v1/exercises").headers["etag"]
    again = client.get("/v1/exercises", headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["x-catalogue-serial"]) == (304, serial)
