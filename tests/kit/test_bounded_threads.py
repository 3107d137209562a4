"""Threads that ask the database: few, with a time limit, and free again when the database answers."""

import asyncio
import threading
import time

import pytest

from app.kit.bounded_threads import BoundedThreads
from app.kit.database_health import classify_fault


def test_calls_that_hang_hold_their_slots_and_the_next_one_is_told_at_once() -> None:
    async def run() -> None:
        threads, answers = BoundedThreads(2, 0.1), threading.Event()
        hanging = await asyncio.gather(*[threads.run(answers.wait) for _ in range(3)], return_exceptions=True)
        assert [type(error) for error in hanging] == [TimeoutError] * 3
        begun_at = time.monotonic()
        with pytest.raises(TimeoutError):
            await threads.run(int)
        assert time.monotonic() - begun_at < 0.05
        answers.set()
        async with asyncio.timeout(5):
            while True:
                try:
                    assert await threads.run(int, "7") == 7
                    return
                except TimeoutError:
                    await asyncio.sleep(0.005)

    asyncio.run(run())


def test_calls_wait_for_a_slot_and_what_they_raise_is_raised() -> None:
    async def run() -> None:
        threads = BoundedThreads(1, 5)
        assert await asyncio.gather(*[threads.run(int, str(number)) for number in range(20)]) == list(range(20))
        with pytest.raises(ValueError, match="invalid literal"):
            await threads.run(int, "seven")

    asyncio.run(run())


def test_a_thread_that_cannot_be_started_holds_no_slot_and_is_a_fault_of_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    async def run() -> None:
        threads = BoundedThreads(2, 5)
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", refuse)
            for _ in range(3):
                with pytest.raises(OSError, match="no thread can be started") as raised:
                    await threads.run(int)
                assert classify_fault(raised.value) == "unreachable"
        assert list(await asyncio.gather(threads.run(int, "7"), threads.run(int, "8"))) == [7, 8]

    asyncio.run(run())
