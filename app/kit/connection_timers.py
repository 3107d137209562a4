"""Timers of one connection: for what the client sends, and for what it does not read."""

import asyncio
from collections.abc import Callable


class ReadDeadline:
    """Calls `on_timeout` once when the running time is up. Starting it again replaces the time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, on_timeout: Callable[[], None]) -> None:
        self._loop, self._on_timeout = loop, on_timeout
        self._handle: asyncio.TimerHandle | None = None

    @property
    def is_running(self) -> bool:
        """Whether a time runs."""
        return self._handle is not None

    def start(self, seconds: float) -> None:
        """Run for this time from now."""
        self.stop()
        self._handle = self._loop.call_later(seconds, self._expire)

    def stop(self) -> None:
        """Forget the running time."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _expire(self) -> None:
        self._handle = None
        self._on_timeout()


class WriteStallTimer:
    """Aborts a connection whose write buffer is full and does not shrink within `seconds`: the client reads nothing."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, seconds: float) -> None:
        self._loop, self._transport, self._seconds = loop, transport, seconds
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Watch from now on, until `stop`."""
        self._check_again_later(None)

    def stop(self) -> None:
        """Watch no longer."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _check_again_later(self, previous_bytes: int | None) -> None:
        buffered_bytes = self._transport.get_write_buffer_size()
        if buffered_bytes == previous_bytes:
            self._transport.abort()
        else:
            self._handle = self._loop.call_later(self._seconds, self._check_again_later, buffered_bytes)
