"""Stored sessions and clocks: what a wrong clock, or a clock that is set, does to them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.kit.database import Database
from app.kit.settings import Settings
from app.sessions.storage import store as stores
from app.sessions.storage.store import SessionStore
from app.sessions.storage.stored_session import StoredSession
from app.sessions.storage.tables import SessionRow

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
KEY = b"a secret of the tests"


class ClockedDatabase(Database):
    """A database whose clock the test sets."""

    now = NOW

    def current_time(self, _session: Session) -> datetime:
        return self.now


@pytest.fixture
def database(tmp_path: Path) -> ClockedDatabase:
    database = ClockedDatabase(Settings(data_dir=tmp_path).database)
    database.migrate()
    return database


def stored(title: str) -> StoredSession:
    return StoredSession({"title": title, "catalogue_serial": 1, "duration_s": 300}, {}, False)


def read_times(database: Database) -> list[tuple[datetime, datetime]]:
    with database.read_transaction() as session:
        return [(row.created_at, row.expires_at) for row in session.exec(select(SessionRow))]


def test_a_session_lives_until_its_time_and_a_day_longer_for_writers(database: ClockedDatabase) -> None:
    store = SessionStore(database, KEY, days=1)
    (session_id,) = store.save([stored("first")])
    for hours, is_found, count in ((23, True, 2), (25, False, 2), (49, False, 2)):
        database.now = NOW + timedelta(hours=hours)
        assert (store.load(session_id) is not None) == is_found
        store.save([stored("second")])
        assert len(read_times(database)) == count - (hours > 48)
    database.close()


def test_a_clock_that_was_set_back_shortens_nothing_and_fails_nothing(database: ClockedDatabase) -> None:
    store = SessionStore(database, KEY, days=1)
    (session_id,) = store.save([stored("first")])
    before = read_times(database)
    database.now = NOW - timedelta(days=400)
    assert store.save([stored("first")]) == [session_id]
    assert read_times(database) == before
    database.now = NOW + timedelta(hours=2)
    store.save([stored("first")])
    assert read_times(database) == [(NOW, NOW + timedelta(hours=26))]
    database.close()


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_write_deletes_a_bounded_number_of_expired_sessions(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MAX_DELETED", 2)
    database = ClockedDatabase(database_url)
    database.migrate()
    store = SessionStore(database, KEY, days=1)
    store.save([stored(str(number)) for number in range(5)])
    database.now = NOW + timedelta(days=3)
    for left in (3, 1, 0, 0):
        store.save([stored("later")])
        assert len(read_times(database)) == left + 1
    database.close()
