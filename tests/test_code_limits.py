"""The limits of size and complexity, so that a file and a function fit one view; ruff checks the rest."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from radon.complexity import cc_visit

from app.kit.settings import PROJECT_ROOT

MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_COMPLEXITY = 12
"""Of a function by radon, which counts `and`, `or` and comprehensions, too."""
MODULES = sorted((PROJECT_ROOT / "app").rglob("*.py")) + sorted((PROJECT_ROOT / "benchmarks").glob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, its docstring aside."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT_ROOT)))
def test_a_module_fits_one_view(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MAX_MODULE_LINES
    assert {f.name: body_lines(f) for f in functions(path) if body_lines(f) > MAX_FUNCTION_LINES} == {}
    blocks = cc_visit(path.read_text())
    assert {block.name: block.complexity for block in blocks if block.complexity > MAX_COMPLEXITY} == {}


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []
