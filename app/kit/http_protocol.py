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

from app.kit.connection_timers import ReadDeadline, WriteStallTimer
from app.kit.errors import HeadersTooLarge, MalformedRequest, NotReady, Problem, RequestTimeout, UriTooLong
from app.kit.ready_response import FindReadyResponse, write_ready_response
from app.kit.request_id import request_id_for
from app.kit.response_sender import COMMON_HEADERS, DEFAULT_CSP
from app.kit.settings import Settings

log = logging.getLogger("thoracic.http")
SLICE_BYTES = 4096
"""A read (up to 256 KB) is parsed in slices of this size; a head may be larger than its limit by one of them."""
LINGER_S = 1.0
"""Seconds in which a rejected client may still send: a socket closed with unread bytes would reset the answer away."""
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
    """Which part of a request is being read."""

    NONE = enum.auto()
    HEAD = enum.auto()
    BODY = enum.auto()


def limited_protocol(settings: Settings, find_ready_response: FindReadyResponse) -> type[HttpToolsProtocol]:
    """Return the protocol class for `uvicorn.run(http=...)`, with the limits of the settings.

    `find_ready_response` is asked before the application: a ready response is written without a task of asyncio.
    """
    limits = Limits(*(getattr(settings, name) for name in Limits._fields))
    attributes = {"limits": limits, "find_ready_response": staticmethod(find_ready_response)}
    return type("ConfiguredHttpProtocol", (LimitedHttpProtocol,), attributes)


class LimitedHttpProtocol(HttpToolsProtocol):
    """One connection. A breach of a limit is answered as a problem, then the connection closes.

    The parser calls the methods that start with `on_`. What they raise comes out of `feed_data`.
    """

    limits: Limits
    find_ready_response: FindReadyResponse

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.stage = Stage.NONE
        self.unfinished_bytes = 0
        """Bytes read since a head began, or since the last piece of a body: those of a head or of trailers."""
        self.is_rejected = False
        self.may_answer_at_once = False
        """True for the first request of a read alone: the others let other connections go first."""
        self.running_cycle: RequestResponseCycle | None = None
        self.read_deadline = ReadDeadline(self.loop, self._on_read_timeout)
        self.body_ends_at: float | None = None
        self.write_stall_timer: WriteStallTimer | None = None

    # What happens on the connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time in which the first head must arrive."""
        super().connection_made(transport)
        self.write_stall_timer = WriteStallTimer(self.loop, transport, self.limits.body_timeout_s)
        self.read_deadline.start(self.limits.head_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the running request that its client left: uvicorn tells only the last of several pipelined ones."""
        self.read_deadline.stop()
        self.resume_writing()
        if self.running_cycle is not None:
            self.running_cycle.disconnected = True
            self.running_cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, and reject the request that breaks a limit or is no HTTP."""
        if self.is_rejected:
            return
        self._unset_keepalive_if_required()
        self.may_answer_at_once = True
        try:
            for start in range(0, len(data), SLICE_BYTES):
                part = data[start : start + SLICE_BYTES]
                self.unfinished_bytes += len(part)
                self.parser.feed_data(part)
                self._check_limits()
        except httptools.HttpParserUpgrade:
            self._unsupported_upgrade_warning()
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._reject(cause if isinstance(cause, Problem) else MalformedRequest("This is not HTTP/1.1."))
        except Problem as problem:
            self._reject(problem)
        if not self.is_rejected:
            self._adjust_read_deadline()

    def pause_writing(self) -> None:
        """Watch whether the client reads on: the write buffer is full."""
        super().pause_writing()
        if self.write_stall_timer is not None:
            self.write_stall_timer.start()

    def resume_writing(self) -> None:
        """Stop watching: the client has read."""
        super().resume_writing()
        if self.write_stall_timer is not None:
            self.write_stall_timer.stop()

    # What the parser finds

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        self.stage = Stage.HEAD
        self.unfinished_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Start the application on the request. Raises `MalformedRequest` where HTTP wants another number of hosts."""
        self.read_deadline.stop()
        # Counted anew: the slice that ends the head may hold the beginning of the body.
        self.unfinished_bytes, host_count = len(": \r\n") * len(self.headers), 0
        for name, value in self.headers:
            self.unfinished_bytes += len(name) + len(value)
            host_count += name == b"host"
        self._check_limits()
        if self.parser.should_upgrade():
            self._reject_upgrade_with_body()
        if host_count > 1 or (host_count == 0 and self.parser.get_http_version() != "1.0"):
            raise MalformedRequest("A request has one Host header.")
        if len(self.pipeline) >= MAX_PIPELINED:
            raise MalformedRequest(f"At most {MAX_PIPELINED} requests may wait on one connection.")
        super().on_headers_complete()
        self.stage, self.unfinished_bytes = Stage.BODY, 0
        self.headers = []  # uvicorn adds trailers to this list, which must not reach the headers that were read

    def on_chunk_header(self) -> None:
        """Note that a chunk begins."""
        self.unfinished_bytes = 0

    def on_body(self, body: bytes) -> None:
        """Pass a piece of the body on."""
        self.unfinished_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self.read_deadline.stop()
        self.stage, self.body_ends_at = Stage.NONE, None
        self.unfinished_bytes = 0
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running_cycle = cycle
        if self.may_answer_at_once and app is self.app and not self.flow.write_paused:
            self.may_answer_at_once = False
            response = self.find_ready_response(cycle.scope)  # type: ignore[arg-type]
            if response is not None:
                write_ready_response(cycle, response)
                return
        super()._start_asgi_task(cycle, app)

    def abandon(self) -> None:
        """Answer what has no answer yet with 503, and close: the service ends now."""
        if self._is_answer_pending():
            has_begun = bool(self.pipeline) or self.cycle.response_started
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if has_begun:
                self.transport.abort()  # what its client does not read would keep the connection open
                return
            self._write_problem(NotReady("The service is being stopped.", headers={"Retry-After": "5"}))
        self.transport.close()

    # Limits

    def _reject_upgrade_with_body(self) -> None:
        """Raise `MalformedRequest` for a body beside an `Upgrade` header: the parser would drop the body unread."""
        headers = dict(self.headers)
        has_body = headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
        if has_body:
            raise MalformedRequest(
                "No other protocol is spoken here: send the request again without the Upgrade header."
            )

    def _check_limits(self) -> None:
        """Raise `UriTooLong` or `HeadersTooLarge` when the address, the headers or the trailers break a limit."""
        if self.stage is Stage.HEAD and len(self.url) > self.limits.max_url_bytes:
            raise UriTooLong(f"An address may have at most {self.limits.max_url_bytes} bytes.")
        if self.headers and len(self.headers) > self.limits.max_headers:
            raise HeadersTooLarge(f"A request may have at most {self.limits.max_headers} headers.")
        if self.unfinished_bytes > self.limits.max_head_bytes:
            raise HeadersTooLarge(f"All headers together may have at most {self.limits.max_head_bytes} bytes.")

    def _adjust_read_deadline(self) -> None:
        """After a read: a body must go on, a head must end in time, and a connection may not just stay open."""
        if self.stage is Stage.BODY:
            now, pause_s = self.loop.time(), self.limits.body_timeout_s
            self.body_ends_at = self.body_ends_at or now + BODY_TOTAL_FACTOR * pause_s
            self.read_deadline.start(min(pause_s, self.body_ends_at - now))
        elif self.stage is Stage.NONE and (self._is_answer_pending() or self.timeout_keep_alive_task is not None):
            self.read_deadline.stop()
        elif not self.read_deadline.is_running:
            self.read_deadline.start(self.limits.head_timeout_s)

    def _on_read_timeout(self) -> None:
        if self.flow.read_paused or (self.stage is not Stage.BODY and self._is_answer_pending()):
            self.read_deadline.start(self.limits.head_timeout_s)  # it waits for the service, not for the client
        elif self.stage is Stage.NONE:
            self.transport.close()
        else:
            self._reject(RequestTimeout("The request did not arrive whole in time."))

    def _is_answer_pending(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    # Rejection

    def _reject(self, problem: Problem) -> None:
        """Answer with the problem, if no other answer stands before it on this connection, and close."""
        self.is_rejected = True
        self.read_deadline.stop()
        if self.stage is not Stage.BODY and self._is_answer_pending():
            self.cycle.keep_alive = False  # the answers before it go out first; the last of them closes
        elif self.stage is Stage.BODY and (self.pipeline or self.cycle.response_started):
            self.transport.close()
        else:
            if self.stage is Stage.BODY:
                self.cycle.disconnected = True  # the application waits for a body that does not come any more
                self.cycle.message_event.set()
            self._write_problem(problem)
            self.transport.write_eof()
            self.loop.call_later(LINGER_S, self.transport.close)

    def _write_problem(self, problem: Problem) -> None:
        request_id = request_id_for(self.scope["headers"] if self.scope else ())
        response = problem.response(request_id)
        log.info("request rejected", extra={"request_id": request_id, "status": response.status_code})
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
