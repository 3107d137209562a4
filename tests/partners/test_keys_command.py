"""`python -m app keys`, as a person at a terminal and as a script sees it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine

import app.__main__ as command_line
from app.kit.database import Database
from app.partners.errors import InvalidKey
from app.partners.key_ring import load_key_ring
from app.partners.tables import ApiKey

KEY_LINE = re.compile(r"thoracic_[0-9A-Za-z]{49}\n")


class Terminal:
    """Runs commands, and splits what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        status = command_line.main(["keys", *arguments])
        return status, *self.capsys.readouterr()

    def list_rows(self) -> list[list[str]]:
        status, out, _ = self.run("list")
        assert status == 0
        return [line.split() for line in out.splitlines()[1:]]


@pytest.fixture
def terminal(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("THORACIC_DATABASE_URL", database_url)
    return Terminal(capsys)


def test_a_key_is_made_shown_once_replaced_and_ended(terminal: Terminal, database: Database) -> None:
    status, key, said = terminal.run(
        "create",
        "--partner",
        "acme",
        "--name",
        " Acme  Ltd ",
        "--scope",
        "own:write",
        "--scope",
        "audit:read",
        "--rate",
        "9",
    )
    assert status == 0
    assert KEY_LINE.fullmatch(key)
    assert "Acme Ltd" in said
    [[key_id, *row]] = terminal.list_rows()
    assert (row[0], row[1], row[2], row[-1]) == ("acme", "audit:read,own:write", "9", "good")
    assert key.strip() not in terminal.run("list")[1]

    status, other, _ = terminal.run("rotate", key_id, "--overlap-hours", "2", "--days", "0")
    assert (status, bool(KEY_LINE.fullmatch(other)), other == key) == (0, True, False)
    ring = load_key_ring(database)
    first, second = ring.identify(key.strip()), ring.identify(other.strip())
    assert first._replace(key_id="", expires_at=None) == second._replace(key_id="")
    assert (second.partner, second.name, second.rate) == ("acme", "Acme Ltd", 9)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=3)):
        with pytest.raises(InvalidKey, match="expired"):
            ring.identify(key.strip())
        assert ring.identify(other.strip()) == second

    assert terminal.run("revoke", second.key_id)[0] == 0
    with pytest.raises(InvalidKey, match="revoked"):
        load_key_ring(database).identify(other.strip())
    assert sorted(row[-1] for row in terminal.list_rows()) == ["good", "revoked"]
    with database.read_transaction() as transaction:
        stored = str(transaction.execute(sa.select(ApiKey.__table__)).all())  # type: ignore[attr-defined]
    assert key.strip()[9:30] not in stored


def test_what_is_not_there_is_told(terminal: Terminal) -> None:
    status, out, said = terminal.run("create", "--partner", "acme")
    assert (status, out) == (1, "")
    assert "--name" in said
    for action in ("rotate", "revoke"):
        status, out, said = terminal.run(action, "01234567")
        assert (status, out) == (1, "")
        assert "01234567" in said
    key_id = re.findall(r"key (\w+) of", terminal.run("create", "--partner", "acme", "--name", "Acme")[2])[0]
    assert terminal.run("revoke", key_id)[0] == 0
    assert terminal.run("rotate", key_id)[0] == 1  # a revoked key does not come back under another name


@pytest.mark.parametrize(
    "wrong",
    [
        ["--partner", "Acme"],
        ["--partner", "acme--wall"],
        ["--partner", "a" * 33],
        ["--partner", "acme", "--scope", "everything"],
        ["--partner", "acme", "--rate", "-1"],
        ["--partner", "acme", "--days", "1e3"],
        ["--partner", "acme", "--name", "\x1b[2J"],
    ],
    ids=" ".join,
)
def test_wrong_options_are_refused_before_anything_is_made(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THORACIC_DATA_DIR", str(tmp_path / "none"))
    with pytest.raises(SystemExit):
        command_line.main(["keys", "create", *wrong])
    assert wrong[-2] in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
