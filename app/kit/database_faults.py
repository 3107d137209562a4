"""What is wrong with a database, as a `StartFault`: damaged, of another program, of a newer version, not writable."""

import contextlib
import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from app.kit.database import DatabaseFileMissing
from app.kit.database_health import FaultWord, classify_fault
from app.kit.settings import Settings
from app.kit.start_faults import StartFault

OUR_REVISION = re.compile(r"\d{4}")
"""How revisions of this program are called; those of others have names of another form."""
MISSING_REVISION = re.compile(r"Can't locate revision identified by '([^']*)'")
FOREIGN_TABLES = re.compile(r"already exists", re.IGNORECASE)
CHECK_CONSTRAINT = re.compile(r"ck_\w+")
MAX_CAUSE_LENGTH = 300
DriverError = sa.exc.DBAPIError | sqlite3.Error
"""An error of the driver, with and without SQLAlchemy's own around it."""
SERVER_TEXTS: Final[dict[FaultWord, str]] = {
    "disk_full": "{name}: {cause}: make room on its disk, then start again",
    "damaged": "{name} is damaged ({cause}): restore a backup",
    "read_only": "{name} can be read and not written ({cause}): name the primary server in THORACIC_DATABASE_URL",
    "locked": "{name} is locked by another program ({cause}): stop that, then start again",
}
"""What is wrong with a server of PostgreSQL, and what to do."""
FILE_TEXTS: Final[dict[FaultWord, str]] = {
    **SERVER_TEXTS,
    "damaged": "{name} is damaged or no SQLite database ({cause}): restore a backup, or move the file away",
    **dict.fromkeys(
        ("read_only", "unreachable"),
        "{name} cannot be written ({cause}): make the file and its folder writable for this user (uid {user_id}), "
        "or set THORACIC_DATA_DIR to a folder that is",
    ),
}
"""The same for a file of SQLite."""
OTHER_TEXT = "{name} does not do its work: {cause}: look at THORACIC_DATABASE_URL and at the log of the database"
EXIT_CODES: Final[dict[FaultWord, int]] = {"damaged": os.EX_DATAERR, "disk_full": os.EX_IOERR}
FILE_EXIT_CODES: Final[dict[FaultWord, int]] = {
    **EXIT_CODES,
    "read_only": os.EX_CANTCREAT,
    "unreachable": os.EX_CANTCREAT,
}


@contextlib.contextmanager
def database_faults(address: str) -> Iterator[None]:
    """Raise a `StartFault` for every error of the database at `address` that is raised in the block."""
    try:
        yield
    except Exception as error:
        fault = _explain_error(error, address)
        if fault is None:
            raise
        raise fault from error


def check_secret(settings: Settings) -> None:
    """Make the secret of the session ids where it is missing. Raises `StartFault` for one that cannot be used."""
    try:
        settings.secret_key()
    except ValueError as error:
        raise StartFault(str(error)) from None
    except OSError as error:
        raise explain_os_error(error) from error


def describe_address(address: str) -> str:
    """Return the name of a database for people, without its password."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return f"the database {url.database}"
    return f"the database {url.render_as_string(hide_password=True)}"


def explain_os_error(error: OSError) -> StartFault:
    """Return the fault of a file or a folder that cannot be used."""
    path = error.filename or "a file of the data folder"
    reason = error.strerror or type(error).__name__
    if classify_fault(error) == "disk_full":
        return StartFault(f"{path}: {reason}: make room on its disk, then start again", os.EX_IOERR)
    advice = f"set THORACIC_DATA_DIR to a folder in which this user (uid {os.getuid()}) can write"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        advice = f"make it readable and writable for this user, or {advice}"
    return StartFault(f"{path}: {reason}: {advice}", os.EX_CANTCREAT)


def _explain_error(error: Exception, address: str) -> StartFault | None:
    """Return what an error that was met at the start says of the database; None where it says nothing of it."""
    name = describe_address(address)
    if isinstance(error, sa.exc.DBAPIError | sqlite3.Error):
        return _explain_schema_error(error, name) or _explain_driver_error(error, name, address)
    if isinstance(error, DatabaseFileMissing):
        return StartFault(f"{name} was there a moment ago and is gone: start again", os.EX_UNAVAILABLE)
    if isinstance(error, ModuleNotFoundError) and error.name == "psycopg":
        return StartFault("PostgreSQL needs the package psycopg: pip install 'psycopg[binary]'")
    if isinstance(error, OSError):
        return explain_os_error(error)
    missing = MISSING_REVISION.search(str(error))
    return _explain_revision(missing[1], name) if missing else None


def _explain_schema_error(error: DriverError, name: str) -> StartFault | None:
    """Return the fault of tables that are not those of this version; None for any other error."""
    cause = _describe_cause(error)
    if FOREIGN_TABLES.search(cause):
        text = f"{name} holds tables of another program ({cause}): name a database of its own in THORACIC_DATABASE_URL"
        return StartFault(text, os.EX_DATAERR)
    if isinstance(error, sa.exc.IntegrityError) and (constraint := CHECK_CONSTRAINT.search(cause)):
        text = (
            f"{name} does not allow a word of the seed files (constraint {constraint[0]}): the word needs a migration, "
            "as CONTRIBUTING.md says"
        )
        return StartFault(text, os.EX_DATAERR)
    return None


def _explain_driver_error(error: DriverError, name: str, address: str) -> StartFault:
    """Return the fault of an error of the driver; its own words stand in it, without the parameters."""
    is_sqlite = make_url(address).get_backend_name() == "sqlite"
    texts, exit_codes = (FILE_TEXTS, FILE_EXIT_CODES) if is_sqlite else (SERVER_TEXTS, EXIT_CODES)
    word = classify_fault(error) or "failing"
    text = texts.get(word, OTHER_TEXT).format(name=name, cause=_describe_cause(error), user_id=os.getuid())
    return StartFault(text, exit_codes.get(word, os.EX_UNAVAILABLE))


def _describe_cause(error: DriverError) -> str:
    return str(getattr(error, "orig", error))[:MAX_CAUSE_LENGTH]


def _explain_revision(revision: str, name: str) -> StartFault:
    """Return the fault of a database whose tables are of a revision that this program does not have."""
    if OUR_REVISION.fullmatch(revision):
        text = (
            f"{name} is at revision {revision}, which this version of the program does not have: run the newer "
            "version that made it, or restore a backup"
        )
    else:
        text = f"{name} belongs to another program (revision {revision}): name one of its own in THORACIC_DATABASE_URL"
    return StartFault(text, os.EX_DATAERR)
