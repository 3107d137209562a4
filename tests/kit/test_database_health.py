"""Faults of the database in a word, by the codes of both drivers."""

import errno
import sqlite3
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from app.kit.database_health import DatabaseHealth, classify_fault


def sqlite_error(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("some words")
    error.sqlite_errorname = name
    return error


def postgresql_error(sql_state: str | None) -> psycopg.Error:
    error: psycopg.Error = type("ServerError", (psycopg.OperationalError,), {"sqlstate": sql_state})()
    return error


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        (sqlite_error("SQLITE_BUSY_SNAPSHOT"), "locked"),
        (sqlite_error("SQLITE_FULL"), "disk_full"),
        (sqlite_error("SQLITE_IOERR_WRITE"), "disk_full"),
        (sqlite_error("SQLITE_IOERR_READ"), "unreachable"),
        (sqlite_error("SQLITE_READONLY_DBMOVED"), "read_only"),
        (sqlite_error("SQLITE_CORRUPT_INDEX"), "damaged"),
        (sqlite_error("SQLITE_ERROR"), "failing"),
        (postgresql_error(None), "unreachable"),
        (postgresql_error("08006"), "unreachable"),
        (postgresql_error("53300"), "unreachable"),
        (postgresql_error("53100"), "disk_full"),
        (postgresql_error("55P03"), "locked"),
        (postgresql_error("57014"), "too_slow"),
        (postgresql_error("57P03"), "unreachable"),
        (postgresql_error("25006"), "read_only"),
        (postgresql_error("42P01"), "failing"),
    ],
    ids=str,
)
def test_a_fault_has_a_word(cause: Any, fault: str) -> None:
    assert classify_fault(sa.exc.OperationalError("a statement", {}, cause)) == fault


def test_a_mistake_of_the_program_is_no_fault_of_the_database() -> None:
    assert classify_fault(KeyError("slug")) is None
    assert classify_fault(sa.exc.IntegrityError("a statement", {}, sqlite_error("SQLITE_CONSTRAINT"))) is None


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "unreachable"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), "unreachable"),
        (OSError(errno.EIO, "Input/output error"), "unreachable"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (TimeoutError(), "too_slow"),
    ],
    ids=str,
)
def test_a_data_folder_that_cannot_be_used_is_a_fault_of_the_database(error: Exception, fault: str) -> None:
    assert classify_fault(error) == fault


def test_each_use_of_the_database_has_a_fault_of_its_own_that_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "thoracic.database")
    health = DatabaseHealth()
    for _ in range(2):
        health.report_read("unreachable")
        health.report_write("locked")
        health.report_serial(None)
    assert (health.read_fault, health.write_fault, health.serial_fault) == ("unreachable", "locked", None)
    assert [(record.message, record.__dict__["use"]) for record in caplog.records] == [
        ("database fault", "read"),
        ("database fault", "write"),
    ]


def test_what_works_again_shows_that_reads_do() -> None:
    health = DatabaseHealth()
    health.report_read("too_slow")
    health.report_write(None)
    assert not health.is_faulty
    health.report_read("unreachable")
    health.report_serial("unreachable")
    health.report_serial(None)
    assert not health.is_faulty
