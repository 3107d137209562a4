"""The end of the watch: a reading may still run in its thread when the server stops."""

import threading
import time
from pathlib import Path

import pytest

from app.changes.serial_reader import ReaderClosed, SerialReader
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, ObservedDatabase


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


def test_a_connection_is_closed_after_its_reading_and_read_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, slow = Database(f"sqlite:///{tmp_path / 'unused.db'}"), SlowConnection()
    reader = SerialReader(ObservedDatabase(database, DatabaseHealth()))
    monkeypatch.setattr(reader, "_connection", slow)
    reading = threading.Thread(target=reader._read)
    reading.start()
    slow.begun.wait(5)
    reader.close()
    reading.join(5)
    assert slow.done == ["read", "closed"]
    with pytest.raises(ReaderClosed):
        reader._read()
    assert not (tmp_path / "unused.db").exists()
