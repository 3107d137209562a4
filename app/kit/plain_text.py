"""Plain text of a single line: letters that every format can hold, and that show what they say."""

import unicodedata
from typing import Final, LiteralString

NO_PLAIN_LINE: Final[LiteralString] = (
    "This should be one line of plain text, without line breaks and control characters."
)
JOINING_LETTERS: Final = frozenset("\u00ad\u200c\u200d")
"""Soft hyphen and joiners: invisible, and part of words and signs all the same."""
REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Line breaks, controls, halves of letters, and letters that turn the direction of a text."""
NONCHARACTERS: Final = frozenset(range(0xFDD0, 0xFDF0))
"""Numbers that are no letter for good; so are the last two of each plane."""


def is_plain_line(text: str) -> bool:
    """Return whether a text is one line without control characters, which XML and PostgreSQL cannot hold."""
    return text.isprintable() or not any(map(_is_refused, text))


def check_plain_line(text: str) -> str:
    """Return a text. Raises `ValueError` where it is more than one line of plain text."""
    if not is_plain_line(text):
        raise ValueError(NO_PLAIN_LINE)
    return text


def _is_refused(letter: str) -> bool:
    if letter in JOINING_LETTERS:
        return False
    number = ord(letter)
    is_noncharacter = number in NONCHARACTERS or number & 0xFFFE == 0xFFFE
    return is_noncharacter or unicodedata.category(letter) in REFUSED_CATEGORIES
