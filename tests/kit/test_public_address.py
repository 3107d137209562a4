"""The public address: from the setting, from proxies that are trusted, from the ASGI server; and from nobody else."""

import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.kit.settings import Settings
from tests.app_client import Client

EXERCISE = "/v1/exercises/open-book"
CALENDAR = "/v1/reminders?timezone=UTC"
PROXY = {"X-Forwarded-Prefix": "/pub", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "p.example"}
TRUSTED, UNTRUSTED = "127.0.0.1", "192.0.2.2"


def get(
    client: Client, path: str, headers: dict[str, str], sender: str = TRUSTED, root_path: str = ""
) -> httpx.Response:
    """Send a request as a server would pass it on that has `root_path`, from the address of `sender`."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(client.app, client=(sender, 1234), root_path=root_path)
        async with httpx.AsyncClient(transport=transport, base_url="http://inside.example") as http:
            return await http.get(root_path + path, headers=headers)

    return client.runner.run(send())


def figure_url(response: httpx.Response) -> str:
    return str(response.json()["figure"]["svg"])


def test_a_trusted_proxy_says_the_prefix_the_host_and_the_scheme(client: Client) -> None:
    for _ in range(2):  # the second answer comes from the cache
        response = get(client, EXERCISE, PROXY)
        assert figure_url(response) == "/pub/v1/exercises/open-book/figure.svg"
        assert "X-Forwarded-Prefix" in response.headers["vary"]
    assert get(client, CALENDAR, PROXY).json()["calendar_url"].startswith("https://p.example/pub/v1/reminders.ics?")
    assert get(client, "/openapi.json", PROXY).json()["servers"] == [{"url": "/pub"}]
    assert get(client, "/", PROXY).json()["links"]["gallery"] == "/pub/gallery"
    assert 'href="/pub/docs"' in get(client, "/", PROXY | {"Accept": "text/html"}).text


def test_what_any_other_sender_says_is_ignored_and_logged_once(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    plain = get(client, EXERCISE, {})
    with caplog.at_level(logging.WARNING, "thoracic.proxy"):
        answers = [get(client, EXERCISE, PROXY, UNTRUSTED) for _ in range(2)]
    assert {figure_url(answer) for answer in (plain, *answers)} == {"/v1/exercises/open-book/figure.svg"}
    assert {answer.headers["etag"] for answer in answers} == {plain.headers["etag"]}
    assert get(client, CALENDAR, PROXY, UNTRUSTED).json()["calendar_url"].startswith("http://inside.example/v1/")
    messages = [record.message for record in caplog.records]
    assert len(messages) == 1
    assert "THORACIC_TRUSTED_PROXIES" in messages[0]
    assert UNTRUSTED not in messages[0]


def test_a_network_can_be_trusted(settings: Settings, start_client: Callable[[Settings], Client]) -> None:
    client = start_client(settings.model_copy(update={"trusted_proxies": "192.0.2.0/24"}))
    assert figure_url(get(client, EXERCISE, PROXY, UNTRUSTED)).startswith("/pub/")
    assert figure_url(get(client, EXERCISE, PROXY, TRUSTED)).startswith("/v1/")


@pytest.mark.parametrize(
    "prefix",
    [
        "//evil.example",
        "/a//evil.example",
        "https://evil.example",
        '/"><script>',
        "/../admin",
        "/a/..",
        "a",
        "/",
        "/a b",
    ],
)
def test_a_prefix_that_would_break_a_link_is_ignored(client: Client, prefix: str) -> None:
    assert figure_url(get(client, EXERCISE, {"X-Forwarded-Prefix": prefix})).startswith("/v1/")


def test_of_several_values_the_one_of_the_nearest_proxy_counts(client: Client) -> None:
    assert figure_url(get(client, EXERCISE, {"X-Forwarded-Prefix": "/client, /pub/"})).startswith("/pub/v1/")
    headers = PROXY | {"X-Forwarded-Host": "client.example, p.example", "X-Forwarded-Proto": "http, https"}
    assert get(client, CALENDAR, headers).json()["calendar_url"].startswith("https://p.example/")


@pytest.mark.parametrize("sent_path", [EXERCISE, f"/pub{EXERCISE}"], ids=["stripped", "whole"])
def test_the_setting_goes_before_all_headers_and_the_prefix_may_stay_in_the_path(
    settings: Settings, start_client: Callable[[Settings], Client], sent_path: str
) -> None:
    client = start_client(settings.model_copy(update={"public_url": "https://q.example/pub"}))
    response = get(client, sent_path, PROXY | {"X-Forwarded-Prefix": "/other"})
    assert figure_url(response) == f"https://q.example/pub{EXERCISE}/figure.svg"
    assert "X-Forwarded-Prefix" not in response.headers["vary"]
    assert get(client, "/openapi.json", {}).json()["servers"] == [{"url": "https://q.example/pub"}]
    listed = get(client, "/v1/exercises?limit=1&q=back", {})
    assert listed.headers["link"].startswith("<https://q.example/pub/v1/exercises?limit=1&q=back&cursor=")
    request = {"duration_s": 120, "goals": [{"goal": "rotation"}]}
    created = client.post("/v1/sessions", json=request, headers={"Accept-Encoding": "identity"})
    assert created.headers["location"] == f"https://q.example/pub/v1/sessions/{created.json()['id']}"
    assert int(created.headers["content-length"]) == len(created.content)
    figures = [exercise["figure"]["svg"] for exercise in created.json()["exercises"].values()]
    assert figures
    assert all(figure.startswith("https://q.example/pub/v1/") for figure in figures)


def test_the_root_path_of_the_server_is_the_prefix(client: Client) -> None:
    response = get(client, EXERCISE, {}, root_path="/pub")
    assert figure_url(response) == "/pub/v1/exercises/open-book/figure.svg"
    assert 'href="/pub/docs"' in get(client, "/", {"Accept": "text/html"}, root_path="/pub").text
    assert get(client, "/v1/nothing", {}, root_path="/pub").status_code == 404


def test_a_prefix_like_an_own_path_is_no_part_of_a_stripped_path(client: Client) -> None:
    headers = {"X-Forwarded-Prefix": "/v1"}
    assert figure_url(get(client, EXERCISE, headers)) == f"/v1{EXERCISE}/figure.svg"
    assert figure_url(get(client, f"/v1{EXERCISE}", headers)) == f"/v1{EXERCISE}/figure.svg"


def test_one_answer_has_another_etag_under_each_address(client: Client) -> None:
    etags = {get(client, EXERCISE, {"X-Forwarded-Prefix": prefix}).headers["etag"] for prefix in ("", "/a", "/b")}
    assert len(etags) == 3
    for prefix in ("", "/a", "/b"):
        headers = {"X-Forwarded-Prefix": prefix, "If-None-Match": ", ".join(etags)}
        assert get(client, EXERCISE, headers).status_code == 304


def test_every_string_of_json_that_is_a_path_is_a_link(client: Client) -> None:
    """Whatever an answer holds: under a prefix no path is left without it."""
    for path in ("/", EXERCISE, "/v1/routines?limit=100", "/v1/exercises?limit=100", "/v1/sessions/example"):
        content = get(client, path, PROXY)
        paths = [text for text in _strings(content.json()) if text.startswith("/")]
        assert paths
        assert [text for text in paths if not text.startswith("/pub/")] == []


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for child in children for text in _strings(child)]
