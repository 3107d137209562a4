"""The committed drawings of the exercises, read at run time: work on text only, no drawing library.

An asset file is a zlib-compressed JSON object with the keys `documents` (an SVG document with classes in place of
colours for each phase), `alt` (a text alternative for each phase) and `about` (the side that is drawn).
"""

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.figures.painting import paint_document
from app.figures.palette import CLASS_PREFIX, Theme
from app.kit.closed_lists import list_words

ASSETS = Path(__file__).resolve().parent / "assets"
"""The folder of the asset files, one `<slug>.z` for each exercise."""
FigurePhase = TypeAliasType(
    "FigurePhase",
    Annotated[
        Literal["start", "end", "both", "animated"],
        Field(description="What a drawing shows: one posture, both postures, or the motion between them."),
    ],
)
StillFigurePhase = TypeAliasType(
    "StillFigurePhase",
    Annotated[
        Literal["start", "end", "both"],
        Field(description="What a drawing without motion shows: one posture, or both postures."),
    ],
)
PHASES: tuple[FigurePhase, ...] = list_words(FigurePhase)
"""Every phase."""
THEMES: tuple[Theme, ...] = list_words(Theme)
"""Every theme."""
LICENSE_NAME = "CC BY 4.0"
"""Licence of the drawings, as written in the description of every SVG document."""
CREDIT = "Thoracic Mobility API"
"""Whom to credit for the drawings."""
Background = TypeAliasType(
    "Background",
    Annotated[
        Literal["theme", "none"],
        Field(description="What is behind the drawing: a card in the colour of the theme, or nothing."),
    ],
)
BACKGROUNDS: tuple[Background, ...] = list_words(Background)
"""Every background."""
UPRIGHT_GROUP = '<g transform="scale(.1)">'
"""Opening tag of the group that holds the drawing: ten drawing units are one pixel."""
MIRRORED_GROUP = '<g transform="translate(400)scale(-.1 .1)">'
"""The same group mirrored at the vertical axis of the picture, which is 400 pixels wide."""

BACKGROUND_CARD = f'<rect class="{CLASS_PREFIX}bg" width="400" height="300" rx="18"/>'
"""The card behind the drawing."""


def encode_asset(content: dict[str, object]) -> bytes:
    """Return the bytes of an asset file; equal content gives equal bytes."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 9)


@lru_cache(maxsize=128)
def _read_asset(slug: str) -> dict[str, dict[str, str]]:
    """Return the content of an asset file; raises KeyError when there is none."""
    path = ASSETS / f"{slug}.z"
    if not path.is_file():
        raise KeyError(slug)
    content: dict[str, dict[str, str]] = json.loads(zlib.decompress(path.read_bytes()))
    return content


@lru_cache(maxsize=1)
def list_drawn_slugs() -> tuple[str, ...]:
    """Return the slugs of the exercises that have a drawing, in alphabetical order."""
    return tuple(sorted(path.stem for path in ASSETS.glob("*.z")))


def get_drawn_side(slug: str) -> str:
    """Return the working side of the drawing: left, right, or both where neither side differs.

    Raises KeyError when the exercise has no drawing.
    """
    return _read_asset(slug)["about"]["side"]


def get_alt_text(slug: str, phase: str) -> str:
    """Return the text alternative of a drawing; raises KeyError for an unknown exercise or phase."""
    return _read_asset(slug)["alt"][phase]


def render_svg(
    slug: str,
    phase: str = "both",
    theme: str = "auto",
    side: str | None = None,
    background: Background = "theme",
) -> bytes:
    """Return a drawing as an SVG document.

    When `side` is the side that is not drawn, the drawing is mirrored; an exercise that is the same on both sides is
    never mirrored. Raises KeyError for an unknown exercise, phase or theme.
    """
    document = _read_asset(slug)["documents"][phase]
    if background == "none":
        document = document.replace(BACKGROUND_CARD, "", 1)
    document = paint_document(document, theme, slug)
    if side is not None and get_drawn_side(slug) not in ("both", side):
        # It stands at the beginning of a document; counting to one spares a search through the paths.
        document = document.replace(UPRIGHT_GROUP, MIRRORED_GROUP, 1)
    return document.encode()
