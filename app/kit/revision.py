"""Whether the tables are current, found out without Alembic, whose import takes as long as all else at most starts."""

import logging
import sqlite3

import sqlalchemy as sa

from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT

log = logging.getLogger("thoracic.migration")


def newest_revision() -> str:
    """Return the newest revision of this program; the names of the files of migrations begin with theirs."""
    return max(path.name.partition("_")[0] for path in (PROJECT_ROOT / "migrations" / "versions").glob("*.py"))


def is_current(database: Database) -> bool:
    """Whether the tables have the newest revision; False also where that cannot be read."""
    try:
        with database.read_transaction() as session:
            revisions = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    except sa.exc.DBAPIError:
        return False  # a new database has no such table; any other fault is told by the migration
    return revisions == [newest_revision()]


def empty_log_if_current(database: Database) -> bool:
    """Return whether the tables are current. Where they are, empty SQLite's log, which may hold deleted rows."""
    if not is_current(database):
        return False
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection) and not empty_write_ahead_log(driver):
            log.warning("the write-ahead log is in use by another process and was not emptied")
    return True


def empty_write_ahead_log(driver: sqlite3.Connection) -> bool:
    """Write the log into the database and empty it; False where a reader prevented it for the busy timeout."""
    is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy
