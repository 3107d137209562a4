"""Requests as they come off the wire: bytes that no well-behaved client would send."""

import json
from typing import Any, NamedTuple

from tests.app_client import Client

Headers = list[tuple[bytes, bytes]]


class RawResponse(NamedTuple):
    """An answer as the application sent it."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json"
        problem: dict[str, Any] = json.loads(self.content)
        return problem


def send_raw_request(
    client: Client,
    method: str,
    path: str,
    query: bytes = b"",
    headers: Headers | None = None,
    body: list[bytes] | None = None,
) -> RawResponse:
    """Call the application with a request, to which nothing is added; the body comes in pieces."""
    pieces = list(body or [b""])
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": headers or [],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }

    async def receive() -> dict[str, Any]:
        if not pieces:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        sent.append(message)

    client.runner.run(client.app(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return RawResponse(start["status"], {n.decode(): v.decode("latin-1") for n, v in start["headers"]}, content)


def wait_until_ready(client: Client) -> None:
    """Let the watcher read the serial: between requests of a test the loop of the application stands still."""
    health = client.app.state.request_database.health
    for _ in range(100):
        if health.serial_fault is None:
            return
        client.wait(0.05)
    raise AssertionError("the database does not answer")
