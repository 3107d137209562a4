"""Faults of the start: one line that says what to do, without secrets, and an exit code of its own."""

import contextlib
import errno
import logging
import os
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

import app.__main__ as command_line
from app.kit.database import Database
from app.kit.database_faults import database_faults, explain_os_error
from app.kit.start_faults import StartFault, read_settings


def run_serve(environment: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run `serve` in this process with these settings; where it would serve it returns 0."""
    for name, value in environment.items():
        monkeypatch.setenv(f"THORACIC_{name}", str(value))
    monkeypatch.setattr("app.kit.logging.configure_logging", lambda *_: None)
    monkeypatch.setattr("app.kit.server.run_server", lambda *_, **__: 0)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    umask = os.umask(0o022)
    try:
        return command_line.main(["serve"])
    finally:
        os.umask(umask)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"PORTT": "1"}, "THORACIC_PORTT is no setting: did you mean THORACIC_PORT?"),
        ({"MAX_BODY_BYTE": "1"}, "did you mean THORACIC_MAX_BODY_BYTES?"),
        ({"ZZZQ": "1"}, "THORACIC_ZZZQ is no setting: README.md lists all settings"),
        ({"PORT": "99999", "LOG_LEVEL": "loud"}, "THORACIC_PORT=99999: Input should be less than or equal to 65535; "),
        ({"PORT": "tcp://10.0.0.1:8000"}, "enableServiceLinks: false"),
        ({"SECRET": "hunter2"}, "THORACIC_SECRET: Give at least 16 random bytes, or nothing"),
        ({"DATABASE_URL": "mysql://u:hunter2@h/d"}, "THORACIC_DATABASE_URL: Give postgresql://"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(
    variables: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"THORACIC_{name}", value)
    with pytest.raises(StartFault) as raised:
        read_settings()
    text = str(raised.value)
    assert words in text
    assert "\n" not in text
    assert "hunter2" not in text
    assert raised.value.exit_code == os.EX_CONFIG


def test_what_kubernetes_sets_for_a_service_is_no_misspelt_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT_8000_TCP", "PORT_8000_TCP_ADDR"):
        monkeypatch.setenv(f"THORACIC_{name}", "10.0.0.1")
    assert read_settings().port == 8000


def write_garbage(folder: Path) -> None:
    (folder / "thoracic.db").write_bytes(b"no database at all" * 500)


def cut_off(folder: Path) -> None:
    execute(
        folder,
        "CREATE TABLE a (b)",
        "INSERT INTO a WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x+1 FROM n LIMIT 9999) SELECT x FROM n",
    )
    path = folder / "thoracic.db"
    path.write_bytes(path.read_bytes()[:6000])


def read_contents(folder: Path) -> dict[str, object]:
    """The files of a folder by name: of a database its rows, because SQLite may write them in another order."""
    return {path.name: path.is_file() and (dump(path) or path.read_bytes()) for path in folder.iterdir()}


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    except sqlite3.DatabaseError:
        return []
    finally:
        connection.close()


def execute(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "thoracic.db")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def set_revision(name: str) -> Callable[[Path], None]:
    statements = (
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        f"INSERT INTO alembic_version VALUES ('{name}')",
    )
    return lambda folder: execute(folder, *statements)


@pytest.mark.parametrize(
    ("spoil", "words", "exit_code"),
    [
        (write_garbage, "is damaged or no SQLite database", os.EX_DATAERR),
        (cut_off, "is damaged or no SQLite database", os.EX_DATAERR),
        (set_revision("0999"), "is at revision 0999, which this version of the program does not have", os.EX_DATAERR),
        (set_revision("abc123"), "belongs to another program (revision abc123)", os.EX_DATAERR),
        (lambda folder: execute(folder, "CREATE TABLE exercise (a)"), "holds tables of another program", os.EX_DATAERR),
        (lambda folder: (folder / "thoracic.db").mkdir(), "cannot be written (unable to open", os.EX_CANTCREAT),
        (lambda folder: (folder / "secret").mkdir(), "secret: Is a directory", os.EX_CANTCREAT),
        (lambda folder: (folder / "secret").write_text("\n"), "secret holds fewer than 16 bytes", os.EX_CONFIG),
    ],
    ids=["garbage", "cut-off", "newer", "foreign", "foreign-tables", "folder", "secret-folder", "empty-secret"],
)
def test_a_data_folder_that_cannot_be_used_is_one_line_and_left_as_it_is(
    spoil: Callable[[Path], object],
    words: str,
    exit_code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil(tmp_path)
    before = read_contents(tmp_path)
    assert run_serve({"DATA_DIR": tmp_path, "PORT": 0, "SEED": "never"}, monkeypatch) == exit_code
    line = capsys.readouterr().err
    assert words in line
    assert line.count("\n") == 1
    assert {name: content for name, content in read_contents(tmp_path).items() if name in before} == before


def test_a_taken_port_and_a_file_for_a_folder_are_one_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_serve({"DATA_DIR": tmp_path / "new", "PORT": port}, monkeypatch) == os.EX_OSERR
    assert capsys.readouterr().err.startswith(f"port {port} is taken: ")
    assert not (tmp_path / "new").exists()
    (tmp_path / "file").touch()
    assert run_serve({"DATA_DIR": tmp_path / "file", "PORT": 0}, monkeypatch) == os.EX_CANTCREAT
    assert "set THORACIC_DATA_DIR to a folder" in capsys.readouterr().err
    assert run_serve({"DATA_DIR": tmp_path, "HOST": "192.0.2.1", "PORT": 0}, monkeypatch) == os.EX_OSERR
    assert "set THORACIC_HOST to an address of this machine" in capsys.readouterr().err


def test_a_postgresql_that_is_away_is_named_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"postgresql://u:hunter2@127.0.0.1:{taken.getsockname()[1]}/d"
    settings = {"DATA_DIR": tmp_path, "PORT": 0, "DATABASE_URL": url, "DATABASE_WAIT_S": 0}
    assert run_serve(settings, monkeypatch) == os.EX_UNAVAILABLE
    line = capsys.readouterr().err
    assert "connection refused" in line.lower()
    assert "hunter2" not in line
    assert line.count("\n") == 1


def start_on(address: str, arrange: Callable[[Database], object]) -> StartFault:
    """Return the fault of a migration that begins after `arrange`."""
    with contextlib.closing(Database(address)) as database:
        arrange(database)
        with pytest.raises(StartFault) as raised, database_faults(address):
            database.migrate()
    return raised.value


def test_a_full_disk_has_a_code_of_its_own(tmp_path: Path) -> None:
    def fill_disk(database: Database) -> None:
        sa.event.listen(database.engine, "connect", lambda raw, _record: raw.execute("PRAGMA max_page_count=12"))

    full = [
        start_on(f"sqlite:///{tmp_path / 'thoracic.db'}", fill_disk),
        explain_os_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "secret"))),
    ]
    for fault in full:
        assert "full" in str(fault) or "No space left" in str(fault)
        assert "make room on its disk" in str(fault)
        assert fault.exit_code == os.EX_IOERR


def test_a_locked_file_names_the_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.kit.database.COMMAND_PATIENCE_S", 0.01)
    with contextlib.closing(sqlite3.connect(tmp_path / "thoracic.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        fault = start_on(f"sqlite:///{tmp_path / 'thoracic.db'}", lambda _: None)
    assert "is locked by another program (database is locked): stop that" in str(fault)
    assert fault.exit_code == os.EX_UNAVAILABLE


def test_a_statement_past_sqlalchemy_has_the_same_fault(tmp_path: Path) -> None:
    write_garbage(tmp_path)
    path = tmp_path / "thoracic.db"
    with (
        pytest.raises(StartFault, match="is damaged or no SQLite database") as raised,
        database_faults(f"sqlite:///{path}"),
        contextlib.closing(sqlite3.connect(path)) as connection,
    ):
        connection.execute("VACUUM")
    assert raised.value.exit_code == os.EX_DATAERR


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_replica_is_told_from_the_server_that_writes(database_url: str) -> None:
    fault = start_on(f"{database_url}&options=-c%20default_transaction_read_only=on", lambda _: None)
    assert "name the primary server in THORACIC_DATABASE_URL" in str(fault)
    assert fault.exit_code == os.EX_UNAVAILABLE


def test_a_word_of_the_seed_without_its_migration_names_the_constraint(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    database.migrate()
    statement = sa.text("INSERT INTO exercise_goal (exercise, goal, weight, rank) VALUES ('none', 'teleport', 1, 1)")
    with (
        pytest.raises(StartFault, match=r"\(constraint ck_exercise_goal_goal_known\).*a migration") as raised,
        database_faults(str(database.url)),
        database.transaction() as session,
    ):
        session.connection().execute(statement)
    database.close()
    assert raised.value.exit_code == os.EX_DATAERR


def test_files_that_the_service_makes_are_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new"
    assert run_serve({"DATA_DIR": folder, "PORT": 0, "SEED": "never"}, monkeypatch) == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []
