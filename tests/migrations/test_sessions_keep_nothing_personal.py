"""Revision 0003: the digests of personal fields and the ids made from them go, from the rows and from the file."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.kit.database import Database
from app.kit.start_faults import StartFault

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)
DIGESTS = [f"{letter}{number:03d}" * 16 for letter in "abcdef" for number in range(40)]
"""Digests as they were stored, each known again wherever it lies."""


def row(number: int, digest: str) -> dict[str, Any]:
    return {
        "id": f"session-{number}",
        "catalogue_serial": 1,
        "duration_s": 60,
        "request": "{}",
        "content": '{"notes": []}',
        "personal_hmac": digest,
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=90),
    }


INSERT = sa.text(
    "INSERT INTO session (id, catalogue_serial, duration_s, request, content, personal_hmac, created_at, expires_at)"
    " VALUES (:id, :catalogue_serial, :duration_s, :request, :content, :personal_hmac, :created_at, :expires_at)"
)


def fill(database: Database) -> None:
    with database.transaction() as transaction:
        for number, digest in enumerate(DIGESTS):
            transaction.execute(INSERT, row(number, digest))


def test_sessions_whose_ids_are_made_from_personal_fields_are_deleted(database: Database) -> None:
    database.migrate("0002")
    fill(database)
    database.migrate("0003")
    with database.read_transaction() as transaction:
        assert transaction.execute(sa.text("SELECT count(*) FROM session")).scalar_one() == 0
    if not database.is_sqlite:
        assert not any(digest.encode() in table_file(database).read_bytes() for digest in DIGESTS)
    database.migrate("0002")
    with database.transaction() as transaction:
        transaction.execute(INSERT, row(0, DIGESTS[0]))


def test_no_digest_is_left_in_the_files(tmp_path: Path) -> None:
    """Neither of rows that stand, nor of rows that expired before and lie in free pages or in the log."""
    path = tmp_path / "thoracic.db"
    database = Database(f"sqlite:///{path}")
    database.migrate("0002")
    fill(database)
    database.close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA secure_delete=OFF")
    deleted = raw.execute("DELETE FROM session WHERE id LIKE 'session-%5' OR id > 'session-6'").rowcount
    raw.commit()
    raw.close()
    assert left_in(tmp_path) > len(DIGESTS) - deleted
    assert b"session-1" in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database = Database(f"sqlite:///{path}")
    database.migrate()
    assert left_in(tmp_path) == 0
    assert b"session-1" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database.close()


def test_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "thoracic.db"
    database = Database(f"sqlite:///{path}")
    database.migrate("0002")
    fill(database)
    with database.transaction() as transaction:
        transaction.execute(sa.text("DELETE FROM session"))
    database.close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    assert left_in(tmp_path) == 0


def test_a_reader_that_keeps_the_log_is_named_and_the_next_start_empties_it(tmp_path: Path) -> None:
    path = tmp_path / "thoracic.db"
    database = Database(f"sqlite:///{path}")
    sa.event.listen(database.engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=200"))
    database.migrate("0002")
    fill(database)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM session").fetchone()
    with pytest.raises(StartFault, match="another process reads the database"):
        database.migrate()
    assert left_in(tmp_path) > 0
    reader.execute("ROLLBACK")
    database.migrate()
    assert left_in(tmp_path) == 0
    reader.close()
    database.close()


def table_file(database: Database) -> Path:
    """The file in which PostgreSQL keeps the sessions, with all that it has in memory written to it."""
    with database.engine.connect() as connection:
        connection.execute(sa.text("CHECKPOINT"))
        folder: str = connection.execute(sa.text("SHOW data_directory")).scalar_one()
        file: str = connection.execute(sa.text("SELECT pg_relation_filepath('session')")).scalar_one()
        return Path(folder, file)


def left_in(folder: Path) -> int:
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    return sum(digest.encode() in stored for digest in DIGESTS)
