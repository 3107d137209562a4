"""Timers of one connection: for what the client sends, and for what it does not read."""

import asyncio
from collections.abc import Callable

LINGER_PAUSE_S = 1.0
"""Seconds without a byte after which a client is taken to be done with a request that is answered already."""
LINGER_READ_INTERVAL_S = 0.02
"""Seconds between two reads of what is dropped; a read has at most 256 KB."""
MAX_LINGER_S = 10.0
"""Seconds after which a connection closes, though its client still sends."""
MAX_LINGER_BYTES = 8_000_000
"""Bytes after which a connection closes, though its client still sends: a larger body sees a reset."""
MIN_READ_BYTES_PER_S = 240
"""The slowest that a client may read an answer, as Kestrel has it: slower ones only keep memory."""


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
    """Aborts a connection whose write buffer is full, and whose client reads nothing for `seconds`, or hardly anything.

    What the client has to read in any such time is `MIN_READ_BYTES_PER_S`, on average since the buffer was full.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, seconds: float) -> None:
        self._loop, self._transport, self._seconds = loop, transport, seconds
        self._handle: asyncio.TimerHandle | None = None
        self._began_at, self._bytes_at_first = 0.0, 0

    def start(self) -> None:
        """Watch from now on, until `stop`."""
        self._began_at, self._bytes_at_first = self._loop.time(), self._transport.get_write_buffer_size()
        self._check_later(self._bytes_at_first)

    def stop(self) -> None:
        """Watch no longer."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _check_later(self, buffered_bytes: int) -> None:
        self._handle = self._loop.call_later(self._seconds, self._check, buffered_bytes)

    def _check(self, previous_bytes: int) -> None:
        buffered_bytes = self._transport.get_write_buffer_size()
        due_bytes = MIN_READ_BYTES_PER_S * (self._loop.time() - self._began_at)
        if buffered_bytes >= previous_bytes or self._bytes_at_first - buffered_bytes < due_bytes:
            self._transport.abort()
        else:
            self._check_later(buffered_bytes)


class Linger:
    """Closes a connection after an answer to which the client has not sent its whole request.

    A socket that is closed with unread bytes resets the answer away. What the client still sends is dropped, slowly,
    until it pauses, for `MAX_LINGER_S` and `MAX_LINGER_BYTES` at most.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport) -> None:
        self._loop, self._transport = loop, transport
        self._dropped_bytes, self._ends_at = 0, loop.time() + MAX_LINGER_S
        self._deadline = ReadDeadline(loop, transport.close)
        self._resumption: asyncio.TimerHandle | None = None
        if transport.can_write_eof() and not transport.is_closing():
            transport.write_eof()
        self._read_on()
        self._deadline.start(LINGER_PAUSE_S)

    def drop(self, data: bytes) -> None:
        """Drop what the client has sent, and wait for its next pause."""
        self._dropped_bytes += len(data)
        if self._dropped_bytes > MAX_LINGER_BYTES:
            self._transport.close()
            return
        self._deadline.start(min(LINGER_PAUSE_S, self._ends_at - self._loop.time()))
        self._transport.pause_reading()  # at full speed, what is dropped would take the time of other clients
        self._resumption = self._loop.call_later(LINGER_READ_INTERVAL_S, self._read_on)

    def _read_on(self) -> None:
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def stop(self) -> None:
        """Stop waiting: the connection is closed."""
        self._deadline.stop()
        if self._resumption is not None:
            self._resumption.cancel()
