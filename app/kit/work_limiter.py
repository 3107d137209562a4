"""Runs costly work in threads or processes of its own: few at a time, a short queue, a refusal at once beyond it."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final, TypeVar

from anyio import BrokenWorkerProcess, CapacityLimiter, from_thread, to_process, to_thread
from starlette.requests import Request

from app.kit.errors import Problem, TemporaryProblem, work_interrupted

log = logging.getLogger("thoracic.work")
Result = TypeVar("Result")
MAX_ATTEMPTS: Final = 2
"""Processes that may die over one piece of work: a new one takes the place of each."""
DISCONNECTED = "The client closed the connection before its turn came."


class ServiceBusy(TemporaryProblem):
    """The queue of costly work is full."""

    title = "Too much work at once"


class ClientDisconnected(Problem):
    """Nobody reads this answer; the status is the one that nginx logs in this case."""

    status, title = 499, "Client closed request"


class WorkLimiter:
    """Admits `max_running` pieces of work at a time and lets `max_waiting` more wait, first come, first served.

    The work shares one interpreter with every read. More threads than cores make each piece slower and gain nothing,
    and a queue without bound works for clients that left long ago.
    """

    def __init__(self, max_running: int, max_waiting: int, retry_after_s: int = 2) -> None:
        """`retry_after_s`: after which a refused client may ask again, about the time in which a full queue is done."""
        self.retry_after_s = retry_after_s
        self.max_admitted = max_running + max_waiting
        self._admitted = 0
        self._slots = CapacityLimiter(max_running)

    async def run(self, request: Request, work: Callable[[], Result]) -> Result:
        """Return what `work` returns, run in a thread.

        Raises `ServiceBusy` at once where the queue is full, and `ClientDisconnected` where the client of `request`
        is gone when its turn comes: the work is not begun then.
        """
        async with self.admit():
            return await to_thread.run_sync(_begin, request, work, limiter=self._slots)

    async def run_in_process(self, request: Request, function: Callable[..., Result], *arguments: object) -> Result:
        """Return what a function of a module returns for arguments, called in another process.

        Raises as `run` does, and `WorkerUnavailable` where two processes die over it. For work in compiled code that
        keeps the interpreter to itself: in a thread it would stop every other answer.
        """
        async with self.admit(), self._slots:
            await check_connected(request)
            return await _call_twice(function, *arguments)

    async def run_for_many(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return what a function returns, as `run_in_process` does, for work that is not of one request.

        It waits for its turn among the requests for as long as it takes. Raises `WorkerUnavailable`.
        """
        async with self._slots:
            return await _call_twice(function, *arguments)

    @property
    def admitted(self) -> int:
        """The pieces of work that run or wait."""
        return self._admitted

    @property
    def is_full(self) -> bool:
        """Whether one more piece of work would be refused."""
        # Counted here and not read from the CapacityLimiter: that one yields to other tasks before it counts.
        return self._admitted >= self.max_admitted

    def refusal(self) -> ServiceBusy:
        """Return the problem of work that is refused."""
        return ServiceBusy("Many are asking for this at the moment.", retry_after_s=self.retry_after_s)

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Count one piece of work as admitted. Raises `ServiceBusy` where the queue is full."""
        if self.is_full:
            raise self.refusal()
        self._admitted += 1
        try:
            yield
        finally:
            self._admitted -= 1


async def check_connected(request: Request) -> None:
    """Raise `ClientDisconnected` where the client of a request is gone."""
    if await request.is_disconnected():
        raise ClientDisconnected(DISCONNECTED)


async def _call_twice(function: Callable[..., Result], *arguments: object) -> Result:
    for _ in range(MAX_ATTEMPTS):  # a process that had waited for work may have been killed meanwhile
        with suppress(BrokenWorkerProcess):
            return await _call_in_process(function, *arguments)
    log.error("processes died over one piece of work")
    raise work_interrupted()


async def _call_in_process(function: Callable[..., Result], *arguments: object) -> Result:
    # The caller has a slot already: this limiter only keeps the library from using its own.
    return await to_process.run_sync(function, *arguments, limiter=CapacityLimiter(1))


def _begin(request: Request, work: Callable[[], Result]) -> Result:
    if from_thread.run(request.is_disconnected):
        raise ClientDisconnected(DISCONNECTED)
    return work()
