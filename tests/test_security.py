"""What SECURITY.md promises of the code as a whole: its table of tests, connections out, no SQL made of texts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kit.settings import PROJECT_ROOT
from tests.app_client import Client

MODULES = sorted((PROJECT_ROOT / "app").rglob("*.py"))
CLIENT_LIBRARIES = ("aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "urllib.request", "urllib3")
"""Packages with which a program opens connections of its own."""
SQL_FUNCTIONS = frozenset({"exec_driver_sql", "text"})
ROW_PATTERN = re.compile(r"^\| (API\d+) [^|]*\|[^|]*\|([^|]*)\|$", re.MULTILINE)
LINE_BREAKS = ("%0d%0aSet-Cookie:%20a=b", "%0aX-Evil:%201", "%E5%98%8D%E5%98%8ASet-Cookie:a=b", "%00")


def nodes_of(module: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(module.read_text()))


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_the_ten_risks_have_tests() -> None:
    rows = dict(ROW_PATTERN.findall((PROJECT_ROOT / "SECURITY.md").read_text()))
    assert list(rows) == [f"API{number}" for number in range(1, 11)]
    for risk, cell in rows.items():
        paths = re.findall(r"`(tests/[^`]+\.py)`", cell)
        assert paths, risk
        assert [path for path in paths if "def test_" not in (PROJECT_ROOT / path).read_text()] == []


def test_only_what_sends_webhooks_opens_connections() -> None:
    """`tests/webhooks/test_public_addresses.py` and its neighbours hold where these may lead."""
    clients = {
        f"{module.relative_to(PROJECT_ROOT)}: {name}"
        for module in MODULES
        for node in nodes_of(module)
        for name in imported_names(node)
        if name.startswith(CLIENT_LIBRARIES)
    }
    assert clients == {"app/webhooks/sender.py: httpx"}


def test_no_sql_is_put_together_from_values() -> None:
    """Values are parameters. What SQL is written as text is a constant."""
    calls = [
        (module, node)
        for module in MODULES
        for node in nodes_of(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SQL_FUNCTIONS
    ]
    assert len(calls) > 5
    made = [
        f"{module.relative_to(PROJECT_ROOT)}:{node.lineno}"
        for module, node in calls
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args)
    ]
    assert made == []


@pytest.mark.parametrize("value", LINE_BREAKS)
def test_no_header_is_made_from_a_request(client: Client, value: str) -> None:
    for path in (f"/v1/exercises/{value}", f"/v1/exercises?q={value}", f"/v1/exercises?cursor={value}", f"/{value}"):
        answer = client.get(path, headers={"X-Request-ID": "good-id"})
        assert answer.status_code in (200, 404, 422)
        assert {"set-cookie", "x-evil"}.isdisjoint(answer.headers)
        assert all("\n" not in header and "\r" not in header for header in answer.headers.values())
