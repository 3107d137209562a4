"""Through nginx with TLS and a prefix that it strips, every link is right; in each way to tell the service of it."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from app.figures import assets
from app.kit.settings import PROJECT_ROOT
from tests.contract.document import list_operations
from tests.kit.test_edge import assert_problem
from tests.proxy.conftest import StartProxy
from tests.proxy.crawler import Crawler
from tests.proxy.nginx import NEEDS_NGINX, Proxy, find_free_port, run_nginx
from tests.server_process import server_environment

pytestmark = [pytest.mark.proxy, NEEDS_NGINX]
FORWARDED_HEADERS = ("X-Forwarded-Proto $scheme", "X-Forwarded-Host $http_host", "X-Forwarded-Prefix /pub")
WITHOUT_FORWARDED = {f"proxy_set_header {header};": "" for header in FORWARDED_HEADERS}
PREFIX_STAYS = WITHOUT_FORWARDED | {"proxy_pass http://thoracic/;": "proxy_pass http://thoracic;"}
EXERCISE = "v1/exercises/open-book"
REMINDERS = "v1/reminders?timezone=Europe/Berlin"


def crawl(proxy: Proxy, max_alike: int | None = None) -> Crawler:
    """Visit everything that can be reached from the prefix. Fails for a link that leaves it, and for a 404."""
    with proxy.open_client() as client:
        crawler = Crawler(client, proxy.url, max_alike)
        crawler.run()
    # The index and the bundle also name paths that take a body (405) or need a parameter (422).
    assert crawler.list_statuses(200, 307, 405, 422) == []
    rejected = {visit.found_at for visit in crawler.visits if visit.status in (405, 422)}
    assert rejected <= {proxy.url, proxy.url + "docs", proxy.url + "v1/catalogue"}
    assert [visit for visit in crawler.visits if not visit.url.startswith(proxy.url)] == []
    assert [url for url in crawler.foreign if "localhost" in url or "127.0.0.1" in url or "/pub/" in url] == []
    return crawler


VERSION = re.compile(r"&v=[0-9a-f]+$")
"""The hash of a drawing, with which pages ask for it."""


def test_a_crawler_finds_everything_and_no_404(start_proxy: StartProxy) -> None:
    with start_proxy() as proxy:  # nginx sets the headers, and the service trusts the same machine
        check_answers(proxy, "/pub/")
        crawler = crawl(proxy)
    visited = {VERSION.sub("", visit.url.removeprefix(proxy.url)) for visit in crawler.visits}
    for slug in assets.list_drawn_slugs():
        assert f"v1/exercises/{slug}" in visited
        for query in ("", "?phase=both&theme=light", "?phase=animated&theme=dark"):
            assert f"v1/exercises/{slug}/figure.svg{query}" in visited
        assert f"v1/exercises/{slug}/figure.png" in visited
    assert {"gallery", "docs", "openapi.json", "docs/swagger-ui-bundle.js"} <= visited
    assert any(re.fullmatch(r"pages/\w+/style.css", url) for url in visited)
    assert any(url.startswith("v1/reminders.ics?") for url in visited)
    assert any("cursor=" in url for url in visited)
    assert "https://creativecommons.org/licenses/by/4.0/" in crawler.foreign


@pytest.mark.parametrize("changes", [WITHOUT_FORWARDED, PREFIX_STAYS], ids=["prefix stripped", "prefix in place"])
def test_with_a_public_address_no_header_is_needed(start_proxy: StartProxy, changes: dict[str, str]) -> None:
    with start_proxy(changes, public_url="https://localhost:{port}/pub") as proxy:
        check_answers(proxy, proxy.url)
        crawl(proxy, max_alike=2)


def check_answers(proxy: Proxy, link_start: str) -> None:
    """Ask as apps do: a record, a session, a calendar, and every example of the document."""
    with proxy.open_client() as client:
        exercise = client.get(EXERCISE)
        figure = exercise.json()["figure"]["svg"]
        assert figure.startswith(link_start)
        assert client.get(urljoin(str(exercise.url), figure)).headers["content-type"] == "image/svg+xml"
        calendar = client.get(REMINDERS).json()["calendar_url"]
        assert calendar.startswith(f"{proxy.url}v1/reminders.ics?")
        document = client.get("openapi.json").json()
        server = urljoin(proxy.url, document["servers"][0]["url"])
        assert f"{server}/" == proxy.url
        for operation in list_operations(document):
            if operation.headers:  # this service has no key
                continue
            for body in operation.example_bodies(document).values():
                answer = client.request(operation.method, server + operation.example_address(), json=body)
                assert answer.status_code in (200, 201), answer.text
                if "location" in answer.headers:
                    location = urljoin(str(answer.url), answer.headers["location"])
                    assert client.get(location).json()["id"] == answer.json()["id"]


def test_a_proxy_that_is_not_trusted_is_told_in_the_log_and_not_believed(
    start_proxy: StartProxy, data_folder: Path
) -> None:
    with start_proxy(trusted_proxies="192.0.2.0/24") as proxy, proxy.open_client() as client:
        assert client.get(EXERCISE).json()["figure"]["svg"].startswith("/v1/")
        assert (
            client.get(REMINDERS)
            .json()["calendar_url"]
            .startswith(f"http://{httpx.URL(proxy.url).netloc.decode()}/v1/")
        )
        log = [json.loads(line) for line in (data_folder / "server.log").read_text().splitlines()]
        assert [record["level"] for record in log if "THORACIC_TRUSTED_PROXIES" in record["message"]] == ["warning"]


def test_the_root_path_of_uvicorn_is_a_prefix(data_folder: Path, tmp_path: Path) -> None:
    service_port = find_free_port()
    options = ["--factory", "--no-proxy-headers", "--root-path", "/pub", "--port", str(service_port)]
    command = [sys.executable, "-m", "uvicorn", "app.main:create_app", *options, "--log-level", "error"]
    environment = server_environment(data_folder, trusted_proxies="192.0.2.0/24")
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment)
    try:
        with (
            run_nginx(tmp_path / "nginx", find_free_port(), service_port, WITHOUT_FORWARDED) as proxy,
            proxy.open_client() as client,
        ):
            wait_until_ready(client)
            assert client.get(EXERCISE).json()["figure"]["svg"] == "/pub/v1/exercises/open-book/figure.svg"
            assert client.get("openapi.json").json()["servers"] == [{"url": "/pub"}]
            assert 'href="/pub/docs"' in client.get("", headers={"Accept": "text/html"}).text
    finally:
        process.terminate()
        process.wait(20)


def wait_until_ready(client: httpx.Client) -> None:
    deadline = time.monotonic() + 60
    while client.get("readyz").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_errors_of_nginx_have_the_form_of_ours(start_proxy: StartProxy, tmp_path: Path) -> None:
    with start_proxy({"rate=20r/s": "rate=1r/m", "burst=200": "burst=1"}) as proxy, proxy.open_client() as client:
        assert client.get(proxy.url.removesuffix("/")).headers["location"] == "/pub/"
        answers = [client.get("healthz") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    unused_port = find_free_port()
    with (
        run_nginx(tmp_path / "nginx-alone", find_free_port(), unused_port) as proxy,
        proxy.open_client() as client,
    ):
        unavailable = client.get("v1/exercises")
    for answer, status in ((answers[2], 429), (unavailable, 503)):
        problem = assert_problem(answer, status)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert int(answer.headers["retry-after"]) > 0
        assert ".".join(problem["detail"].split()[-2:]) == f"{answer.headers['retry-after']}.seconds."
