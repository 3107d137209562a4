"""HTTP/1.1 as `serve` speaks it: uvicorn's protocol with limits on what one connection may send, and how slowly.

uvicorn and llhttp bound neither the size of a head nor the time that it takes, and httptools joins the pieces of an
unfinished header line at quadratic cost. Without these limits one client can take all memory or stop the event loop.
"""

import asyncio
import enum
import logging
from typing import Any, NamedTuple

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from app.kit.edge import request_id_for
from app.kit.errors import HeadersTooLarge, MalformedRequest, Problem, RequestTimeout, UriTooLong
from app.kit.response_sender import COMMON_HEADERS, DEFAULT_CSP
from app.kit.settings import Settings

log = logging.getLogger("thoracic.http")
SLICE_BYTES = 4096
"""A read (up to 256 KB) is parsed in parts of this size: unfinished lines are counted no more exactly than that."""
LINGER_S = 1.0
"""Seconds in which a refused client may still send: a socket closed with unread bytes would reset the answer away."""
BODY_TOTAL_FACTOR = 4
"""A whole body may take this many times the limit for one pause in it."""
MAX_PIPELINED = 256
"""Requests that may wait on one connection for the answers before them."""


class Limits(NamedTuple):
    """Limits of one connection, in bytes and seconds. `max_head_bytes` also holds for trailers."""

    max_url_bytes: int
    max_head_bytes: int
    max_headers: int
    head_timeout_s: float
    body_timeout_s: float


class Stage(enum.Enum):
    """What of a request is being read."""

    NOTHING = enum.auto()
    HEAD = enum.auto()
    BODY = enum.auto()


def limited_protocol(settings: Settings) -> type[HttpToolsProtocol]:
    """Return the protocol class for `uvicorn.run(http=...)`, with the limits of the settings."""
    limits = Limits(*(getattr(settings, name) for name in Limits._fields))
    return type("ConfiguredHttpProtocol", (LimitedHttpProtocol,), {"limits": limits})


class LimitedHttpProtocol(HttpToolsProtocol):
    """One connection. A breach of a limit is answered as a problem, then the connection closes."""

    limits: Limits

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.stage = Stage.NOTHING
        self.head_bytes = self.header_count = self.unparsed_bytes = 0
        self.is_refused = False
        self.running_cycle: RequestResponseCycle | None = None
        self.read_timer: asyncio.TimerHandle | None = None
        self.write_timer: asyncio.TimerHandle | None = None
        self.body_deadline: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_read_timer(self.limits.head_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_read_timer()
        if self.running_cycle is not None:  # uvicorn tells only the last of several pipelined requests
            self.running_cycle.disconnected = True
            self.running_cycle.message_event.set()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.is_refused:
            return
        self._unset_keepalive_if_required()
        try:
            for start in range(0, len(data), SLICE_BYTES):
                part = data[start : start + SLICE_BYTES]
                self.unparsed_bytes += len(part)
                self.parser.feed_data(part)
                # A line without an end calls nothing back; only the bytes since the last callback tell of it.
                self._check_head_size(self.unparsed_bytes)
        except httptools.HttpParserUpgrade:
            self._unsupported_upgrade_warning()
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause if isinstance(cause, Problem) else MalformedRequest("This is not HTTP/1.1."))
        except Problem as problem:
            self._refuse(problem)
        if not self.is_refused:
            self._adjust_read_timer()

    def on_message_begin(self) -> None:
        self.stage = Stage.HEAD
        self.head_bytes = self.header_count = self.unparsed_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self.unparsed_bytes = 0
        super().on_url(url)
        if len(self.url) > self.limits.max_url_bytes:
            raise UriTooLong(f"An address may have at most {self.limits.max_url_bytes} bytes.")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.unparsed_bytes = 0
        self.head_bytes += len(name) + len(value) + len(": \r\n")
        self.header_count += 1
        self._check_head_size(0)
        if self.stage is Stage.HEAD:  # trailers are dropped: the application has read the headers long before them
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._stop_read_timer()
        self.head_bytes = self.header_count = self.unparsed_bytes = 0
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() != "1.0"):
            raise MalformedRequest("A request has one Host header.")
        if len(self.pipeline) >= MAX_PIPELINED:
            raise MalformedRequest(f"At most {MAX_PIPELINED} requests may wait on one connection.")
        super().on_headers_complete()
        self.stage = Stage.BODY

    def on_chunk_header(self) -> None:
        self.unparsed_bytes = 0

    def on_body(self, body: bytes) -> None:
        self.unparsed_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_read_timer()
        self.stage, self.body_deadline = Stage.NOTHING, None
        self.unparsed_bytes = 0
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running_cycle = cycle
        super()._start_asgi_task(cycle, app)

    def _check_head_size(self, unfinished_bytes: int) -> None:
        if self.header_count > self.limits.max_headers:
            raise HeadersTooLarge(f"A request may have at most {self.limits.max_headers} headers.")
        if self.head_bytes + unfinished_bytes > self.limits.max_head_bytes:
            raise HeadersTooLarge(f"All headers together may have at most {self.limits.max_head_bytes} bytes.")

    def _adjust_read_timer(self) -> None:
        """After a read: a body must go on, a head must end in time, and a connection may not just stay open."""
        if self.stage is Stage.BODY:
            now, pause_s = self.loop.time(), self.limits.body_timeout_s
            self.body_deadline = self.body_deadline or now + BODY_TOTAL_FACTOR * pause_s
            self._start_read_timer(min(pause_s, self.body_deadline - now))
        elif self.stage is Stage.NOTHING and self._is_answer_pending():
            self._stop_read_timer()
        elif self.read_timer is None:
            self._start_read_timer(self.limits.head_timeout_s)

    def _start_read_timer(self, seconds: float) -> None:
        self._stop_read_timer()
        self.read_timer = self.loop.call_later(seconds, self._on_read_timeout)

    def _stop_read_timer(self) -> None:
        if self.read_timer is not None:
            self.read_timer.cancel()
            self.read_timer = None

    def _on_read_timeout(self) -> None:
        if self.flow.read_paused or (self.stage is not Stage.BODY and self._is_answer_pending()):
            self._start_read_timer(self.limits.head_timeout_s)  # it waits for the service, not for the client
        elif self.stage is Stage.NOTHING:
            self.transport.close()
        else:
            self._refuse(RequestTimeout("The request did not arrive whole in time."))

    def _is_answer_pending(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self, problem: Problem) -> None:
        """Answer with the problem, if no other answer stands before it on this connection, and close."""
        self.is_refused = True
        self._stop_read_timer()
        if self._is_answer_pending():
            if self.stage is not Stage.BODY:
                self.cycle.keep_alive = False  # the answers that are due first; the last one of them closes
                return
            if self.pipeline or self.cycle.response_started:
                self.transport.close()
                return
            self.cycle.disconnected = True  # the application waits for a body that does not come any more
            self.cycle.message_event.set()
        elif self.stage is Stage.BODY:
            self.transport.close()
            return
        self._write_problem(problem)
        self.flow.resume_reading()
        self.transport.write_eof()
        self.loop.call_later(LINGER_S, self.transport.close)

    def _write_problem(self, problem: Problem) -> None:
        request_id = request_id_for(self.headers or ())
        response = problem.response(request_id)
        log.info("request refused", extra={"request_id": request_id, "status": response.status_code})
        headers = [
            *self.server_state.default_headers,
            *response.raw_headers,
            *COMMON_HEADERS,
            (b"content-security-policy", DEFAULT_CSP),
            (b"x-request-id", request_id.encode()),
            (b"connection", b"close"),
        ]
        head = b"".join(b"%s: %s\r\n" % header for header in headers)
        self.transport.write(STATUS_LINE[response.status_code] + head + b"\r\n" + bytes(response.body))

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reader(None)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.write_timer is not None:
            self.write_timer.cancel()
            self.write_timer = None

    def _watch_reader(self, unread_bytes: int | None) -> None:
        """Abort where the client has read nothing of an answer since the last look."""
        left = self.transport.get_write_buffer_size()
        if left == unread_bytes:
            self.transport.abort()
            return
        self.write_timer = self.loop.call_later(self.limits.body_timeout_s, self._watch_reader, left)
