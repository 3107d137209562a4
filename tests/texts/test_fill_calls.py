"""Every call of `fill` gives a template the fields that its text file declares. The type checker cannot see this."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from pydantic import BaseModel

from app.kit.settings import PROJECT_ROOT
from app.main import TEXT_FILES
from app.texts.templates import Fields, PluralTemplate


class FillCall(NamedTuple):
    """A call of `fill`: the attribute that holds the template (None for a variable), and the fields that it gives."""

    place: str
    attribute: str | None
    fields: frozenset[str]
    complete: bool
    """False where fields come from a `**` mapping, too."""


def list_templates(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[frozenset[str]]:
    """Yield the declared fields of the templates in an annotation, also inside of containers."""
    declared = [each for each in metadata if isinstance(each, Fields)]
    for fields in declared:
        yield fields.names | ({"count"} if annotation is PluralTemplate else set())
    for argument in get_args(annotation):
        yield from list_templates(argument, getattr(argument, "__metadata__", ()))


def list_declarations(model: type[BaseModel]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the name of every field that holds a template, with the fields of the template."""
    for name, field in model.model_fields.items():
        for fields in list_templates(field.annotation, tuple(field.metadata)):
            yield name, fields
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel) and part is not PluralTemplate:
                yield from list_declarations(part)


def list_fill_calls(path: Path) -> Iterator[FillCall]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fill":
            receiver = node.func.value.value if isinstance(node.func.value, ast.Subscript) else node.func.value
            names = {keyword.arg for keyword in node.keywords if keyword.arg} | ({"count"} if node.args else set())
            yield FillCall(
                place=f"{path.relative_to(PROJECT_ROOT)}:{node.lineno}",
                attribute=receiver.attr if isinstance(receiver, ast.Attribute) else None,
                fields=frozenset(names),
                complete=all(keyword.arg for keyword in node.keywords),
            )


DECLARED = [declaration for shape in TEXT_FILES for declaration in list_declarations(shape)]
PACKAGES = [path for path in (PROJECT_ROOT / "app").iterdir() if path.is_dir() and path.name != "texts"]
CALLS = [call for package in PACKAGES for path in sorted(package.rglob("*.py")) for call in list_fill_calls(path)]


@pytest.mark.parametrize("call", CALLS, ids=[call.place for call in CALLS])
def test_a_call_gives_the_declared_fields(call: FillCall) -> None:
    candidates = [fields for name, fields in DECLARED if call.attribute in (None, name)]
    assert any(call.fields == fields if call.complete else call.fields <= fields for fields in candidates), candidates


def test_templates_and_calls_are_found() -> None:
    assert len(DECLARED) > 20
    assert len(CALLS) > 20
