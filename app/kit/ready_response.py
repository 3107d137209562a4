"""A response that is ready to be written to the connection, without ASGI messages."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from app.kit.response_headers import Header


class ReadyHead(NamedTuple):
    """Status and headers of a response that was sent before; the request id is new each time."""

    status: int
    headers: list[Header]
    lines: bytes
    """The headers as they go over the wire."""

    @classmethod
    def of(cls, status: int, headers: Iterable[Header]) -> "ReadyHead":
        """Return the head with these headers, which a server has checked when it sent them."""
        headers = list(headers)
        return cls(status, headers, b"".join([b"%s: %s\r\n" % header for header in headers]))


class ReadyResponse(NamedTuple):
    """A whole response to one request."""

    head: ReadyHead
    content: bytes
    request_id: bytes
    retry_after_s: int = 0
    """Of a refusal: seconds after which the client may ask again."""


FindReadyResponse = Callable[[Scope], ReadyResponse | None]
"""Returns the response to a request where it is ready."""


def write_ready_response(cycle: RequestResponseCycle, response: ReadyResponse) -> None:
    """Write the response, and end the request as uvicorn does when its application has answered."""
    head = response.head
    server_lines = b"".join([b"%s: %s\r\n" % header for header in cycle.default_headers])
    end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    parts = (STATUS_LINE[head.status], server_lines, head.lines, b"x-request-id: ", response.request_id, b"\r\n", end)
    cycle.response_started = cycle.response_complete = True
    cycle.transport.write(b"".join(parts))
    if response.content:
        cycle.transport.write(response.content)  # on its own: joining would copy it
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
    cycle.on_response = _do_nothing  # it holds the connection, which holds the cycle


def _do_nothing() -> None:
    pass
