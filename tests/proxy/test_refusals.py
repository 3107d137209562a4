"""What nginx refuses itself: the same form as the service's own errors, so that a client needs one reader."""

import httpx
import pytest

from tests.proxy.conftest import StartProxy
from tests.proxy.nginx import NEEDS_NGINX

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
