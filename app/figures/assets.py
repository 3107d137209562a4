"""The committed drawings: compressed files read at run time; cheap work on bytes only, no drawing library.

A file holds the four documents of an exercise without style sheets, and the style sheet of each theme.
"""

import json
import zlib
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
PHASES = ("start", "end", "both", "animated")
THEMES = ("light", "dark", "auto")
SIDES = ("left", "right")
LICENCE = "CC BY 4.0"
CREDIT = "Thoracic Mobility API"
SPLIT = b"{style}"
UPRIGHT, FLIPPED = b'<g transform="scale(.1)">', b'<g transform="translate(400)scale(-.1 .1)">'


def pack(content: dict[str, object]) -> bytes:
    """The bytes of an asset file: the same content always gives the same bytes."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 9)


@lru_cache(maxsize=128)
def _content(slug: str) -> dict[str, dict[str, str]]:
    path = ASSETS / f"{slug}.z"
    if not path.is_file():
        raise KeyError(slug)
    found: dict[str, dict[str, str]] = json.loads(zlib.decompress(path.read_bytes()))
    return found


@lru_cache(maxsize=1)
def slugs() -> tuple[str, ...]:
    """Exercises that have a drawing."""
    return tuple(sorted(p.stem for p in ASSETS.glob("*.z")))


def sides(slug: str) -> str:
    """The side that is drawn: left, right, or both where the exercise is the same on either side."""
    return _content(slug)["about"]["side"]


def alt(slug: str, phase: str) -> str:
    """The text alternative of a picture; KeyError for an unknown exercise or phase."""
    return _content(slug)["alt"][phase]


def svg(slug: str, phase: str = "both", theme: str = "auto", side: str | None = None) -> bytes:
    """A drawing as SVG bytes; KeyError for an unknown exercise, phase or theme.

    The other side is the mirror image; an exercise that is the same on both sides is never mirrored.
    """
    content = _content(slug)
    text = content["documents"][phase].encode()
    rules = content["styles"][theme] + (content["about"]["motion"] if phase == "animated" else "")
    text = text.replace(SPLIT, rules.encode(), 1)
    drawn = content["about"]["side"]
    if side is not None and drawn != "both" and side != drawn:
        text = text.replace(UPRIGHT, FLIPPED, 1)
    return text
