"""HTTP/1.1 as `serve` speaks it: uvicorn's protocol with limits on what one connection may send, and how slowly.

uvicorn and llhttp bound neither the size of a head nor the time that it takes, and httptools joins the pieces of an
unfinished header line at quadratic cost. Without these limits one client can take all memory or stop the event loop.
"""

import asyncio
from typing import Any

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.kit.connection_answers import AnswerTransport, format_problem
from app.kit.connection_limits import (
    BODY_TOTAL_FACTOR,
    EVICTED,
    MAX_PIPELINED,
    MAX_UNPARSED_BYTES,
    PIPELINED_BYTES,
    SLICE_BYTES,
    Limits,
    Stage,
    check_head,
    too_many_connections,
)
from app.kit.connection_table import ConnectionTable
from app.kit.connection_timers import Linger, ReadDeadline, WriteStallTimer
from app.kit.errors import MalformedRequest, Problem, RequestTimeout, service_is_stopping
from app.kit.ready_response import FindReadyResponse
from app.kit.refusal_pacing import RefusalPacer
from app.kit.response_headers import Header


class LimitedHttpProtocol(HttpToolsProtocol):
    """One connection. A breach of a limit is answered as a problem, then the connection closes.

    The parser calls the methods that start with `on_`. What they raise comes out of `feed_data`.
    """

    limits: Limits
    find_ready_response: FindReadyResponse
    table: ConnectionTable
    common_headers: tuple[Header, ...]
    transport: asyncio.Transport
    write_stall_timer: WriteStallTimer

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.stage = Stage.NONE
        self.unfinished_bytes = 0
        """Bytes read since a head began, or since the last piece of a body: those of a head or of trailers."""
        self.unparsed = b""
        """What was read and waits for room in the pipeline."""
        self.is_rejected = False
        self.may_answer_at_once = False
        """True for the first request of a read alone: others let other connections go first."""
        self.running_cycle: RequestResponseCycle | None = None
        self.read_deadline, self.refusal_pacer = ReadDeadline(self.loop, self._on_read_timeout), RefusalPacer(self.loop)
        self.body_ends_at: float | None = None
        self.body_bytes = self.held_bytes = 0  # of the body that is read, and of all that the service has to keep
        self.linger: Linger | None = None
        self.answer_transport = AnswerTransport(self)

    # What happens on the connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time in which the first head must arrive, where there is a slot for the connection."""
        super().connection_made(transport)
        self.write_stall_timer = WriteStallTimer(self.loop, transport, self.limits.body_timeout_s)
        if not self.table.admit(self, self.client[0] if self.client else None):
            self._reject(too_many_connections())
            return
        self.read_deadline.start(self.limits.head_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the running request that its client left: uvicorn tells only the last of several pipelined ones."""
        self.read_deadline.stop()
        self.refusal_pacer.stop()
        self.resume_writing()
        self.table.discard(self)
        if self.linger is not None:
            self.linger.stop()
        if self.running_cycle is not None:
            self.running_cycle.disconnected = True
            self.running_cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        if self.linger is not None:
            self.linger.drop(data)
        self.may_answer_at_once = True
        self._parse(self.unparsed + data if self.unparsed else data)

    def _parse(self, data: bytes) -> None:
        """Parse as far as the pipeline has room, and reject the request that breaks a limit or is no HTTP."""
        if self.is_rejected:
            return
        self._unset_keepalive_if_required()
        self.unparsed = b""
        try:
            for start in range(0, len(data), SLICE_BYTES):
                if len(self.pipeline) >= MAX_PIPELINED:
                    self._keep_unparsed(data[start:])
                    break
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
            self._count_held_bytes()

    def _keep_unparsed(self, data: bytes) -> None:
        if len(data) > MAX_UNPARSED_BYTES:
            raise MalformedRequest("More requests wait on this connection than the service keeps.")
        self.unparsed = data
        self.flow.pause_reading()

    def pause_writing(self) -> None:
        """Watch whether the client reads on: the write buffer is full."""
        super().pause_writing()
        self.table.wait_for_client(self)
        self.write_stall_timer.start()

    def resume_writing(self) -> None:
        """Stop watching: the client has read."""
        super().resume_writing()
        if self._is_answer_pending():
            self.table.serve(self)
        self.write_stall_timer.stop()

    # What the parser finds

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        self.stage = Stage.HEAD
        self.unfinished_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Start the application on the request. Raises `MalformedRequest` for a head that HTTP does not allow."""
        self.read_deadline.stop()
        # Counted anew: the slice that ends the head may hold the beginning of the body.
        self.unfinished_bytes, host_count = len(": \r\n") * len(self.headers), 0
        for name, value in self.headers:
            self.unfinished_bytes += len(name) + len(value)
            host_count += name == b"host"
        self._check_limits()
        check_head(self.headers, host_count, self.parser.get_http_version(), self.parser.should_upgrade())
        super().on_headers_complete()
        self.stage, self.unfinished_bytes = Stage.BODY, 0
        self.headers = []  # uvicorn adds trailers to this list, which must not reach the headers that were read

    def on_chunk_header(self) -> None:
        """Note that a chunk begins."""
        self.unfinished_bytes = 0

    def on_body(self, body: bytes) -> None:
        """Pass a piece of the body on."""
        self.unfinished_bytes = 0
        self.body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self.read_deadline.stop()
        self.stage, self.body_ends_at = Stage.NONE, None
        self.unfinished_bytes = self.body_bytes = 0
        super().on_message_complete()
        if not self.cycle.response_complete:
            self.table.serve(self)

    # What the application does

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running_cycle = cycle
        if self.may_answer_at_once and app is self.app and not self.flow.write_paused:
            self.may_answer_at_once = False
            response = self.find_ready_response(cycle.scope)  # type: ignore[arg-type]
            if response is not None:
                self.refusal_pacer.write(cycle, response)
                return
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Start the next request of the pipeline; without one, the client has the next step."""
        super().on_response_complete()
        if self.unparsed:
            self._parse(self.unparsed)
        if not self._is_answer_pending():
            self.table.wait_for_client(self)
        if self.held_bytes:
            self._count_held_bytes()

    def close_after_answer(self) -> None:
        """Close in the way that lets the client read the answer, though it has not sent its whole request yet."""
        if self.stage is Stage.BODY and not self.is_rejected:
            self.is_rejected = True
            self.read_deadline.stop()
            self.linger = Linger(self.loop, self.transport)
        else:
            self.transport.close()

    def evict(self) -> None:
        """Close, because another connection needs its slot: this one has waited for its client the longest."""
        if self.flow.write_paused:
            self.transport.abort()  # it would go on to send what its client does not read
            return
        if self.stage is not Stage.NONE and not self._is_answer_begun() and not self.is_rejected:
            self.is_rejected = True
            if self.stage is Stage.BODY:
                self._forget_request()
            self._write_problem(RequestTimeout(EVICTED))
        self.transport.close()

    def abandon(self) -> None:
        """Answer what has no answer yet with 503, and close: the service ends now."""
        if self._is_answer_pending():
            has_begun = self._is_answer_begun()
            self._forget_request()
            if has_begun:
                self.transport.abort()  # what its client does not read would keep the connection open
                return
            self._write_problem(service_is_stopping())
        self.transport.close()

    def _is_answer_begun(self) -> bool:
        return bool(self.pipeline) or (self.cycle is not None and self.cycle.response_started)

    def _forget_request(self) -> None:
        """Tell the application that nobody waits for its answer any more."""
        self.cycle.disconnected = True
        self.cycle.message_event.set()

    # Limits, and the rejection of what breaks them

    def _check_limits(self) -> None:
        """Raise the problem of a limit that the address, the headers or the trailers break."""
        url_bytes = len(self.url) if self.stage is Stage.HEAD else 0
        self.limits.check(url_bytes, len(self.headers or ()), self.unfinished_bytes)

    def _count_held_bytes(self) -> None:
        """Tell the table what this connection makes the service keep: an unfinished head or body, and the pipeline."""
        held_bytes = len(self.pipeline) * PIPELINED_BYTES + len(self.unparsed)
        if self.stage is not Stage.NONE:
            held_bytes += self.unfinished_bytes + self.body_bytes
        if held_bytes != self.held_bytes:
            self.held_bytes = held_bytes
            self.table.hold(self, held_bytes)

    def _adjust_read_deadline(self) -> None:
        """After a read: a body must go on, a head must end in time, and a connection may not just stay open."""
        if self.stage is Stage.BODY:
            self.cycle.transport = self.answer_transport  # type: ignore[assignment]
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

    def _reject(self, problem: Problem) -> None:
        """Answer with the problem, if no other answer stands before it on this connection, and close."""
        self.is_rejected = True
        self.read_deadline.stop()
        if self.stage is not Stage.BODY and self._is_answer_pending():
            self.cycle.keep_alive = False  # the answers before it go out first; the last of them closes
        elif self.stage is Stage.BODY and self._is_answer_begun():
            self.transport.close()
        else:
            if self.stage is Stage.BODY:
                self._forget_request()  # the application waits for a body that does not come any more
            self._write_problem(problem)
            self.linger = Linger(self.loop, self.transport)

    def _write_problem(self, problem: Problem) -> None:
        request_headers, server_headers = self.scope["headers"] if self.scope else (), self.server_state.default_headers
        self.transport.write(format_problem(problem, request_headers, server_headers, self.common_headers))
