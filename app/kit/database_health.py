"""What is wrong with the database while the service runs, in a word, and what is known of it at the moment."""

import errno
import logging
import sqlite3
import time
from typing import Final, Literal, NamedTuple

import sqlalchemy as sa

from app.kit.database import Database, DatabaseFileMissing, DiskFull
from app.kit.logging import traceback_locations

log = logging.getLogger("thoracic.database")
FaultWord = Literal[
    "unreachable", "too_slow", "locked", "disk_full", "read_only", "file_missing", "damaged", "behind", "failing"
]
FAULT_TEXTS: Final[dict[FaultWord, str]] = {
    "unreachable": "The database cannot be reached.",
    "too_slow": "The database does not answer in time.",
    "locked": "Another program keeps the database locked.",
    "disk_full": "The disk of the database is full.",
    "read_only": "The database can be read and not written.",
    "file_missing": "The file of the database is gone.",
    "damaged": "The file of the database is damaged.",
    "behind": "The replica lags behind the primary.",
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
FULL_DISK_ERRORS: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Error numbers of the system that say that a disk, or the share of it that a user may fill, is full."""


def classify_fault(error: BaseException) -> FaultWord | None:
    """Return what is wrong with the database after an error; None for one that is no fault of the database."""
    if isinstance(error, DatabaseFileMissing):
        return "file_missing"
    if isinstance(error, DiskFull):
        return "disk_full"
    if isinstance(error, TimeoutError | sa.exc.TimeoutError):  # the second: no connection of the pool was free
        return "too_slow"
    if isinstance(error, OSError):  # the folder of the file cannot be reached, or the socket of the server
        return "disk_full" if error.errno in FULL_DISK_ERRORS else "unreachable"
    if isinstance(error, sqlite3.Error):  # of a statement that was sent past SQLAlchemy
        return _classify_driver_error(error)
    if not isinstance(error, sa.exc.DBAPIError) or isinstance(error, sa.exc.IntegrityError | sa.exc.DataError):
        return None
    return _classify_driver_error(error.orig)


def _classify_driver_error(error: BaseException | None) -> FaultWord:
    sqlite_name = getattr(error, "sqlite_errorname", None)
    if sqlite_name is not None:
        return _find_longest(SQLITE_FAULTS, sqlite_name)
    sql_state = getattr(error, "sqlstate", None)
    # The driver names no state where the connection cannot be made, or breaks.
    return _find_longest(POSTGRESQL_FAULTS, sql_state) if sql_state else "unreachable"


def _find_longest(faults: dict[str, FaultWord], code: str) -> FaultWord:
    matches = [beginning for beginning in faults if code.startswith(beginning)]
    return faults[max(matches, key=len)] if matches else "failing"


class DatabaseHealth:
    """Which fault the last read, the last write and the last reading of the serial met; each change is logged once.

    Read and written in the event loop only.
    """

    def __init__(self, name: str = "primary") -> None:
        """`name`: what the log calls the database."""
        self.name = name
        self.read_fault: FaultWord | None = None
        self.write_fault: FaultWord | None = None
        self.serial_fault: FaultWord | None = None
        """Of the watcher of the serial. It has a connection of its own, so that it may fail where requests do not."""
        self.written_at = 0.0
        """When the last write was tried, on the monotonic clock."""

    @property
    def fault(self) -> FaultWord | None:
        """The fault that matters most; None where all three work."""
        return self.write_fault or self.read_fault or self.serial_fault

    @property
    def is_faulty(self) -> bool:
        """Whether any of the three met a fault."""
        return self.fault is not None

    def report_read(self, fault: FaultWord | None, error: BaseException | None = None) -> None:
        """Note how a read of a request ended."""
        self._log_change("read", self.read_fault, fault, error)
        self.read_fault = fault

    def report_write(self, fault: FaultWord | None, error: BaseException | None = None) -> None:
        """Note how a write ended; one that succeeds shows that reads do, too."""
        self._log_change("write", self.write_fault, fault, error)
        self.write_fault, self.written_at = fault, time.monotonic()
        if fault is None:
            self.report_read(None)

    def report_serial(self, fault: FaultWord | None, error: BaseException | None = None) -> None:
        """Note how reading the serial ended. Where it works again, the fault of earlier reads is taken to be over."""
        self._log_change("serial", self.serial_fault, fault, error)
        works_again = fault is None and self.serial_fault is not None
        self.serial_fault = fault
        if works_again:
            self.report_read(None)

    def _log_change(
        self,
        use: Literal["read", "write", "serial"],
        before: FaultWord | None,
        fault: FaultWord | None,
        error: BaseException | None,
    ) -> None:
        """Log that a use of the database meets another fault than before, or none any more."""
        if fault == before:
            return
        details = {"database": self.name, "use": use}
        if fault is None:
            log.info("database works again", extra=details)
            return
        locations = traceback_locations(error)[-1:] if error is not None else []
        log.warning("database fault", extra={**details, "fault": fault, "locations": locations})


class ObservedDatabase(NamedTuple):
    """A database, and what is known of its health."""

    database: Database
    health: DatabaseHealth
