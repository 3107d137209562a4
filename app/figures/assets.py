"""The committed drawings of the exercises, read at run time: work on text only, no drawing library.

An asset file is a zlib-compressed JSON object. `documents` has an SVG document for each phase, with classes in place of
colours and without times; `spine` the line of the spine over each of them; `lottie` the layers of the Lottie animation
and those of the line of its spine, with names of colours; `muscles` the outlines of all muscles that are ever seen, and
where they belong; `alt` a text alternative for each phase; `about` the side that is drawn.
"""

import json
import re
import zlib
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any, cast

from app.figures.lottie import LottieLook, write_lottie
from app.figures.mirroring import swap_sides
from app.figures.motion_document import STILL_GROUP, insert_before_motion, read_loop, write_animation
from app.figures.motion_loop import STANDARD_TEMPO, MotionLoop, MotionTempo
from app.figures.muscle_picture import add_legend, colour_muscles
from app.figures.painting import paint_document
from app.figures.palette import CLASS_PREFIX, Theme
from app.figures.picture_options import USUAL_LOOK, DrawnSide, PictureLook
from app.figures.progress_ring import EMPTY_RING, has_ring
from app.kit.closed_lists import list_words

ASSETS = Path(__file__).resolve().parent / "assets"
"""The folder of the asset files, one `<slug>.z` for each exercise."""
THEMES: tuple[Theme, ...] = list_words(Theme)
"""Every theme."""
LICENSE_NAME = "CC BY 4.0"
"""Licence of the drawings, as written in the description of every SVG document."""
CREDIT = "Thoracic Mobility API"
"""Whom to credit for the drawings."""
UPRIGHT_GROUP = '<g transform="scale(.1)">'
"""Opening tag of the group that holds the drawing: ten drawing units are one pixel."""
MIRRORED_GROUP = '<g transform="translate(400)scale(-.1 .1)">'
"""The same group mirrored at the vertical axis of the picture, which is 400 pixels wide."""

BACKGROUND_CARD = f'<rect class="{CLASS_PREFIX}bg" width="400" height="300" rx="18"/>'
"""The card behind the drawing."""
END = "</g></svg>"
"""What every drawing ends with: the end of its group and of the document."""
TITLE = re.compile("<title>([^<]*)</title>")
DESCRIPTION = re.compile("<desc>([^<]*)</desc>")


def write_asset_text(content: dict[str, object]) -> str:
    """Return the JSON text of an asset file; equal content gives equal text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode_asset(content: dict[str, object]) -> bytes:
    """Return the bytes of an asset file."""
    return zlib.compress(write_asset_text(content).encode(), 9)


@lru_cache(maxsize=4)
def _read_asset(slug: str) -> dict[str, Any]:
    """Return the content of an asset file; raises KeyError when there is none.

    Only the latest ones are kept: all together take 26 MB, and reading one takes a few milliseconds.
    """
    path = ASSETS / f"{slug}.z"
    if not path.is_file():
        raise KeyError(slug)
    content: dict[str, Any] = json.loads(zlib.decompress(path.read_bytes()))
    return content


@lru_cache(maxsize=1024)
def _read_description(slug: str) -> tuple[DrawnSide, dict[str, str]]:
    """Return the side that is drawn, and the text alternative of each phase: small, and asked for with every record.

    Raises KeyError when there is no asset file.
    """
    asset = _read_asset(slug)
    return cast("DrawnSide", asset["about"]["side"]), asset["alt"]


def load_muscles(slug: str) -> dict[str, Any]:
    """Return what an asset file says of muscles. Raises KeyError when there is none."""
    muscles: dict[str, Any] = _read_asset(slug)["muscles"]
    return muscles


@lru_cache(maxsize=1)
def list_drawn_slugs() -> tuple[str, ...]:
    """Return the slugs of the exercises that have a drawing, in alphabetical order."""
    return tuple(sorted(path.stem for path in ASSETS.glob("*.z")))


def get_drawn_side(slug: str) -> DrawnSide:
    """Return the working side of the drawing: left, right, or both where neither side differs.

    Raises KeyError when the exercise has no drawing.
    """
    return _read_description(slug)[0]


def is_mirrored(slug: str, side: str | None) -> bool:
    """Return whether a drawing is mirrored to show this working side.

    An exercise that is the same on both sides never is. Raises KeyError when the exercise has no drawing.
    """
    return side is not None and get_drawn_side(slug) not in ("both", side)


def get_alt_text(slug: str, phase: str, side: str | None = None) -> str:
    """Return the text alternative of a drawing of a working side, by default the drawn one.

    Raises KeyError for an unknown exercise or phase.
    """
    text: str = _read_description(slug)[1][phase]
    return swap_sides(text) if is_mirrored(slug, side) else text


def render_svg(
    slug: str,
    phase: str = "both",
    theme: str = "auto",
    side: str | None = None,
    look: PictureLook = USUAL_LOOK,
    tempo: MotionTempo = STANDARD_TEMPO,
) -> bytes:
    """Return a drawing as an SVG document.

    When `side` is the side that is not drawn, the drawing is mirrored, and its description names the other side.
    `tempo` is that of the animated drawing. Raises KeyError for an unknown exercise, phase or theme.
    """
    document = load_document(slug, phase, side, look)
    if phase == "animated":
        document = write_animation(document, tempo)
    return paint_document(document, theme, slug).encode()


def render_lottie(
    slug: str,
    theme: str = "light",
    side: str | None = None,
    look: PictureLook = USUAL_LOOK,
    tempo: MotionTempo = STANDARD_TEMPO,
) -> bytes:
    """Return the motion of a drawing as a Lottie document, with its description as that of the SVG document.

    Raises KeyError for an unknown exercise, and for a theme that is not light or dark.
    """
    document = load_document(slug, "animated", side, look)
    layers = _read_asset(slug)["lottie"]
    shown = [layers["spine"], layers["layers"]] if look.spine else [layers["layers"]]
    title, description = (unescape(pattern.findall(document)[0]) for pattern in (TITLE, DESCRIPTION))
    return write_lottie(
        f"[{','.join(part[1:-1] for part in shown)}]",
        read_loop(document, tempo),
        LottieLook(theme, is_mirrored(slug, side), look.background == "theme"),
        title,
        description,
    )


def load_motion(
    slug: str, theme: str, side: str | None, look: PictureLook, tempo: MotionTempo
) -> tuple[str, MotionLoop]:
    """Return the painted moving drawing without times, and its times: what frames are made from.

    Raises KeyError for an unknown exercise, and for a theme that is not light or dark.
    """
    document = load_document(slug, "animated", side, look)
    loop = read_loop(document, tempo)
    if has_ring(loop):
        document = insert_before_motion(document, EMPTY_RING)
    return paint_document(document, theme, slug), loop


def _lay_spine_over(document: str, slug: str, phase: str) -> str:
    """Return a stored drawing with the line of the spine over everything."""
    spines: dict[str, str] = _read_asset(slug)["spine"]
    if phase != "animated":
        return document.removesuffix(END) + spines[phase] + END
    # The moving line ends the moving group; the still one ends the stand-in for readers who prefer reduced motion.
    moving, still = document.split(STILL_GROUP, maxsplit=1)
    moving = moving.removesuffix("</g>") + spines["animated"] + "</g>"
    still = still.removesuffix("</g>" + END) + spines["end"] + "</g>" + END
    return moving + STILL_GROUP + still


def load_document(slug: str, phase: str, side: str | None, look: PictureLook = USUAL_LOOK) -> str:
    """Return a stored drawing for a side and a look, with classes in place of colours.

    Raises KeyError for an unknown exercise or phase.
    """
    asset, is_turned = _read_asset(slug), is_mirrored(slug, side)
    document: str = asset["documents"][phase]
    if "muscles" not in asset:  # drawn by an older program
        look = look._replace(muscles=())
    if look.muscles:
        document = colour_muscles(document, asset, phase, look.muscles)
    if look.spine:
        document = _lay_spine_over(document, slug, phase)
    if look.background == "none":
        document = document.replace(BACKGROUND_CARD, "", 1)
    if is_turned:
        # Both stand at the beginning of a document; counting to one spares a search through the paths.
        document = document.replace(UPRIGHT_GROUP, MIRRORED_GROUP, 1)
        document = DESCRIPTION.sub(lambda found: f"<desc>{swap_sides(found[1])}</desc>", document, count=1)
    if look.muscles:
        group = MIRRORED_GROUP if is_turned else UPRIGHT_GROUP
        document = add_legend(document, group, asset, phase, look.muscles, is_turned)
    return document
