"""The watch with a read replica: which database is followed, and what a replica that is away or behind changes."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.changes import serial_watcher
from app.changes.serial_reader import SerialReader, SerialReading
from app.changes.serial_watcher import SerialWatcher
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, FaultWord, ObservedDatabase


class ScriptedReader(SerialReader):
    """A reader of a database whose serial, or fault, the test sets."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(ObservedDatabase(Database(f"sqlite:///{folder / name}"), DatabaseHealth(name)))
        self.next: int | FaultWord = 1
        self.count = 0

    async def read(self) -> SerialReading:
        self.count += 1
        return SerialReading(self.next) if isinstance(self.next, int) else SerialReading(None, self.next)


class Watch:
    """A watch of two scripted readers, polled by the test; `followed` lists each change and where it was read."""

    def __init__(self, folder: Path) -> None:
        self.primary, self.replica = ScriptedReader(folder, "primary"), ScriptedReader(folder, "replica")
        self.followed: list[tuple[int, str]] = []
        self.watcher = SerialWatcher(self.primary, self._follow, 1, self.replica)

    async def _follow(self, serial: int, database: Database) -> int:
        self.followed.append((serial, "replica" if database is self.replica.database else "primary"))
        return serial

    def poll(self, *, primary: Any, replica: Any, times: int = 1) -> "FaultWord | None":
        """Poll with these serials or faults. Return the fault of the replica."""
        self.primary.next, self.replica.next = primary, replica

        async def run() -> None:
            for _ in range(times):
                task = asyncio.create_task(self.watcher.run())
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

        asyncio.run(run())
        return self.replica.health.serial_fault


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic time as the watch sees it."""
    now = [1000.0]
    monkeypatch.setattr(serial_watcher, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_the_replica_is_followed_and_the_primary_asked_once_a_second(watch: Watch, clock: list[float]) -> None:
    assert watch.poll(primary=1, replica=1, times=5) is None
    assert (watch.replica.count, watch.primary.count) == (5, 1)
    clock[0] += 1.0
    watch.poll(primary=2, replica=2)
    assert (watch.followed, watch.primary.count) == ([(2, "replica")], 2)


def test_the_primary_is_followed_while_the_replica_is_away(watch: Watch, clock: list[float]) -> None:
    assert watch.poll(primary=2, replica="unreachable") == "unreachable"
    assert watch.followed == [(2, "primary")]
    # It comes back and is behind: what was served does not become older, and nothing is said of it for a second.
    assert watch.poll(primary=2, replica=1) is None
    assert watch.poll(primary=3, replica=3) is None
    assert watch.followed == [(2, "primary"), (3, "replica")]


def test_a_replica_that_stays_behind_is_left_for_the_primary(watch: Watch, clock: list[float]) -> None:
    assert watch.poll(primary=2, replica=1) is None
    assert watch.followed == []
    clock[0] += 1.1
    assert watch.poll(primary=2, replica=1) == "behind"
    assert watch.followed == [(2, "primary")]
    assert watch.poll(primary=3, replica=2) == "behind"
    assert watch.poll(primary=3, replica=3) is None
    assert watch.followed == [(2, "primary"), (3, "primary")]


def test_the_replica_is_followed_while_the_primary_is_away(watch: Watch, clock: list[float]) -> None:
    watch.poll(primary="unreachable", replica=1)
    assert watch.primary.health.serial_fault == "unreachable"
    assert watch.poll(primary="unreachable", replica=2) is None
    assert watch.followed == [(2, "replica")]


def test_a_backup_that_was_restored_on_both_is_followed_back(watch: Watch, clock: list[float]) -> None:
    watch.poll(primary=5, replica=5)
    watch.poll(primary=3, replica=3)
    assert watch.followed == [(5, "replica"), (3, "replica")]


def test_nothing_is_followed_while_both_are_away(watch: Watch, clock: list[float]) -> None:
    assert watch.poll(primary="locked", replica="unreachable", times=2) == "unreachable"
    assert watch.followed == []
