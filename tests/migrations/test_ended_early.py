"""A migration that is ended early: its own error is told, nothing of it stays, and the next start can do it again."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.kit.database import Database
from app.kit.revision import is_current

STOPPED = 128 + signal.SIGTERM
STATEMENT = "\nCREATE TABLE exercise_goal "
"""In the midst of the first migration."""
CLOSE_ALL_CONNECTIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    " ORDER BY pid = pg_backend_pid()"
)
PAGES_OF_A_FULL_DISK = 12


def interrupt(database: Database, action: Callable[[Any], None]) -> None:
    """Call `action` with the cursor inside the driver's call, where a handler of a signal runs, too; once."""

    def execute(cursor: Any, statement: str, _parameters: object, _context: object) -> None:
        if statement.startswith(STATEMENT):
            sa.event.remove(database.engine, "do_execute", execute)
            action(cursor)

    sa.event.listen(database.engine, "do_execute", execute)


def check_next_start(database: Database) -> None:
    """Check that nothing of the migration stayed, and that it can be done again."""
    assert sa.inspect(database.engine).get_table_names() in ([], ["alembic_version"])
    database.migrate()
    assert is_current(database)
    if database.is_sqlite:
        with database.read_transaction() as session:
            assert session.execute(sa.text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_stop_is_not_hidden_by_what_comes_after_it(database: Database) -> None:
    def stop(_cursor: object) -> None:
        raise SystemExit(STOPPED)

    interrupt(database, stop)
    with pytest.raises(SystemExit) as raised:
        database.migrate()
    assert raised.value.code == STOPPED
    check_next_start(database)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lost_connection_is_told_with_the_statement_that_met_it(database: Database) -> None:
    interrupt(database, lambda cursor: cursor.execute(CLOSE_ALL_CONNECTIONS))
    with pytest.raises(sa.exc.OperationalError, match="administrator command") as raised:
        database.migrate()
    assert str(raised.value.statement).startswith(STATEMENT)
    check_next_start(database)


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    pages = [PAGES_OF_A_FULL_DISK, 2**30]
    sa.event.listen(database.engine, "connect", lambda raw, _record: raw.execute(f"PRAGMA max_page_count={pages[0]}"))
    with pytest.raises(sa.exc.OperationalError, match="full"):
        database.migrate()
    pages.pop(0)
    database.engine.dispose()
    check_next_start(database)
    database.close()
