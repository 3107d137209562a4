"""What nginx refuses itself: the same form as the service's own errors, so that a client needs one reader."""

from pathlib import Path

import httpx
import pytest

from tests.proxy.conftest import StartProxy
from tests.proxy.nginx import NEEDS_NGINX, find_free_port, run_nginx

pytestmark = [pytest.mark.proxy, NEEDS_NGINX]


def test_what_nginx_refuses_is_a_problem_like_any_other(start_proxy: StartProxy) -> None:
    with start_proxy() as proxy, proxy.open_client() as client:
        json_type = {"Content-Type": "application/json"}
        answers = {
            413: client.post("v1/screening", content=b" " * 1_100_000, headers=json_type),
            414: client.get("v1/exercises?q=" + "a" * 20_000),
            431: client.get("v1/exercises", headers={"X-Large": "a" * 20_000}),
            404: client.get("metrics"),
            400: httpx.get(proxy.url.replace("https:", "http:")),
        }
        own = client.post("v1/screening", content=b" " * 600_000, headers=json_type)
    for status, answer in answers.items():
        problem = answer.json()
        assert (answer.status_code, problem["status"]) == (status, status)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-request-id"] == problem["request_id"] != ""
        assert set(problem) == {"type", "title", "status", "detail", "request_id"}
    assert own.status_code == 413
    assert {name: own.json()[name] for name in ("type", "title", "detail")} == {
        name: answers[413].json()[name] for name in ("type", "title", "detail")
    }


def test_no_log_of_nginx_has_a_path_or_a_query(tmp_path: Path) -> None:
    """Of requests that it passes on in vain, limits, refuses by their head, and cannot read."""
    changes = {
        "rate=10000r/s": "rate=1r/m",
        "burst=200": "burst=2",
        "thoracic_connections 200": "thoracic_connections 1",
    }
    with (
        run_nginx(tmp_path / "nginx", find_free_port(), find_free_port(), changes) as proxy,
        proxy.open_client() as client,
    ):
        query = "v1/exercises/sciatica?q=osteoporosis"
        statuses = [client.get(query).status_code for _ in range(5)]
        statuses.append(client.get(query + "a" * 20_000).status_code)
        statuses.append(client.post(query, content=b" " * 1_100_000).status_code)
        statuses.append(httpx.get(proxy.url.replace("https:", "http:") + query).status_code)
    assert set(statuses) == {503, 429, 414, 413, 400}
    logs = {path.name: path.read_text() for path in proxy.folder.glob("*.log")}
    assert len(logs["thoracic-access.log"].splitlines()) == len(statuses)
    assert [name for name, text in logs.items() if "sciatica" in text or "osteoporosis" in text] == []
