"""Requests to an application in this process, without a server and without an HTTP library."""

import asyncio
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message


class ApplicationRequest(NamedTuple):
    """A request; `body` is sent as JSON where there is one, `key` as that of a partner, `headers` by their names."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    key: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class ApplicationAnswer(NamedTuple):
    """What the application answered."""

    status: int
    media_type: str
    content: bytes


async def call_application(app: ASGIApp, request: ApplicationRequest) -> ApplicationAnswer:
    """Return the answer to a request as it is, without an encoding."""
    messages: list[Message] = [{"type": "http.request", "body": request.body}]
    sent: list[Message] = []

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()  # a client that goes on listening: one that went away gets no answer
        return messages.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_write_scope(request), receive, send)
    headers = {name.lower(): value for name, value in sent[0]["headers"]}
    media_type = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0]
    return ApplicationAnswer(sent[0]["status"], media_type, b"".join(message.get("body", b"") for message in sent[1:]))


def _write_scope(request: ApplicationRequest) -> dict[str, Any]:
    headers = [(b"host", b"127.0.0.1:8000"), (b"accept", b"application/json, */*;q=0.5")]
    if request.key:
        headers.append((b"authorization", f"Bearer {request.key}".encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in request.headers]
    if request.body:
        headers += [(b"content-type", b"application/json"), (b"content-length", str(len(request.body)).encode())]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": request.query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
