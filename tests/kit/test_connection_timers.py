"""How long a client may take to read an answer, with a clock that the tests set."""

import asyncio
import heapq
from collections.abc import Callable
from typing import Any, cast

from app.kit.connection_timers import LINGER_PAUSE_S, MAX_LINGER_BYTES, Linger, WriteStallTimer


class FakeLoop:
    """A loop whose time goes on when the test says so."""

    def __init__(self) -> None:
        self.now, self.calls = 0.0, list[tuple[float, int, asyncio.TimerHandle, Callable[[], None]]]()

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[..., None], *arguments: Any) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(self.now + delay, callback, arguments, cast(Any, self))
        heapq.heappush(self.calls, (self.now + delay, len(self.calls), handle, lambda: callback(*arguments)))
        return handle

    def get_debug(self) -> bool:
        return False

    def _timer_handle_cancelled(self, _handle: asyncio.TimerHandle) -> None: ...

    def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while self.calls and self.calls[0][0] <= end:
            self.now, _, handle, call = heapq.heappop(self.calls)
            if not handle.cancelled():
                call()
        self.now = end


class FakeTransport:
    """A transport whose buffer holds what the test says."""

    def __init__(self) -> None:
        self.buffered_bytes, self.state = 1_000_000, "open"

    def get_write_buffer_size(self) -> int:
        return self.buffered_bytes

    def abort(self) -> None:
        self.state = "aborted"

    def close(self) -> None:
        self.state = "closed"

    def is_closing(self) -> bool:
        return self.state != "open"

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def read_for(bytes_per_s: int, seconds: int) -> str:
    """Return what becomes of a connection whose client reads at this speed."""
    loop, transport = FakeLoop(), FakeTransport()
    timer = WriteStallTimer(cast(Any, loop), cast(Any, transport), 30)
    timer.start()
    for _ in range(seconds):
        transport.buffered_bytes -= bytes_per_s
        loop.advance(1)
    timer.stop()
    return transport.state


def test_who_reads_hardly_anything_is_cut_off_like_who_reads_nothing() -> None:
    assert [read_for(speed, 300) for speed in (0, 1, 200, 300, 3_000)] == ["aborted"] * 3 + ["open"] * 2


def test_a_connection_lingers_until_its_client_pauses_or_has_sent_too_much_or_too_long() -> None:
    for piece_bytes, pieces, state in ((1000, 18, "open"), (1000, 20, "closed"), (1_000_000, 10, "closed")):
        loop, transport = FakeLoop(), FakeTransport()
        linger = Linger(cast(Any, loop), cast(Any, transport))
        for _ in range(pieces):
            loop.advance(LINGER_PAUSE_S / 2)
            linger.drop(b" " * piece_bytes)
        assert transport.state == state
        loop.advance(LINGER_PAUSE_S * 2)
        assert transport.state == "closed"
    assert MAX_LINGER_BYTES < 10_000_000
