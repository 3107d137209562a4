"""Service endpoints: index, liveness, readiness, and the documentation page from this host."""

import re

import pytest

from app.kit.database_health import DatabaseHealth
from tests.app_client import Client
from tests.kit.test_edge import assert_problem


def test_the_index_links_to_existing_paths(client: Client) -> None:
    index = client.get("/").json()
    assert index["name"]
    for path in (index["documentation"], index["openapi"], *index["links"].values()):
        assert client.get(path).status_code in (200, 405, 422), path  # some want parameters or a body


def test_a_browser_gets_a_page_at_the_same_address(client: Client) -> None:
    answer = client.get("/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for accept in ("text/html", "application/json", "*/*"):
        assert client.get("/", headers={"Accept": accept}).headers["vary"].startswith("Accept")


def test_readiness_gives_the_serial_and_is_never_stored(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.json() == {"status": "ready", "serial": client.app.state.catalogue.serial, "degraded": []}
    assert client.get("/healthz").json() == {"status": "alive"}
    assert {client.get(path).headers["cache-control"] for path in ("/healthz", "/readyz")} == {"no-store"}


def test_without_a_database_it_is_alive_and_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.app.state.request_database, "health", health := DatabaseHealth())
    health.report_write("disk_full")
    problem = client.get("/readyz")
    assert_problem(problem, 503)
    assert int(problem.headers["retry-after"]) > 0
    assert [part["fault"] for part in problem.json()["degraded"]] == ["disk_full"]
    assert client.get("/healthz").status_code == 200
    assert client.get("/v1/exercises?limit=1").status_code == 200


def test_the_documentation_page_needs_no_other_host(client: Client) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert "http" not in policy
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) >= 3
    for address in addresses:
        assert not address.startswith(("http", "//", "data:"))
        assert client.get(f"/{address}").status_code == 200
    assert not re.search(r"<script(?![^>]*src=)", page.text)
    assert not re.search(r"\son\w+=", page.text)


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fapp%2Fmain.py", "%2e%2e", "swagger-ui.css.map"])
def test_no_other_file_is_served_under_docs(client: Client, name: str) -> None:
    assert_problem(client.get(f"/docs/{name}"), 404)
