"""Ready refusals are the application's own, and left to it where something else is wrong with the request."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.kit.settings import Settings
from app.kit.work_limiter import WorkLimiter
from tests.app_client import Client
from tests.kit.raw_asgi import Headers, send_raw_request

BUILD = "/v1/sessions"
BODY = b'{"duration_s":300}'
RIGHT_HEADERS: Headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]
PUBLIC_URL = "https://example.org/pub"


@pytest.fixture
def full_client(settings: Settings, start_client: Callable[[Settings], Client]) -> Iterator[Client]:
    """A service at a public address whose one place for builds is taken."""
    client = start_client(
        settings.model_copy(update={"build_workers": 0, "max_waiting_builds": 0, "public_url": PUBLIC_URL})
    )
    limiter: WorkLimiter = client.app.state.session_builder.limiter
    place = limiter.admit()
    client.runner.run(place.__aenter__())
    yield client
    client.runner.run(place.__aexit__(None, None, None))


def scope_of(path: str, headers: Headers, **others: Any) -> dict[str, Any]:
    return {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers, **others}


@pytest.mark.parametrize("path", [BUILD, BUILD + "/example/swap"])
@pytest.mark.parametrize("request_id", [b"0", b"a-longer.one_" * 4])
def test_a_refusal_is_that_of_the_application(full_client: Client, path: str, request_id: bytes) -> None:
    headers = [*RIGHT_HEADERS, (b"x-request-id", b"no id"), (b"x-request-id", request_id)]
    ready = full_client.app.find_ready_response(scope_of(path, headers))
    sent = send_raw_request(full_client, "POST", path, headers=headers, body=[BODY])
    assert ready is not None
    assert (ready.head.status, ready.content, ready.request_id) == (sent.status, sent.content, request_id)
    names = {name.decode(): value.decode() for name, value in ready.head.headers}
    assert {**names, "x-request-id": request_id.decode()} == sent.headers
    assert (sent.status, int(sent.headers["retry-after"])) == (503, ready.retry_after_s)
    assert "strict-transport-security" in sent.headers
    template = path.replace("example", "{session_id}")
    assert full_client.app.ready_answers.counts["POST", template, 503] == 1


def test_every_refusal_has_an_id_of_its_own(full_client: Client) -> None:
    responses = [full_client.app.find_ready_response(scope_of(BUILD, RIGHT_HEADERS)) for _ in range(3)]
    assert len({response.request_id for response in responses if response}) == 3


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/v1/screening", RIGHT_HEADERS, 422),
        (BUILD, [(b"content-type", b"text/plain"), RIGHT_HEADERS[1]], 415),
        (BUILD, [RIGHT_HEADERS[0], (b"content-length", b"9999999")], 413),
        (BUILD, [RIGHT_HEADERS[0], (b"content-length", b"-1")], 503),
        (BUILD, [RIGHT_HEADERS[0], (b"transfer-encoding", b"chunked")], 503),
        (BUILD, [*RIGHT_HEADERS, (b"x-forwarded-prefix", b"/a")], 503),
        (BUILD, [*RIGHT_HEADERS, (b"expect", b"100-continue")], 503),
    ],
)
def test_what_may_be_wrong_otherwise_is_left_to_the_application(
    full_client: Client, path: str, headers: Headers, status: int
) -> None:
    assert full_client.app.find_ready_response(scope_of(path, headers)) is None
    assert send_raw_request(full_client, "POST", path, headers=headers, body=[BODY]).status == status


def test_a_query_and_a_prefix_of_the_server_are_left_to_the_application(full_client: Client) -> None:
    for others in ({"query_string": b"a=1"}, {"root_path": "/pub"}, {"method": "GET"}):
        assert full_client.app.find_ready_response(scope_of(BUILD, RIGHT_HEADERS, **others)) is None


def test_nothing_is_refused_while_there_is_a_place_nor_past_the_access_log(
    settings: Settings, start_client: Callable[[Settings], Client]
) -> None:
    client = start_client(settings)
    assert client.app.find_ready_response(scope_of(BUILD, RIGHT_HEADERS)) is None
    logged = start_client(settings.model_copy(update={"build_workers": 0, "max_waiting_builds": 0, "access_log": True}))
    place = logged.app.state.session_builder.limiter.admit()
    logged.runner.run(place.__aenter__())
    assert logged.app.state.session_builder.limiter.is_full
    assert logged.app.find_ready_response(scope_of(BUILD, RIGHT_HEADERS)) is None
    logged.runner.run(place.__aexit__(None, None, None))
