"""What is wrong with a database, as a `StartFault`: damaged, of another program, of a newer version, not writable."""

import contextlib
import errno
import os
import re
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from app.kit.settings import Settings
from app.kit.start_faults import StartFault

OUR_REVISION = re.compile(r"\d{4}")
"""How revisions of this program are called; those of others have names of another form."""
MISSING_REVISION = re.compile(r"Can't locate revision identified by '([^']*)'")
SQLITE_DAMAGE = re.compile(r"not a database|malformed|corrupt", re.IGNORECASE)
UNWRITABLE = re.compile(r"readonly|read-only|unable to open database file|disk I/O error", re.IGNORECASE)
FULL = re.compile(r"is full|No space left", re.IGNORECASE)
FOREIGN_TABLES = re.compile(r"already exists", re.IGNORECASE)
CHECK_CONSTRAINT = re.compile(r"ck_\w+")
MAX_CAUSE_LENGTH = 300


@contextlib.contextmanager
def database_faults(address: str) -> Iterator[None]:
    """Raise a `StartFault` for every error of the database at `address` that is raised in the block."""
    name = describe_address(address)
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _explain_driver_error(error, name) from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StartFault("PostgreSQL needs the package psycopg: pip install 'psycopg[binary]'") from error
    except OSError as error:
        raise explain_os_error(error) from error
    except Exception as error:
        missing = MISSING_REVISION.search(str(error))
        if missing is None:
            raise
        raise _explain_revision(missing[1], name) from error


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
    place = error.filename or "a file of the data folder"
    reason = error.strerror or type(error).__name__
    advice = f"set THORACIC_DATA_DIR to a folder in which this user (uid {os.getuid()}) can write"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        advice = f"make it readable and writable for this user, or {advice}"
    return StartFault(f"{place}: {reason}: {advice}", os.EX_CANTCREAT)


def _explain_driver_error(error: sa.exc.DBAPIError, name: str) -> StartFault:
    """Return the fault of an error of the driver; its own words stand in it, without the parameters."""
    cause = str(error.orig)[:MAX_CAUSE_LENGTH]
    if SQLITE_DAMAGE.search(cause):
        text = f"{name} is damaged or no SQLite database ({cause}): restore a backup, or move the file away"
        return StartFault(text, os.EX_DATAERR)
    if FULL.search(cause):
        return StartFault(f"{name}: {cause}: make room on its disk, then start again", os.EX_IOERR)
    if UNWRITABLE.search(cause):
        text = (
            f"{name} cannot be written ({cause}): make the file and its folder writable for this user "
            f"(uid {os.getuid()}), or set THORACIC_DATA_DIR to a folder that is"
        )
        return StartFault(text, os.EX_CANTCREAT)
    if FOREIGN_TABLES.search(cause):
        text = f"{name} holds tables of another program ({cause}): name a database of its own in THORACIC_DATABASE_URL"
        return StartFault(text, os.EX_DATAERR)
    if isinstance(error, sa.exc.IntegrityError) and (constraint := CHECK_CONSTRAINT.search(cause)):
        text = (
            f"{name} does not allow a word of the seed files (constraint {constraint[0]}): the word needs a migration, "
            "as CONTRIBUTING.md says"
        )
        return StartFault(text, os.EX_DATAERR)
    text = f"{name} does not do its work: {cause}: look at THORACIC_DATABASE_URL and at the log of the database"
    return StartFault(text, os.EX_UNAVAILABLE)


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
