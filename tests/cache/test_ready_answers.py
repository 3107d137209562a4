"""Ready answers are the application's own: the same requests with them and without any cache give the same bytes."""

import gzip
from collections.abc import Callable
from typing import Any, NamedTuple

import brotli

from app.kit.settings import Settings
from app.service import Service
from tests.app_client import Client
from tests.cache.request_mix import Request, RequestMix

REQUESTS = 300
DECODERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"br": brotli.decompress,
    b"gzip": gzip.decompress,
    b"identity": bytes,
}
ROOT_PATHS = ("", "", "", "/pub")


class Answer(NamedTuple):
    """An answer as the server gets it, with the request id apart."""

    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes
    request_id: bytes


async def _ask(app: Any, request: Request, root_path: str) -> Answer:
    sent: list[Any] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": root_path + request.path.replace("%2D", "-"),
        "raw_path": request.path.encode(),
        "root_path": root_path,
        "query_string": request.query,
        "headers": list(request.headers),
        "client": (request.sender, 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    content = b"".join(message.get("body", b"") for message in sent[1:])
    request_id = dict(sent[0]["headers"])[b"x-request-id"]
    headers = [header for header in sent[0]["headers"] if header[0] != b"x-request-id"]
    return Answer(sent[0]["status"], headers, content, request_id)


def _without_id(answer: Answer) -> Answer:
    """Return a problem with another text for its request id, which may be compressed with the rest."""
    encoding = dict(answer.headers).get(b"content-encoding", b"identity")
    content = DECODERS[encoding](answer.content) if answer.content else b""  # HEAD has none
    headers = [header for header in answer.headers if header[0] != b"content-length"]
    return Answer(answer.status, headers, content.replace(answer.request_id, b"ID"), b"ID")


def test_answers_are_the_same_with_and_without(settings: Settings, start_client: Callable[[Settings], Client]) -> None:
    fast, plain = (
        start_client(settings.model_copy(update={"max_cache_bytes": size, "public_rate": 0})) for size in (2**24, 0)
    )
    mix = RequestMix(seed=1)
    ready_count = 0
    for number in range(REQUESTS):
        request, root_path = mix.draw(), mix.rng.choice(ROOT_PATHS)
        with_ready, reached = fast.runner.run(_ask_noting(fast.app, request, root_path))
        without = plain.runner.run(_ask(plain.app, request, root_path))
        if (b"x-request-id", with_ready.request_id) in request.headers:
            assert with_ready == without, request
        else:
            assert with_ready.request_id != without.request_id
            assert (b"x-request-id", without.request_id) not in request.headers
            if with_ready.status >= 400:
                with_ready, without = _without_id(with_ready), _without_id(without)
            assert with_ready[:3] == without[:3], request
        etag = dict(with_ready.headers).get(b"etag")
        if etag is not None:
            mix.tell_etag(request, etag)
        ready_count += not reached
        if number == REQUESTS // 2:
            _change_catalogue(fast.app, plain.app)
    assert ready_count > REQUESTS // 10
    assert fast.app.ready_answers.answers.size_bytes <= 2**22
    assert not plain.app.ready_answers.answers


async def _ask_noting(app: Service, request: Request, root_path: str) -> tuple[Answer, bool]:
    """Return the answer, and whether the application was reached."""
    front = app.ready_answers
    reached = []
    original = front.app

    async def noting(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope)
        await original(scope, receive, send)

    front.app = noting
    try:
        return await _ask(app, request, root_path), bool(reached)
    finally:
        front.app = original


def _change_catalogue(*apps: Service) -> None:
    """Rename an exercise and move the serial, as a new snapshot would."""
    for app in apps:
        snapshot = app.state.catalogue.served.shared
        exercises = snapshot.exercises
        changed = exercises.records["open-book"].model_copy(update={"name": "Opened book"})
        exercises.records["open-book"] = changed
        exercises.json_by_slug["open-book"] = changed.model_dump_json().encode()
        snapshot.serial += 1


def test_a_new_id_for_each_ready_answer(client: Client) -> None:
    answers = [client.get("/v1/vocabulary") for _ in range(3)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3
    assert client.get("/v1/vocabulary", headers={"X-Request-ID": "mine"}).headers["x-request-id"] == "mine"


def test_a_logged_request_reaches_the_edge(
    settings: Settings, start_client: Callable[[Settings], Client], caplog: Any
) -> None:
    client = start_client(settings.model_copy(update={"access_log": True}))
    with caplog.at_level("INFO", "thoracic.edge"):
        for _ in range(3):
            client.get("/v1/vocabulary")
    assert [record.path for record in caplog.records if record.name == "thoracic.edge"] == ["/v1/vocabulary"] * 3
