"""Refusals of a client that asks again too early are held back, and nothing else is."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from app.kit import refusal_pacing
from app.kit.ready_response import ReadyHead, ReadyResponse
from app.kit.refusal_pacing import PACED_REFUSAL_S, RefusalPacer

REFUSAL = ReadyResponse(ReadyHead.of(503, []), b"busy", b"1", retry_after_s=2)
READ = ReadyResponse(ReadyHead.of(200, []), b"read", b"2")


class Handle:
    """A timer that may be cancelled."""

    is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class Clock:
    """A loop whose time goes on when a test says so."""

    def __init__(self) -> None:
        self.now, self.timers = 100.0, list[tuple[float, Handle, Callable[[], None]]]()

    def time(self) -> float:
        return self.now

    def call_later(self, delay_s: float, callback: Callable[..., None], *arguments: Any) -> Handle:
        handle = Handle()
        self.timers.append((self.now + delay_s, handle, partial(callback, *arguments)))
        return handle

    def advance(self, seconds: float) -> None:
        self.now += seconds
        due = [timer for timer in self.timers if timer[0] <= self.now]
        self.timers = [timer for timer in self.timers if timer not in due]
        for _, handle, run in due:
            if not handle.is_cancelled:
                run()


class Cycle:
    """A request whose client is there, or has left."""

    def __init__(self, *, disconnected: bool = False) -> None:
        self.disconnected, self.transport = disconnected, self

    def is_closing(self) -> bool:
        return False


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was written."""
    contents = list[bytes]()
    monkeypatch.setattr(refusal_pacing, "write_ready_response", lambda _, response: contents.append(response.content))
    return contents


def test_a_first_refusal_comes_at_once_and_one_too_early_a_little_later(written: list[bytes]) -> None:
    clock: Any = Clock()
    cycle: Any = Cycle()
    pacer = RefusalPacer(clock)
    pacer.write(cycle, REFUSAL)
    assert written == [b"busy"]
    pacer.write(cycle, REFUSAL)
    clock.advance(PACED_REFUSAL_S / 2)
    assert written == [b"busy"]
    clock.advance(PACED_REFUSAL_S)
    assert written == [b"busy"] * 2
    pacer.write(cycle, READ)
    assert written[2:] == [b"read"]
    clock.advance(REFUSAL.retry_after_s)
    pacer.write(cycle, REFUSAL)
    assert written[3:] == [b"busy"]


def test_nothing_is_written_to_who_has_left(written: list[bytes]) -> None:
    clock: Any = Clock()
    cycle: Any = Cycle()
    left: Any = Cycle(disconnected=True)
    pacer = RefusalPacer(clock)
    pacer.write(cycle, REFUSAL)
    pacer.write(left, REFUSAL)
    clock.advance(1)
    pacer.write(cycle, REFUSAL)
    pacer.stop()
    clock.advance(1)
    assert written == [b"busy"]
