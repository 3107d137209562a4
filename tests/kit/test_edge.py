"""The edge: what every answer carries, and what is refused before any route sees it."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.app_client import Client
from tests.kit.raw_asgi import send_raw_request

SESSION = {"duration_s": 300, "goals": [{"goal": "rotation"}]}
JSON = {"Content-Type": "application/json"}
READ_PATHS = [
    "/",
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/docs",
    "/docs/docs.js",
    "/v1/exercises",
    "/v1/exercises/open-book",
    "/v1/exercises/open-book/alternatives",
    "/v1/guidelines",
    "/v1/references",
    "/v1/routines",
    "/v1/vocabulary",
    "/v1/sessions/example",
]
REJECTED_REQUESTS: list[tuple[int, str, str, dict[str, Any]]] = [
    (404, "GET", "/nothing", {}),
    (404, "GET", "/v1/exercises/", {}),
    (404, "GET", "/v1/exercises/no-such-exercise", {}),
    (404, "POST", "/v1/nothing", {"json": {}}),
    (404, "OPTIONS", "/v1/nothing", {}),
    (405, "DELETE", "/v1/exercises", {}),
    (405, "PUT", "/v1/exercises?limit=1&limit=2", {}),
    (405, "POST", "/v1/exercises/open-book", {"json": {}}),
    (405, "PATCH", "/v1/vocabulary", {}),
    (405, "BREW", "/v1/vocabulary", {}),
    (405, "GET", "/v1/sessions", {}),
    (406, "GET", "/", {"headers": {"Accept": "image/png"}}),
    (406, "GET", "/", {"headers": {"Accept": "application/json;q=0, text/html;q=0, */*;q=0.0"}}),
    (413, "POST", "/v1/sessions", {"content": b" " * 530_000, "headers": JSON}),
    (415, "POST", "/v1/sessions", {"content": b"<a/>", "headers": {"Content-Type": "text/xml"}}),
    (415, "POST", "/v1/sessions", {"content": b"{}"}),
    (415, "POST", "/v1/sessions", {"data": {"duration_s": "300"}}),
    (400, "POST", "/v1/sessions", {"content": b'{"duration_s": 300,', "headers": JSON}),
    (400, "POST", "/v1/sessions", {"content": b"\xff\xfe\xfd", "headers": JSON}),
    (400, "POST", "/v1/sessions", {"content": b"[" * 30_000, "headers": JSON}),
    (422, "POST", "/v1/sessions", {"content": b"", "headers": JSON}),
    (422, "POST", "/v1/sessions", {"json": []}),
    (422, "POST", "/v1/sessions", {"json": None}),
    (422, "POST", "/v1/sessions", {"json": {**SESSION, "duration_s": "long"}}),
    (422, "POST", "/v1/sessions", {"json": {**SESSION, "duration_s": 29}}),
    (422, "POST", "/v1/sessions", {"json": {**SESSION, "nonsense": 1}}),
    (422, "POST", "/v1/sessions", {"content": b'{"\\ud800": 1}', "headers": JSON}),
    (422, "POST", "/v1/sessions", {"content": b'{"duration_s": NaN, "goals": []}', "headers": JSON}),
    (422, "POST", "/v1/sessions", {"content": b'{"duration_s": 1e999, "goals": []}', "headers": JSON}),
    (422, "POST", "/v1/sessions?dry=1", {"json": SESSION}),
    (422, "GET", "/v1/exercises?limit=0", {}),
    (422, "GET", "/v1/exercises?limit=5&limit=6", {}),
    (422, "GET", "/v1/exercises/Open_Book", {}),
    (422, "GET", "/v1/exercises/" + "a" * 81, {}),
]


def assert_problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The answer is a refusal in the one shape."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert re.fullmatch(r"urn:thoracic-mobility:problem:[a-z-]+", problem["type"])
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    for fault in problem.get("errors", ()):
        assert fault["in"] in ("body", "query", "path", "header")
        assert fault["detail"]
        assert ("pointer" in fault) == (fault["in"] == "body")
    return problem


def assert_common_headers(answer: httpx.Response) -> None:
    headers = answer.headers
    assert headers["access-control-allow-origin"] == "*"
    exposed = {name.strip() for name in headers["access-control-expose-headers"].split(",")}
    limits = {"Retry-After", "RateLimit", "RateLimit-Policy"}
    assert exposed == {"ETag", "Link", "Location", "X-Catalogue-Serial", "X-Request-ID", "WWW-Authenticate"} | limits
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-language"] == "en"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]
    names = [name for name, _ in headers.raw]
    assert len(names) == len({name.lower() for name in names})


@pytest.mark.parametrize(("status", "method", "path", "options"), REJECTED_REQUESTS)
def test_a_refusal_has_the_one_shape(
    client: Client, status: int, method: str, path: str, options: dict[str, Any]
) -> None:
    answer = client.request(method, path, **options)
    assert_problem(answer, status)
    assert_common_headers(answer)


@pytest.mark.parametrize("path", READ_PATHS)
def test_head_says_what_get_says_without_the_body(client: Client, path: str) -> None:
    got, head = client.get(path), client.request("HEAD", path)
    assert got.status_code == head.status_code == 200
    assert head.content == b""
    assert_common_headers(got)
    get_headers = dict(got.headers)
    del get_headers["x-request-id"]
    assert get_headers.items() <= dict(head.headers).items()


@pytest.mark.parametrize("path", READ_PATHS)
def test_options_and_405_name_the_methods(client: Client, path: str) -> None:
    answer = client.request("OPTIONS", path)
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer.headers["allow"].split(", ") == sorted(answer.headers["allow"].split(", "))
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
    refused = client.request("POST", path, json={})
    assert_problem(refused, 405)
    assert refused.headers["allow"] == answer.headers["allow"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_get_where_only_post_is_answered_names_post(client: Client, method: str) -> None:
    answer = client.request(method, "/v1/sessions")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"].split(", ")


def test_a_body_that_hides_its_length_is_counted(client: Client) -> None:
    headers = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    answer = send_raw_request(client, "POST", "/v1/sessions", headers=headers, body=[b" " * 10_000] * 53)
    assert answer.status == 413
    assert answer.problem["title"] == "Body too large"


@pytest.mark.parametrize("length", [b"-1", b"many", b"1_0", b"\xb2"])
def test_a_length_that_is_none_is_no_crash(client: Client, length: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    answer = send_raw_request(client, "POST", "/v1/sessions", headers=headers, body=[b"{}"])
    assert 400 <= answer.status < 500
    assert answer.problem["request_id"]


def test_a_body_just_small_enough_is_read(client: Client) -> None:
    body = json.dumps(SESSION).encode()
    padded = body + b" " * (524_288 - len(body))
    assert client.post("/v1/sessions", content=padded, headers=JSON).status_code == 201
    assert_problem(client.post("/v1/sessions", content=padded + b" ", headers=JSON), 413)


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8", "application/vnd.a+json"])
def test_json_by_any_of_its_names(client: Client, kind: str) -> None:
    answer = client.post("/v1/sessions", content=json.dumps(SESSION), headers={"Content-Type": kind})
    assert answer.status_code == 201


ONE_TYPE_PATHS = {
    "/v1/exercises?limit=1": "application/json",
    "/v1/exercises/open-book/figure.svg": "image/svg+xml",
    "/v1/exercises/open-book/figure.png?width=64": "image/png",
    "/v1/reminders.ics?timezone=UTC": "text/calendar; charset=utf-8; method=PUBLISH",
    "/openapi.json": "application/json",
    "/gallery": "text/html; charset=utf-8",
}


@pytest.mark.parametrize("path", ONE_TYPE_PATHS)
def test_a_path_with_one_type_answers_with_it_whatever_is_accepted(client: Client, path: str) -> None:
    for accept in ("", "*/*", "application/problem+json", "application/json", "text/html", "image/*;q=0, x", "?"):
        answer = client.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, ONE_TYPE_PATHS[path]), accept


def test_406_lists_what_there_is(client: Client) -> None:
    problem = assert_problem(client.get("/", headers={"Accept": "text/csv"}), 406)
    assert problem["available"] == ["application/json", "text/html"]


def test_a_client_that_reads_nothing_of_ours_still_gets_its_error(client: Client) -> None:
    assert_problem(client.get("/v1/exercises/no-such-exercise", headers={"Accept": "image/png"}), 404)


@pytest.mark.parametrize("sent_id", ["abc", "A.b_c-9", "0" * 64])
def test_a_well_formed_request_id_is_kept(client: Client, sent_id: str) -> None:
    for path in ("/v1/exercises?limit=1", "/v1/exercises?limit=0", "/nothing"):
        assert client.get(path, headers={"X-Request-ID": sent_id}).headers["x-request-id"] == sent_id


@pytest.mark.parametrize("sent_id", ["", "a b", "0" * 65, "a\tb", 'a"b', "<script>", "ä"])
def test_any_other_request_id_is_made_anew(client: Client, sent_id: str) -> None:
    answers = [client.get("/nothing", headers={"X-Request-ID": sent_id.encode()}) for _ in range(2)]
    ids = [answer.json()["request_id"] for answer in answers]
    assert len({*ids, sent_id}) == 3
    assert all(re.fullmatch(r"[0-9a-f]{16}", request_id) for request_id in ids)


@pytest.mark.parametrize(
    "query", [b"q=\xff\xfe", b"limit=\xff", b"\xff=1", b"q=%FF%FE", b"q=%E2%82%AC&limit=5", b"&&=&"]
)
@pytest.mark.parametrize("path", ["/v1/exercises", "/v1/exercises/open-book", "/nothing", "/healthz"])
def test_bytes_that_are_no_text_never_break_it(client: Client, path: str, query: bytes) -> None:
    answer = send_raw_request(client, "GET", path, query)
    assert answer.status in (200, 404, 422)
    assert answer.headers["content-type"] in ("application/json", "application/problem+json")


@pytest.mark.parametrize("host", [b"[", b"a/b", b"a?b", b"", b"\xff", b"evil.example:99999999"])
def test_an_odd_host_changes_nothing(client: Client, host: bytes) -> None:
    query = b"limit=2&goal=rotation&suits=sport&fields=name&position=" + (b"seated" if host else b"standing")
    answer = send_raw_request(client, "GET", "/v1/partial/exercises", query, [(b"host", host)])
    assert answer.status == 200
    if "link" in answer.headers:
        assert answer.headers["link"].startswith("</v1/partial/exercises?")


def test_the_documentation_page_takes_any_parameter(client: Client) -> None:
    assert client.get("/docs?theme=dark&theme=light&x=1").status_code == 200


def test_hsts_only_where_the_public_address_is_https(client: Client) -> None:
    assert "strict-transport-security" not in client.get("/healthz").headers
