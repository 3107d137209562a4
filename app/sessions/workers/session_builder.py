"""Has jobs done in worker processes, or in a thread where there are none: few at a time, a short queue."""

import asyncio
import contextlib
import logging
import re
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from app.catalogue.snapshot import Snapshot
from app.kit.compiled_modules import HOOK, are_used
from app.kit.errors import work_interrupted
from app.kit.request_statistics import Durations
from app.kit.work_limiter import WorkLimiter, check_connected
from app.kit.worker_pool import Worker, WorkerPool
from app.sessions.responses import builder_errors_as_problems
from app.sessions.workers import worker as worker_functions
from app.sessions.workers.builder_catalogue import BuilderCatalogue, CatalogueKey, CataloguePackage
from app.sessions.workers.jobs import ExampleSession, Job, JobOutcome, run_job
from app.sessions.workers.worker import MAX_CATALOGUES

log = logging.getLogger("thoracic.builds")
Value = TypeVar("Value")
BUILD_PATHS: Final = re.compile(r"/v1/sessions(/[^/]+/(swap|alternatives))?")
"""The paths whose `POST` builds."""
MAX_BUILD_S: Final = 30
"""Seconds after which a worker is killed: the dearest request that is known takes less than one on a free core."""
MAX_ATTEMPTS: Final = 2


class SessionBuilder:
    """Builds sessions for the routes."""

    def __init__(self, workers: int, max_waiting: int) -> None:
        """`workers` processes; 0: a thread of this process. `max_waiting` builds may wait for one."""
        self.limiter = WorkLimiter(max(1, workers), max_waiting)
        modules = ((HOOK,) if are_used() else ()) + (worker_functions.__name__,)
        self.pool = WorkerPool(workers, worker_functions.prepare, modules) if workers else None
        self.durations = Durations()
        """Of the builds, without the time in which they wait."""
        self._examples: dict[int, asyncio.Task[bytes]] = {}

    async def build(self, request: Request, job: Job[Value], catalogue: Snapshot) -> Value:
        """Return the result of a job.

        Raises the problem of a builder's error, `ServiceBusy` at once where the queue is full, `ClientDisconnected`
        where the client of `request` is gone when its turn comes, and `WorkerUnavailable` where workers die over it.
        """
        if self.pool is None:
            outcome = await self.limiter.run(request, lambda: self._run_here(job, catalogue))
        else:
            async with self.limiter.admit(), self.pool.reserve() as worker:
                await check_connected(request)
                with self.durations.measure():
                    outcome = await _run_in_worker(worker, job, catalogue)
        with builder_errors_as_problems():
            return outcome.unwrap()

    def _run_here(self, job: Job[Value], catalogue: Snapshot) -> JobOutcome[Value]:
        """Return what comes of a job in this thread."""
        with self.durations.measure():
            return run_job(job, builder_catalogue(catalogue))

    async def example(self, catalogue: Snapshot) -> bytes:
        """Return the example session in JSON: of what is shared, so that it is everybody's. It is built once."""
        catalogue = catalogue.shared
        task = self._examples.get(catalogue.serial)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._examples[catalogue.serial] = asyncio.create_task(self._build_example(catalogue))
            for serial in [*self._examples][:-2]:
                del self._examples[serial]
        return await asyncio.shield(task)

    async def warm(self, catalogue: Snapshot) -> None:
        """Start the workers, send them the catalogue and build the example, so that no request waits for it."""
        if self.pool is not None:
            await asyncio.gather(*[self._warm_worker(catalogue) for _ in range(self.pool.size)])
        await self.example(catalogue)

    def stop(self) -> None:
        """End the workers."""
        if self.pool is not None:
            self.pool.stop()

    async def _warm_worker(self, catalogue: Snapshot) -> None:
        assert self.pool is not None
        async with self.pool.reserve() as worker:
            with contextlib.suppress(BrokenProcessPool, OSError):  # the first build tries again, and says so
                await worker.call(MAX_BUILD_S, worker_functions.load_catalogue, pack_catalogue(catalogue))

    async def _build_example(self, catalogue: Snapshot) -> bytes:
        """Build the example. It waits for its turn, and is never refused."""
        job = ExampleSession()
        if self.pool is None:
            return await to_thread.run_sync(lambda: job.run(builder_catalogue(catalogue)), limiter=CapacityLimiter(1))
        async with self.pool.reserve() as worker:
            outcome = await _run_in_worker(worker, job, catalogue)
        with builder_errors_as_problems():
            return outcome.unwrap()


async def _run_in_worker(worker: Worker, job: Job[Value], catalogue: Snapshot) -> JobOutcome[Value]:
    """Return what comes of a job; where the worker dies over it, it is done once more by another process."""
    for _ in range(MAX_ATTEMPTS):
        try:
            return await _run_on_catalogue(worker, job, catalogue)
        except BrokenProcessPool:
            log.error("a worker process died")
        except TimeoutError:
            log.error("a build took too long and was ended")
            break
        except OSError as error:  # no folder for temporary files, no shared memory, no process more
            log.error("no worker process can be started", extra={"error": type(error).__name__, "errno": error.errno})
            break
    raise work_interrupted()


async def _run_on_catalogue(worker: Worker, job: Job[Value], catalogue: Snapshot) -> JobOutcome[Value]:
    outcome = await worker.call(MAX_BUILD_S, worker_functions.run_on_catalogue, catalogue_key(catalogue), job)
    if outcome is None:
        await worker.call(MAX_BUILD_S, worker_functions.load_catalogue, pack_catalogue(catalogue))
        outcome = await worker.call(MAX_BUILD_S, worker_functions.run_on_catalogue, catalogue_key(catalogue), job)
    assert outcome is not None
    return outcome


def pack_catalogue(catalogue: Snapshot) -> CataloguePackage:
    """Return the exercises of a snapshot as they are sent to a worker."""
    exercises = catalogue.exercises
    return CataloguePackage(catalogue_key(catalogue), tuple(exercises.json_by_slug.values()), exercises.tombstones)


def catalogue_key(catalogue: Snapshot) -> CatalogueKey:
    """Return what tells the catalogue from others that are built from."""
    return CatalogueKey(catalogue.serial, catalogue.partner)


@lru_cache(maxsize=MAX_CATALOGUES)
def builder_catalogue(catalogue: Snapshot) -> BuilderCatalogue:
    """Return what the builder needs of a snapshot; that of the last ones is kept, as in a worker process."""
    exercises = catalogue.exercises
    return BuilderCatalogue(catalogue_key(catalogue), exercises.records.values(), exercises.tombstones)
