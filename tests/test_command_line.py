"""The command line, as a person at a terminal and as a script sees it."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

import app.__main__ as command_line
from app.catalogue.served_catalogue import load_served_catalogue
from app.kit.database import Database
from app.kit.settings import PROJECT_ROOT
from tests.editing.conftest import SMALL
from tests.server_process import server_environment

SEED = [sys.executable, "-m", "app", "seed", "--folder", str(SMALL)]
LAST = "catalogue at serial 12: 11 added, 0 changed, 0 deleted"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database that the commands of this process are set to use; nothing is in it."""
    monkeypatch.setenv("THORACIC_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("THORACIC_DATABASE_URL", raising=False)
    opened = Database(f"sqlite:///{tmp_path / 'thoracic.db'}")
    yield opened
    opened.close()


def test_a_terminal_sees_the_seed_go_on(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(SEED, cwd=PROJECT_ROOT, env=server_environment(tmp_path), stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # Linux's way to say that the other end was closed
            pass
        finally:
            os.close(ours)
    assert process.returncode == 0
    steps = shown.decode().split("\r\x1b[K")
    assert "reading the files" in steps
    assert "5 exercises" in steps
    assert "2 of 2 routines built" in steps
    assert steps[-1] == f"{LAST}\r\n"


def test_a_pipe_sees_only_what_was_done(tmp_path: Path) -> None:
    done = subprocess.run(
        SEED, cwd=PROJECT_ROOT, env=server_environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", f"{LAST}\n")


def test_migrate_goes_to_a_revision_and_back(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    for revision, tables in (("head", True), ("base", False), ("0001", True)):
        assert command_line.main(["migrate", revision]) == 0
        assert sa.inspect(database.engine).has_table("exercise") == tables
    assert command_line.main(["migrate", "nonsense"]) == 1
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("when", "first", "second"), [("never", 0, 0), ("if-empty", 12, 12), ("always", 12, 14)], ids=str
)
def test_serve_migrates_and_loads_as_it_is_told(
    when: str, first: int, second: int, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[FastAPI] = []
    monkeypatch.setenv("THORACIC_SEED", when)

    def note(app: FastAPI, *_: object, **__: object) -> int:
        served.append(app)
        return 0

    monkeypatch.setattr("app.kit.server.run_server", note)
    monkeypatch.setattr("app.kit.logging.configure_logging", lambda *_: None)
    monkeypatch.setenv("THORACIC_PORT", "0")
    monkeypatch.setattr(command_line, "PROJECT_ROOT", tmp_path)
    shutil.copytree(SMALL, tmp_path / "seed")
    assert command_line.main(["serve"]) == 0
    assert load_served_catalogue(database).shared.serial == first
    changed = tmp_path / "seed" / "exercises" / "seated-turn.yaml"
    changed.write_text(changed.read_text().replace("A plain drill", "A plainer drill"))
    assert command_line.main(["serve"]) == 0
    assert load_served_catalogue(database).shared.serial == second
    assert len(served) == 2


def test_serve_does_not_start_with_broken_files(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.kit.logging.configure_logging", lambda *_: None)
    monkeypatch.setenv("THORACIC_PORT", "0")
    monkeypatch.setattr(command_line, "PROJECT_ROOT", tmp_path)
    shutil.copytree(SMALL, tmp_path / "seed")
    (tmp_path / "seed" / "references.yaml").write_text("")
    assert command_line.main(["serve"]) == 1
    assert "seed/references.yaml:1: the file is empty" in capsys.readouterr().err


def test_openapi_is_printed_as_it_is_committed(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["openapi", "--stdout"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["openapi"].startswith("3.1")
    assert "/v1/exercises" in printed["paths"]


def test_a_word_that_is_no_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.main(["sprout"])
    assert ended.value.code == 2
    assert "invalid choice: 'sprout'" in capsys.readouterr().err
