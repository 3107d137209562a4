"""A hand-out as PDF/UA-1: tagged, with text alternatives, and with the fonts of the compiler alone."""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.exports.handouts.paper import Paper

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).resolve().parent / "templates" / "handout.typ"
UNKNOWN_CHARACTERS: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED_CHARACTER: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
REPLACEMENT: Final = "□"
"""Stands where no font of the compiler has a character."""


@cache
def _load_fonts() -> "typst.Fonts":
    """Return the fonts that the compiler brings. Those of the machine would make other bytes on each one."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def write_pdf(handout: str, paper: Paper) -> bytes:
    """Return a hand-out as PDF. `handout` is its JSON.

    The template reads the JSON as data: no text of it is ever read as markup. Equal input gives equal bytes. The fonts
    have Latin, Greek, Cyrillic and Hebrew letters; another character becomes a box, because PDF/UA allows none that
    cannot be shown.
    """
    import typst  # here, in a process of its own: the one that answers requests needs none of its memory

    try:
        return _compile(handout, paper)
    except typst.TypstError as error:
        unknown = {ESCAPED_CHARACTER.sub(_unescape, text) for text in UNKNOWN_CHARACTERS.findall(error.diagnostic)}
        if not unknown:
            raise
        return _compile(json.dumps(_replace(json.loads(handout), unknown)), paper)


def _compile(handout: str, paper: Paper) -> bytes:
    import typst

    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_load_fonts(),
        sys_inputs={"handout": handout, "paper": paper},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _replace(value: Any, unknown: set[str]) -> Any:
    """Return a value of JSON whose texts have a box in place of each unknown sequence of characters."""
    if isinstance(value, str):
        for text in sorted(unknown, key=len, reverse=True):
            value = value.replace(text, REPLACEMENT)
        return value
    if isinstance(value, list):
        return [_replace(item, unknown) for item in value]
    return {key: _replace(item, unknown) for key, item in value.items()} if isinstance(value, dict) else value
