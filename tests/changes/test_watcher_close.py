"""The end of the watch: a reading may still run in its thread when the server stops."""

import threading
import time
from pathlib import Path

import pytest

from app.changes.serial import SerialWatcher
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth


class SlowConnection:
    """A connection whose answer takes its time, and which notes what was done to it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.done: list[str] = []

    def execute(self, _: object) -> "SlowConnection":
        self.begun.set()
        time.sleep(0.05)
        return self

    def scalar_one(self) -> int:
        self.done.append("read")
        return 7

    def close(self) -> None:
        self.done.append("closed")


async def follow_nothing(serial: int) -> int:
    """Take every serial for loaded."""
    return serial


def test_a_connection_is_closed_after_its_reading_and_read_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, slow = Database(f"sqlite:///{tmp_path / 'unused.db'}"), SlowConnection()
    watch = SerialWatcher(database, follow_nothing, 3, DatabaseHealth())
    monkeypatch.setattr(watch, "_connection", slow)
    reading = threading.Thread(target=watch._read)
    reading.start()
    slow.begun.wait(5)
    watch.close()
    reading.join(5)
    assert slow.done == ["read", "closed"]
    assert watch._read() == 3
    assert not (tmp_path / "unused.db").exists()
