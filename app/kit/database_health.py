"""What is wrong with the database while the service runs, in a word, and what is known of it at the moment."""

import time
from typing import Final, Literal

import sqlalchemy as sa

from app.kit.database import DatabaseFileMissing, DiskFull

FaultWord = Literal["unreachable", "too_slow", "locked", "disk_full", "read_only", "file_missing", "damaged", "failing"]
FAULT_TEXTS: Final[dict[FaultWord, str]] = {
    "unreachable": "The database cannot be reached.",
    "too_slow": "The database does not answer in time.",
    "locked": "Another program keeps the database locked.",
    "disk_full": "The disk of the database is full.",
    "read_only": "The database can be read and not written.",
    "file_missing": "The file of the database is gone.",
    "damaged": "The file of the database is damaged.",
    "failing": "The database reports an error.",
}
"""What each word means."""
SQLITE_FAULTS: Final[dict[str, FaultWord]] = {
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_PROTOCOL": "locked",
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR_WRITE": "disk_full",
    "SQLITE_IOERR_SHMSIZE": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_CANTOPEN": "unreachable",
    "SQLITE_IOERR": "unreachable",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
}
"""By the name of SQLite's error code, or the beginning of it."""
POSTGRESQL_FAULTS: Final[dict[str, FaultWord]] = {
    "57014": "too_slow",  # a statement took longer than its limit
    "55P03": "locked",
    "53100": "disk_full",
    "25006": "read_only",
    "XX001": "damaged",
    "XX002": "damaged",
    "08": "unreachable",
    "53": "unreachable",  # out of connections or memory
    "57P": "unreachable",  # stops, starts or recovers
}
"""By SQLSTATE, or the beginning of it."""


def classify_fault(error: BaseException) -> FaultWord | None:
    """Return what is wrong with the database after an error; None for one that is no fault of the database."""
    if isinstance(error, DatabaseFileMissing):
        return "file_missing"
    if isinstance(error, DiskFull):
        return "disk_full"
    if isinstance(error, TimeoutError | sa.exc.TimeoutError):  # the second: no connection of the pool was free
        return "too_slow"
    if not isinstance(error, sa.exc.DBAPIError) or isinstance(error, sa.exc.IntegrityError | sa.exc.DataError):
        return None
    sqlite_name = getattr(error.orig, "sqlite_errorname", None)
    if sqlite_name is not None:
        return _find_longest(SQLITE_FAULTS, sqlite_name)
    sql_state = getattr(error.orig, "sqlstate", None)
    # The driver names no state where the connection cannot be made, or breaks.
    return _find_longest(POSTGRESQL_FAULTS, sql_state) if sql_state else "unreachable"


def _find_longest(faults: dict[str, FaultWord], code: str) -> FaultWord:
    matches = [beginning for beginning in faults if code.startswith(beginning)]
    return faults[max(matches, key=len)] if matches else "failing"


class DatabaseHealth:
    """Which fault the last read and the last write met. Read and written in the event loop only."""

    def __init__(self) -> None:
        self.read_fault: FaultWord | None = None
        self.write_fault: FaultWord | None = None
        self.written_at = 0.0
        """When the last write was tried, on the monotonic clock."""

    @property
    def is_faulty(self) -> bool:
        """Whether the last read or the last write met a fault."""
        return self.read_fault is not None or self.write_fault is not None

    def report_read(self, fault: FaultWord | None) -> bool:
        """Note how a read ended. Return whether that is news."""
        is_new = fault != self.read_fault
        self.read_fault = fault
        return is_new

    def report_write(self, fault: FaultWord | None) -> bool:
        """Note how a write ended; one that succeeds shows that reads do, too. Return whether that is news."""
        is_new = fault != self.write_fault
        self.write_fault, self.written_at = fault, time.monotonic()
        if fault is None:
            self.read_fault = None
        return is_new
