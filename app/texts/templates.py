"""Sentences with parts: templates whose fields have names, checked when the file is read."""

from collections.abc import Sequence
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from app.kit.models import FrozenModel


def _refuse_fields(text: str) -> str:
    """Return `text`. Raises `ValueError` for a brace, because nothing fills the fields of a plain text."""
    if "{" in text or "}" in text:
        raise ValueError("a text without parts has no fields in braces")
    return text


RawText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text that is not empty."""
Text = Annotated[RawText, AfterValidator(_refuse_fields)]
"""A text without parts."""


class Template(str):
    """A sentence with named fields in braces: `Gives {seconds} s of work for {goal}`."""

    __slots__ = ()

    def fill(self, **values: object) -> str:
        """Return the sentence with its fields filled in. Raises `KeyError` when a field has no value.

        A value that no field takes is left out.
        """
        return self.format_map(values)


class PluralTemplate(FrozenModel):
    """A sentence that depends on a number: `one` and `other`, the plural categories that CLDR gives English.

    Many languages have these two as well. One with more (Polish, Arabic) needs their names and rules here first.
    """

    one: RawText
    other: RawText

    def fill(self, count: int, **values: object) -> str:
        """Return the form for `count`, with `count` and the other fields filled in."""
        form = self.one if count == 1 else self.other
        return form.format_map({"count": count, **values})


class Fields:
    """The field names of a template: `Annotated[Template, Fields("goal", "seconds")]`.

    A template must use every name and no other one. A `PluralTemplate` may leave `count` out of `one`.
    """

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if source is PluralTemplate:
            return core_schema.no_info_after_validator_function(self._check_plural, handler(source))
        text = core_schema.str_schema(min_length=1, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(self._check_template, text)

    def _check_template(self, text: str) -> Template:
        self._check_names(text, self.names)
        return Template(text)

    def _check_plural(self, plural: PluralTemplate) -> PluralTemplate:
        names = self.names | {"count"}
        optional = frozenset({"count"}) - field_names(plural.one)
        self._check_names(plural.one, names - optional)
        self._check_names(plural.other, names)
        return plural

    def _check_names(self, text: str, names: frozenset[str]) -> None:
        used = field_names(text)
        if used != names:
            unknown, unused = sorted(used - names), sorted(names - used)
            parts = [f"unknown field {{{name}}}" for name in unknown] + [
                f"field {{{name}}} is missing" for name in unused
            ]
            raise ValueError("; ".join(parts))


def field_names(text: str) -> frozenset[str]:
    """Return the names in braces. Raises `ValueError` for a field without a plain name."""
    names = set()
    for _, name, specification, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or specification or conversion:
            raise ValueError(f"a field must be a plain name in braces, not {{{name}}}")
        names.add(name)
    return frozenset(names)


class ListTemplate(FrozenModel):
    """How several phrases become one: `start` holds all but the last."""

    last: Annotated[Template, Fields("start", "last")]
    separator: str = ", "
    """Between the phrases of `start`."""

    def join(self, phrases: Sequence[str]) -> str:
        """Return the phrases as one. Raises `IndexError` when there is none."""
        if len(phrases) == 1:
            return phrases[0]
        return self.last.fill(start=self.separator.join(phrases[:-1]), last=phrases[-1])
