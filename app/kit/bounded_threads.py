"""Threads for calls that may hang, such as of the database: few, with a time limit, and never needed by other work.

A thread that waits for a database that hangs cannot be ended from outside. It keeps its slot until the database
answers, so that their number stays bounded, and the request goes on without it.
"""

import asyncio
import contextlib
import errno
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class BoundedThreads:
    """Runs functions that may hang, at most `max_running` at a time."""

    def __init__(self, max_running: int, timeout_s: float, name: str = "database") -> None:
        """`timeout_s`: in which a request gets its answer, the wait for a slot included; `name`: of the threads."""
        self.max_running, self.timeout_s, self.name = max_running, timeout_s, name
        self._slots = asyncio.Semaphore(max_running)
        self._overdue_calls: set[asyncio.Future[None]] = set()

    async def run(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return what a function returns. Raises what it raises, and `TimeoutError` where it takes too long.

        Where every slot is held by a call that is overdue, that is raised at once. Raises `OSError` where no
        thread can be started.
        """
        if len(self._overdue_calls) >= self.max_running:
            raise TimeoutError
        async with asyncio.timeout(self.timeout_s):
            await self._slots.acquire()
            return await self._start(function, arguments)

    async def _start(self, function: Callable[..., Result], arguments: tuple[object, ...]) -> Result:
        loop = asyncio.get_running_loop()
        result: asyncio.Future[Result] = loop.create_future()
        ended: asyncio.Future[None] = loop.create_future()
        ended.add_done_callback(self._free_slot)

        def finish(value: Result | None, error: BaseException | None) -> None:
            ended.set_result(None)
            if result.done():
                return
            if error is not None:
                result.set_exception(error)
            else:
                result.set_result(value)  # type: ignore[arg-type]

        def work() -> None:
            value, error = None, None
            try:
                value = function(*arguments)
            except BaseException as raised:  # it belongs to the request that waits for it
                error = raised
            with contextlib.suppress(RuntimeError):  # the loop is closed: the service stops
                loop.call_soon_threadsafe(finish, value, error)

        # A daemon, so that a database that hangs does not keep the service from ending.
        thread = threading.Thread(target=work, name=self.name, daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # the system allows this process no more threads
            ended.cancel()
            raise OSError(errno.EAGAIN, "no thread can be started") from error
        try:
            return await result
        except asyncio.CancelledError:
            if not ended.done():
                self._overdue_calls.add(ended)
            raise

    def _free_slot(self, ended: "asyncio.Future[None]") -> None:
        self._overdue_calls.discard(ended)
        self._slots.release()
