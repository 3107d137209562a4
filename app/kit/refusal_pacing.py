"""Holds back refusals on a connection whose client asks again before it was told to."""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from app.kit.ready_response import ReadyResponse, write_ready_response

PACED_REFUSAL_S: Final = 0.02
"""Seconds for which a repeated refusal is held back.

A client that asks again at once then gets 50 refusals a second. Without this time, a few such clients would keep the
process busy with refusals, and other clients would wait.
"""


class RefusalPacer:
    """Writes the ready responses of one connection: a first refusal at once, further ones a little later."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._may_ask_at = 0.0
        """The time of the loop from which on the client may ask again; 0: always."""
        self._handle: asyncio.TimerHandle | None = None

    def write(self, cycle: RequestResponseCycle, response: ReadyResponse) -> None:
        """Write a response, now or later."""
        if response.retry_after_s:
            now, may_ask_at = self._loop.time(), self._may_ask_at
            self._may_ask_at = now + response.retry_after_s
            if now < may_ask_at:
                self._handle = self._loop.call_later(PACED_REFUSAL_S, self._write_later, cycle, response)
                return
        write_ready_response(cycle, response)

    def stop(self) -> None:
        """Write nothing more: the connection is closed."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _write_later(self, cycle: RequestResponseCycle, response: ReadyResponse) -> None:
        self._handle = None
        if not cycle.disconnected and not cycle.transport.is_closing():
            write_ready_response(cycle, response)
