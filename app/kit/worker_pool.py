"""Processes that do costly work beside the service: warm, replaced when one dies, killed when one takes too long.

They are forked from one server process that has imported what they need: they start in milliseconds and share memory.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from app.kit.worker_process import call, set_up_process

Result = TypeVar("Result")
NICENESS: Final = 10
"""Of workers: the system prefers the process that answers, so that a read waits for no build."""


class Worker:
    """One worker process. An executor of its own, so that its death breaks no work of another."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        """`prepare` is called in the process before its first work."""
        self._prepare = prepare
        self._executor: ProcessPoolExecutor | None = None
        self._process_id = 0

    @property
    def process_id(self) -> int:
        """The number of the process; 0 where none runs."""
        return self._process_id

    async def start(self) -> None:
        """Start the process, where it does not run, and wait until it is prepared."""
        if self._executor is None:
            context = multiprocessing.get_context("forkserver")
            self._executor = ProcessPoolExecutor(1, context, set_up_process, (self._prepare, NICENESS))
            # In a thread: the first of all submits waits for the server process to import everything.
            started = await asyncio.to_thread(self._executor.submit, os.getpid)
            self._process_id = await asyncio.wrap_future(started)

    async def call(self, timeout_s: float, function: Callable[..., Result], *arguments: object) -> Result:
        """Return what a function of a module returns for arguments, called in the process.

        Raises `WorkFailed` for an exception there, `BrokenProcessPool` when the process dies, `TimeoutError` when it
        takes longer, which kills it, and `OSError` where no process can be started. The next call starts a new one.
        """
        try:
            await self.start()
            assert self._executor is not None
            async with asyncio.timeout(timeout_s):
                return await asyncio.wrap_future(self._executor.submit(call, function, arguments))
        except (BrokenProcessPool, OSError):  # a `TimeoutError` is an `OSError`
            self.stop()
            raise

    def stop(self, *, wait: bool = False) -> None:
        """Kill the process, where one runs. With `wait`, only return when all that it used is given back."""
        executor, self._executor = self._executor, None
        process_id, self._process_id = self._process_id, 0
        if executor is not None:
            if process_id:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process_id, signal.SIGKILL)
            executor.shutdown(wait=wait, cancel_futures=True)


class WorkerPool:
    """A number of workers, each of which does one piece of work at a time."""

    def __init__(self, size: int, prepare: Callable[[], None], modules: Sequence[str]) -> None:
        """`modules` are imported once, before the workers are forked."""
        multiprocessing.get_context("forkserver").set_forkserver_preload(list(modules))
        self._workers = [Worker(prepare) for _ in range(size)]
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    @property
    def size(self) -> int:
        """How many workers there are."""
        return len(self._workers)

    @contextlib.asynccontextmanager
    async def reserve(self) -> AsyncIterator[Worker]:
        """Yield a worker that does nothing else meanwhile. Waits until one is idle, first come, first served."""
        worker = await self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put_nowait(worker)

    def stop(self) -> None:
        """Kill all processes."""
        for worker in self._workers:
            worker.stop(wait=True)
