"""Answers that a connection writes itself, without the application, and its close after one."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Protocol

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from app.kit.errors import Problem
from app.kit.request_id import request_id_for
from app.kit.response_headers import Header, complete_headers

log = logging.getLogger("thoracic.http")


def format_problem(
    problem: Problem,
    request_headers: Iterable[Header],
    server_headers: Iterable[Header],
    common_headers: Iterable[Header],
) -> bytes:
    """Return the whole answer of a problem as it is sent, after which the connection closes.

    `server_headers` are those that the server adds to every answer, `common_headers` those of the application.
    """
    request_id = request_id_for(request_headers)
    response = problem.response(request_id)
    log.info("request rejected", extra={"request_id": request_id, "status": response.status_code})
    headers = [
        *server_headers,
        *complete_headers(response.raw_headers, common_headers, request_id.encode()),
        (b"connection", b"close"),
    ]
    head = b"".join(b"%s: %s\r\n" % header for header in headers)
    return STATUS_LINE[response.status_code] + head + b"\r\n" + bytes(response.body)


class ClosingProtocol(Protocol):
    """What the transport of an answer needs of its connection."""

    transport: asyncio.Transport

    def close_after_answer(self) -> None:
        """Close so that the client can read the answer."""


class AnswerTransport:
    """What an answer is written to while its request is not whole: it closes so that the client can read the answer."""

    def __init__(self, protocol: ClosingProtocol) -> None:
        self._protocol = protocol

    def write(self, data: bytes) -> None:
        """Send."""
        self._protocol.transport.write(data)

    def is_closing(self) -> bool:
        """Whether the connection is closed, or will be."""
        return self._protocol.transport.is_closing()

    def close(self) -> None:
        """Close after the answer."""
        self._protocol.close_after_answer()
