"""The values of attributes in an uploaded drawing. Only what one of these grammars describes gets into the result.

No grammar has a colon, a slash, a quotation mark, an ampersand or a backslash: no address, no escape, no markup.
"""

import re
from collections.abc import Callable
from typing import Final

from app.figures.uploads.picture_limits import MAX_NUMBER
from app.figures.uploads.svg_names import ValueKind

NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
UNIT: Final = r"(?:px|pt|pc|mm|cm|in|em|ex|deg|%)?"
IDENTIFIER: Final = r"[A-Za-z_][A-Za-z0-9_.\-]*"
LENGTH: Final = re.compile(rf"(?:{NUMBER.pattern}){UNIT}|none|auto|inherit")
LENGTHS: Final = re.compile(r"[0-9eE.,+\-%pxtcmind\s]*|none|inherit")
"""Numbers and units; that they are in order is up to the reader, who draws nothing where they are not."""
PATH: Final = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\-\s]*")
TRANSFORM: Final = re.compile(r"(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([0-9eE.,+\-\s]*\)[\s,]*)*|none")
WORDS: Final = re.compile(r"[A-Za-z][A-Za-z0-9 \-]*|[+-]?[0-9.]+(?:deg)?")
COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z][A-Za-z\-]*|(?:rgb|rgba|hsl|hsla)\([0-9.,%deg+\-\s]*\)")
REFERENCE: Final = re.compile(rf"url\(\s*(['\"]?)#({IDENTIFIER})\1\s*\)(?:\s+([^\s].*))?")
TARGET: Final = re.compile(rf"#({IDENTIFIER})")

NUMERIC_KINDS: Final = frozenset({"length", "lengths", "path", "transform"})


class InvalidValue(ValueError):
    """A value that no grammar describes."""


def clean_value(kind: ValueKind, value: str) -> str:
    """Return a value as it is kept. Raises `InvalidValue` where it is not taken."""
    value = value.strip()
    if kind in NUMERIC_KINDS and any(abs(float(number)) > MAX_NUMBER for number in NUMBER.findall(value)):
        raise InvalidValue
    return CLEANERS[kind](value)


def find_reference(kind: ValueKind, value: str) -> str | None:
    """Return the id to which a clean value refers; None where it refers to none."""
    if kind == "target":
        return value.removeprefix("#")
    if kind in ("paint", "reference") and value.startswith("url(#"):
        return value.removeprefix("url(#").partition(")")[0]
    return None


def _matching(grammar: re.Pattern[str]) -> Callable[[str], str]:
    def clean(value: str) -> str:
        if not grammar.fullmatch(value):
            raise InvalidValue
        return " ".join(value.split())

    return clean


def _clean_reference(value: str) -> str:
    """Return a reference to something in the drawing; the fallback of a colour is left out."""
    if value in ("none", "inherit"):
        return value
    found = REFERENCE.fullmatch(value)
    if found is None or found[3] is not None:
        raise InvalidValue
    return f"url(#{found[2]})"


def _clean_paint(value: str) -> str:
    found = REFERENCE.fullmatch(value)
    if found is None:
        return _matching(COLOUR)(value)
    fallback = f" {_matching(COLOUR)(found[3])}" if found[3] else ""
    return f"url(#{found[2]}){fallback}"


CLEANERS: Final[dict[ValueKind, Callable[[str], str]]] = {
    "length": _matching(LENGTH),
    "lengths": _matching(LENGTHS),
    "path": _matching(PATH),
    "transform": _matching(TRANSFORM),
    "paint": _clean_paint,
    "reference": _clean_reference,
    "target": _matching(TARGET),
    "words": _matching(WORDS),
}
