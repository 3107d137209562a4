"""The limiter of costly work: how many run, how many wait, and who is refused."""

import asyncio
import operator
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from starlette.requests import Request

from app.kit.errors import WorkerUnavailable
from app.kit.work_limiter import ClientDisconnected, ServiceBusy, WorkLimiter


def request_of(*, connected: bool = True) -> Request:
    """A request whose client stays connected, or has left."""

    async def receive() -> dict[str, Any]:
        if connected:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


class Gate:
    """Work that goes on until it is opened, and records who began."""

    def __init__(self) -> None:
        self.opened, self.begun = threading.Event(), list[int]()

    def work(self, number: int) -> Callable[[], int]:
        def wait() -> int:
            self.begun.append(number)
            self.opened.wait(10)
            return number

        return wait


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(("max_running", "max_waiting"), [(1, 0), (1, 3), (2, 2)])
def test_a_full_queue_refuses_at_once_and_the_others_are_served_in_order(max_running: int, max_waiting: int) -> None:
    async def run() -> None:
        limiter, gate = WorkLimiter(max_running, max_waiting), Gate()
        admitted = max_running + max_waiting
        # All at once: the burst is counted before any of it has begun.
        calls = [asyncio.create_task(limiter.run(request_of(), gate.work(n))) for n in range(admitted + 5)]
        refused = await asyncio.gather(*calls[admitted:], return_exceptions=True)
        assert [type(error) for error in refused] == [ServiceBusy] * 5
        await until(lambda: len(gate.begun) == max_running)
        gate.opened.set()
        assert await asyncio.gather(*calls[:admitted]) == list(range(admitted))
        assert sorted(gate.begun) == list(range(admitted))

    asyncio.run(run())


def test_a_refusal_says_when_to_ask_again() -> None:
    async def run() -> None:
        limiter, gate = WorkLimiter(1, 0), Gate()
        running = asyncio.create_task(limiter.run(request_of(), gate.work(1)))
        await asyncio.sleep(0)
        with pytest.raises(ServiceBusy) as refused:
            await limiter.run(request_of(), gate.work(2))
        gate.opened.set()
        await running
        assert int(refused.value.headers["Retry-After"]) >= 1

    asyncio.run(run())


def test_work_of_a_client_that_left_is_not_begun() -> None:
    async def run() -> None:
        limiter, gate = WorkLimiter(1, 2), Gate()
        first = asyncio.create_task(limiter.run(request_of(), gate.work(1)))
        await until(lambda: gate.begun == [1])
        left = asyncio.create_task(limiter.run(request_of(connected=False), gate.work(2)))
        stays = asyncio.create_task(limiter.run(request_of(), gate.work(3)))
        await asyncio.sleep(0.02)
        gate.opened.set()
        with pytest.raises(ClientDisconnected):
            await left
        assert (await first, await stays) == (1, 3)
        assert gate.begun == [1, 3]

    asyncio.run(run())


def test_a_place_is_free_again_after_work_that_fails() -> None:
    def fail() -> None:
        raise ValueError("no such thing")

    async def run() -> None:
        limiter = WorkLimiter(1, 0)
        for _ in range(3):
            with pytest.raises(ValueError, match="no such thing"):
                await limiter.run(request_of(), fail)

    asyncio.run(run())


def test_work_in_a_process_is_done_elsewhere_and_leaves_the_loop_free() -> None:
    async def run() -> None:
        limiter = WorkLimiter(1, 1)
        first = asyncio.create_task(limiter.run_in_process(request_of(), time.sleep, 0.3))
        await asyncio.sleep(0)
        process_id = asyncio.create_task(limiter.run_in_process(request_of(), os.getpid))
        await asyncio.sleep(0)
        with pytest.raises(ServiceBusy):
            await limiter.run_in_process(request_of(), os.getpid)
        assert not first.done()
        assert await process_id != os.getpid()
        with pytest.raises(ZeroDivisionError):
            await limiter.run_in_process(request_of(), operator.truediv, 1, 0)
        with pytest.raises(ClientDisconnected):
            await limiter.run_in_process(request_of(connected=False), os.getpid)
        assert await limiter.run_in_process(request_of(), os.getpid) == process_id.result()

    asyncio.run(run())


def test_a_process_that_was_killed_is_replaced() -> None:
    async def run() -> None:
        limiter = WorkLimiter(1, 0)
        process_id = await limiter.run_in_process(request_of(), os.getpid)
        os.kill(process_id, signal.SIGKILL)
        assert await limiter.run_in_process(request_of(), os.getpid) not in (process_id, os.getpid())

    asyncio.run(run())


def test_work_over_which_two_processes_die_is_a_503_and_gives_its_place_back() -> None:
    async def run() -> None:
        limiter = WorkLimiter(1, 0)
        with pytest.raises(WorkerUnavailable) as interrupted:
            await limiter.run_in_process(request_of(), os._exit, 1)
        assert (interrupted.value.status, interrupted.value.headers["Retry-After"]) == (503, "2")
        assert limiter.admitted == 0

    asyncio.run(run())
