"""Finds sentences meant for people in Python code: text literals of several words, apart from what developers read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MIN_WORDS = 3
"""Words in a row that make a text prose."""
MIN_WORDS_OF_SENTENCE = 2
"""The same where the text ends as a sentence does."""
WORDS = re.compile(r"[A-Za-z][a-z']*(?:,? [A-Za-z][a-z']*|,? \{\})+")
DEVELOPER_CALLS = {
    *("Field", "Query", "Path", "Header", "Body", "Quantity", "Length", "ConfigDict", "FastAPI"),
    *("ArgumentParser", "add_argument"),
}
"""Calls whose texts are part of the OpenAPI document or of the help of the command line."""
DEVELOPER_KEYS = {"description", "summary"}
"""Keys of the OpenAPI document, where code writes parts of it as a dict."""
LOGGERS = {"log", "logger", "logging"}
"""Names of objects that write to the log."""


class Sentence(NamedTuple):
    """A text in code, and its line."""

    path: str
    line: int
    text: str


def find_sentences(path: Path, root: Path) -> Iterator[Sentence]:
    """Yield the texts of a module that look like sentences for people."""
    name = path.relative_to(root).as_posix()
    for line, text in _list_texts(ast.parse(path.read_text(encoding="utf-8"))):
        if looks_like_prose(text):
            yield Sentence(name, line, text)


def looks_like_prose(text: str) -> bool:
    """Return whether a text has several plain words in a row; `{}` stands for a part that is filled in."""
    min_words = MIN_WORDS_OF_SENTENCE if text.rstrip().endswith((".", "?", "!")) else MIN_WORDS
    return any(len(run.group().split()) >= min_words for run in WORDS.finditer(text))


def _list_texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every literal with its line, without docstrings and without what only developers read."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.lineno, node.value
        return
    if isinstance(node, ast.JoinedStr):
        yield node.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield from _list_texts(value.value)
        return
    if _is_for_developers(node):
        return
    if isinstance(node, ast.Dict):
        yield from _list_dict_texts(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from _list_texts(child)


def _list_dict_texts(node: ast.Dict) -> Iterator[tuple[int, str]]:
    """Yield the texts of a dict, without the descriptions and summaries that it gives to the OpenAPI document."""
    for key, value in zip(node.keys, node.values, strict=True):
        if not (isinstance(key, ast.Constant) and key.value in DEVELOPER_KEYS):
            yield from _list_texts(value)


def _is_for_developers(node: ast.AST) -> bool:
    """Return whether a node is a docstring, an exception, a log line, or text of the OpenAPI document."""
    if isinstance(node, ast.Raise | ast.Assert):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return any(_names_title(target) or _names_description(target) for target in node.targets)
    return isinstance(node, ast.Call) and (_is_developer_call(node.func) or _is_route(node))


def _names_title(target: ast.expr) -> bool:
    """Return whether an assignment sets the title of a problem: `status, title = 404, "No such session"`."""
    return isinstance(target, ast.Tuple) and [getattr(name, "id", "") for name in target.elts] == ["status", "title"]


def _names_description(target: ast.expr) -> bool:
    """Return whether an assignment sets a description of the OpenAPI document that several fields share."""
    return isinstance(target, ast.Name) and target.id.endswith("_DESCRIPTION")


def _is_route(call: ast.Call) -> bool:
    """Return whether a call declares a route: `router.get("/screening", summary="List screening questions")`."""
    path = call.args[0] if call.args else None
    return isinstance(path, ast.Constant) and isinstance(path.value, str) and path.value[:1] in ("", "/")


def _is_developer_call(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        logs = isinstance(function.value, ast.Name) and function.value.id in LOGGERS
        return logs or function.attr in DEVELOPER_CALLS
    return isinstance(function, ast.Name) and function.id in DEVELOPER_CALLS
