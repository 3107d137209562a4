"""The serial: one writer at a time, and a watch that nothing ends."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.changes import serial_reader, serial_watcher
from app.changes.serial import lock_serial, read_serial, set_serial
from app.changes.serial_reader import SerialReader
from app.changes.serial_watcher import SerialWatcher
from app.kit.database import Database
from app.kit.database_health import DatabaseHealth, ObservedDatabase

LOCK_HELD_S = 0.3


def advance_serial(database: Database, by: int = 1) -> int:
    with database.transaction() as session:
        value = lock_serial(session) + by
        set_serial(session, value)
        return value


def test_a_second_writer_waits_for_the_first(database_url: str, database: Database) -> None:
    database.migrate()
    waited: list[float] = []

    def second() -> None:
        other = Database(database_url)
        start = time.monotonic()
        assert advance_serial(other) == 2
        waited.append(time.monotonic() - start)
        other.close()

    with database.transaction() as session:
        assert lock_serial(session) == 0
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(LOCK_HELD_S)
        set_serial(session, 1)
    thread.join()
    assert waited[0] >= LOCK_HELD_S / 2
    with database.read_transaction() as session:
        assert read_serial(session) == 2


def test_what_fails_moves_nothing(database: Database) -> None:
    database.migrate()

    def fail() -> None:
        with database.transaction() as session:
            set_serial(session, lock_serial(session) + 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read_transaction() as session:
        assert read_serial(session) == 0


def test_a_reader_sees_one_state_throughout(database_url: str, database: Database) -> None:
    database.migrate()
    other = Database(database_url)
    with database.read_transaction() as session:
        assert read_serial(session) == 0
        advance_serial(other)
        assert read_serial(session) == 0
    with database.read_transaction() as session:
        assert read_serial(session) == 1
    other.close()


def run_watcher(
    database: Database,
    on_change: Callable[[int, Database], Awaitable[int]],
    meanwhile: Callable[[SerialWatcher], Awaitable[None]],
) -> None:
    """Runs a watch beside what the test does meanwhile."""

    async def both() -> None:
        watcher = SerialWatcher(SerialReader(ObservedDatabase(database, DatabaseHealth())), on_change, 0)
        task = asyncio.create_task(watcher.run())
        try:
            await meanwhile(watcher)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            watcher.close()

    asyncio.run(both())


async def wait_until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_watcher, "POLL_INTERVAL_S", 0.01)
    monkeypatch.setattr(serial_watcher, "RELOAD_PAUSE_S", 0.05)


def test_the_watch_tells_each_move_once(database: Database) -> None:
    database.migrate()
    reported: list[int] = []

    async def on_change(value: int, _: Database) -> int:
        reported.append(value)
        return value

    async def meanwhile(_: SerialWatcher) -> None:
        await asyncio.sleep(0.05)
        assert reported == []
        for value in (1, 2):
            assert await asyncio.to_thread(advance_serial, database) == value
            await wait_until(lambda: bool(reported) and reported[-1] == value)  # noqa: B023
        await asyncio.sleep(0.05)

    run_watcher(database, on_change, meanwhile)
    assert reported == [1, 2]


def test_a_catalogue_that_cannot_be_loaded_is_tried_again_after_a_pause_and_told(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database.migrate()
    call_times: list[float] = []

    async def on_change(serial: int, _: Database) -> int:
        call_times.append(time.monotonic())
        if len(call_times) < 3:
            raise KeyError("a row that nobody expected")
        return serial + 1  # another change came while this one was loaded

    async def meanwhile(watcher: SerialWatcher) -> None:
        await asyncio.to_thread(advance_serial, database)
        await wait_until(lambda: len(call_times) == 1)
        assert (watcher.known_serial, watcher.primary.health.fault) == (0, None)
        await wait_until(lambda: watcher.known_serial == 2)

    run_watcher(database, on_change, meanwhile)
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(call_times))
    records = [record.__dict__ for record in caplog.records if record.message == "the catalogue cannot be loaded"]
    assert [record["error"] for record in records] == ["KeyError"] * 2
    assert "test_serial_watcher.py" in records[0]["locations"][-1]
    assert "nobody expected" not in caplog.text


def test_a_file_that_takes_the_place_of_the_database_is_read(tmp_path: Path) -> None:
    paths = [tmp_path / "old.db", tmp_path / "new.db"]
    for serial, path in enumerate(paths):
        writer = Database(f"sqlite:///{path}")
        writer.migrate()
        advance_serial(writer, by=serial)
        writer.close()
    reader = SerialReader(ObservedDatabase(Database(f"sqlite:///{paths[0]}", 1.0), DatabaseHealth()))
    assert reader._read() == 0
    paths[1].rename(paths[0])
    assert reader._read() == 1
    reader.close()
    reader.database.close()


def test_a_database_that_only_hangs_is_not_called_well(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_reader, "UNHEALTHY_AFTER_S", 0.5)
    database.migrate()

    async def on_change(_: int, __: Database) -> int:
        raise AssertionError("nothing moved")

    async def meanwhile(watcher: SerialWatcher) -> None:
        with watcher.primary._connection_lock:  # what its reading waits for
            await wait_until(lambda: watcher.primary.health.serial_fault == "too_slow")
        await wait_until(lambda: watcher.primary.health.serial_fault is None)

    run_watcher(database, on_change, meanwhile)


def test_the_watch_says_when_the_database_is_away_and_when_it_is_back(database: Database) -> None:
    database.migrate()

    async def on_change(_: int, __: Database) -> int:
        raise AssertionError("nothing moved")

    def rename(old: str, new: str) -> None:
        with database.transaction() as session:
            session.execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))

    async def meanwhile(watcher: SerialWatcher) -> None:
        await asyncio.to_thread(rename, "serial", "away")
        await wait_until(lambda: watcher.primary.health.serial_fault is not None)
        await asyncio.to_thread(rename, "away", "serial")
        await wait_until(lambda: watcher.primary.health.serial_fault is None)

    run_watcher(database, on_change, meanwhile)
