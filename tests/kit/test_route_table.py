"""Odd addresses, and what the edge knows about paths."""

import pytest

from app.kit.route_table import RouteTable
from tests.app_client import Client
from tests.kit.raw_asgi import send_raw_request
from tests.kit.test_edge import assert_problem

ODD = [
    "/%00",
    "/v1/exercises/%00",
    "/v1/exercises/%0A",
    "/%FF",
    "//",
    "/v1//exercises",
    "/v1/exercises/..",
    "/v1/exercises/%2e%2e%2f",
    "/v1/exercises/a%2Fb",
    "/V1/exercises",
    "/v1/exercises/open-book/",
    "/v1/exercises;x=1",
    "/" + "a" * 5000,
]


@pytest.mark.parametrize("path", ODD)
def test_an_odd_address_is_a_problem_like_any_other(client: Client, path: str) -> None:
    for method in ("GET", "POST"):
        answer = client.request(method, f"http://testserver{path}")
        assert answer.status_code in (404, 405, 422)
        assert_problem(answer, answer.status_code)


@pytest.mark.parametrize(
    "path", ["", "*", "/\ud800", "/v1/exercises/\x7f", "/v1/exercises/ä", "/v1/exercises/open-book\n"]
)
def test_an_address_that_is_none_breaks_nothing(client: Client, path: str) -> None:
    raw = path.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = send_raw_request(client, "GET", raw)
    assert answer.status in (404, 422)
    assert answer.problem["status"] == answer.status


def test_methods_and_lists_of_a_path(client: Client) -> None:
    routes = RouteTable(client.app)
    assert routes.methods("/v1/exercises/open-book") == ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"]
    assert routes.methods("/v1/exercises") == ["GET", "HEAD", "OPTIONS"]
    assert routes.methods("/v1/sessions") == ["OPTIONS", "POST"]
    assert routes.methods("/nothing") == []
    assert routes.single_parameters("/v1/exercises", "GET") == frozenset({"q", "limit", "cursor", "level_max"})
    assert routes.single_parameters("/v1/partial/references", "GET") == frozenset({"q", "limit", "cursor"})
    assert routes.single_parameters("/healthz", "GET") == frozenset()
    assert routes.single_parameters("/gallery", "GET") is None
    assert routes.template("/v1/exercises/somebodys-secret") == "/v1/exercises/{slug}"
    assert routes.template("/somebodys/secret") == "(unknown)"
