"""CORS: any page may call, with the headers that its libraries add, and no origin is told apart."""

import httpx
import pytest

from tests.app_client import Client
from tests.kit.test_edge import assert_common_headers

ADDED_BY_LIBRARIES = (
    *("traceparent", "tracestate", "baggage", "sentry-trace", "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled"),
    *("x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-origin", "x-datadog-sampling-priority", "newrelic"),
    *("elastic-apm-traceparent", "uber-trace-id", "request-id", "x-requested-with", "x-csrf-token", "x-xsrf-token"),
    *("cache-control", "pragma", "if-none-match", "if-match", "if-modified-since", "idempotency-key", "range"),
    *("authorization", "x-api-key", "x-request-id", "accept", "accept-language", "content-type"),
)


def send_preflight(client: Client, path: str, method: str, origin: str = "https://app.example") -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "baggage"}
    return client.request("OPTIONS", path, headers=headers)


def test_a_preflight_allows_what_libraries_add_by_name_and_the_rest_by_a_star(client: Client) -> None:
    answer = send_preflight(client, "/v1/sessions", "POST")
    assert (answer.status_code, answer.content) == (204, b"")
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert set(ADDED_BY_LIBRARIES) - set(allowed) == set()
    assert allowed[-1] == "*"
    assert len(allowed) == len(set(allowed))
    assert "POST" in answer.headers["access-control-allow-methods"].split(", ")
    assert int(answer.headers["access-control-max-age"]) > 0
    assert_common_headers(answer)


@pytest.mark.parametrize("path", ["/v1/sessions/example", "/v1/exercises?limit=1&limit=2", "/v1/nothing", "/docs"])
def test_a_preflight_succeeds_where_the_request_fails_so_that_its_error_can_be_read(client: Client, path: str) -> None:
    answer = send_preflight(client, path, "GET")
    assert answer.status_code == 204
    assert "GET" in answer.headers["access-control-allow-methods"].split(", ")


def test_no_origin_is_reflected_and_no_credentials_are_taken(client: Client) -> None:
    for origin in ("https://app.example", "null", "https://evil.example"):
        answers = [
            send_preflight(client, "/v1/exercises", "GET", origin),
            client.get("/v1/exercises?limit=1", headers={"Origin": origin}),
            client.get("/v1/nothing", headers={"Origin": origin}),
        ]
        for answer in answers:
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in answer.headers


def test_options_at_an_unknown_path_is_a_404_unless_it_is_a_preflight(client: Client) -> None:
    assert client.request("OPTIONS", "/v1/nothing").status_code == 404
    assert "allow" not in send_preflight(client, "/v1/nothing", "GET").headers
