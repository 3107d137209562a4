"""The cache in front of the real routes: what a client that keeps copies sees."""

import gzip
from collections.abc import Callable
from typing import Any

import brotli
import pytest

from app.kit.settings import Settings
from tests.app_client import Client
from tests.kit.raw_asgi import send_raw_request
from tests.kit.test_edge import assert_common_headers, assert_problem

READS = [
    "/v1/exercises",
    "/v1/exercises/open-book",
    "/v1/exercises/open-book/alternatives",
    "/v1/guidelines?topic=workstation",
    "/v1/references?limit=100",
    "/v1/partial/routines?fields=slug&fields=name",
    "/v1/vocabulary",
    "/v1/catalogue",
]
CACHED = "public, max-age=60, stale-while-revalidate=600"


@pytest.mark.parametrize("path", READS)
def test_a_read_is_public_and_a_copy_is_a_304(client: Client, path: str) -> None:
    fresh = client.get(path)
    assert fresh.headers["cache-control"] == CACHED
    assert fresh.headers["vary"] == "Accept-Encoding, Authorization"
    assert fresh.headers["x-catalogue-serial"].isdigit()
    for method in ("GET", "HEAD"):
        again = client.request(method, path, headers={"If-None-Match": fresh.headers["etag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert_common_headers(again)
        for name in ("etag", "cache-control", "vary", "x-catalogue-serial"):
            assert again.headers[name] == fresh.headers[name]


@pytest.mark.parametrize(
    "path",
    [
        *READS,
        "/gallery",
        "/exercises/open-book",
        "/embed/exercises/open-book?accent=ff8800",
        "/docs",
        "/pages/style.css",
    ]
    + [f"/v1/exercises/open-book/figure.{ending}" for ending in ("svg?phase=start", "json?theme=dark")]
    + ["/service-worker.js", "/v1/figures.zip?format=svg"],
)
def test_a_304_replaces_nothing_that_the_client_has(client: Client, path: str) -> None:
    """Browsers put the headers of a 304 in place of those they keep: another policy would break the page."""
    fresh = client.get(path)
    again = client.get(path, headers={"If-None-Match": fresh.headers["etag"]})
    assert again.status_code == 304
    sent = {name: value for name, value in again.headers.items() if name != "x-request-id"}
    assert sent.items() <= fresh.headers.items()


@pytest.mark.parametrize("path", READS)
def test_every_encoding_says_the_same(client: Client, path: str) -> None:
    address, _, query = path.partition("?")
    unpack: dict[bytes, Callable[[bytes], bytes]] = {
        b"identity": bytes,
        b"gzip": gzip.decompress,
        b"br": brotli.decompress,
    }
    answers = {
        name: send_raw_request(client, "GET", address, query.encode(), [(b"accept-encoding", name)]) for name in unpack
    }
    assert len({unpack[name](answer.content) for name, answer in answers.items()}) == 1
    assert len({answer.headers["etag"] for answer in answers.values()}) == 3
    assert len(answers[b"br"].content) < len(answers[b"identity"].content) / 2


def test_the_first_answer_and_the_kept_one_are_the_same(settings: Settings, start_client: Any) -> None:
    client = start_client(settings)
    answers = [client.get("/v1/exercises?goal=rotation&limit=3&suits=sport") for _ in range(2)]
    answers.append(client.get("/v1/exercises?limit=3&suits=sport&goal=rotation"))
    headers = [{name: value for name, value in item.headers.items() if name != "x-request-id"} for item in answers]
    assert headers[0] == headers[1] == headers[2]
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3


@pytest.mark.parametrize("query", ["limit=0", "goal=nonsense", "x=1", "cursor=abc", "limit=5&limit=5", "fields=slug"])
def test_a_malformed_query_is_never_a_304(client: Client, query: str) -> None:
    etag = client.get("/v1/exercises").headers["etag"]
    for known_etag in ("*", etag):
        assert_problem(client.get(f"/v1/exercises?{query}", headers={"If-None-Match": known_etag}), 422)
    assert_problem(client.get("/v1/exercises/no-such-exercise", headers={"If-None-Match": "*"}), 404)


def test_a_copy_from_before_a_change_is_no_304(settings: Settings, start_client: Any) -> None:
    client = start_client(settings)
    catalogue = client.app.state.catalogue
    before = client.get("/v1/exercises/open-book")
    record = catalogue.served.shared.exercises.records["open-book"]
    changed = record.model_copy(update={"name": "Opened book", "serial": catalogue.serial + 1})
    shelf = catalogue.served.shared.exercises
    shelf.records["open-book"], shelf.json_by_slug["open-book"] = changed, changed.model_dump_json().encode()
    catalogue.served.shared.serial += 1
    after = client.get("/v1/exercises/open-book", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["name"] == "Opened book"
    assert after.headers["x-catalogue-serial"] == str(int(before.headers["x-catalogue-serial"]) + 1)
