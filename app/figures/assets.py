"""The committed drawings of the exercises, read at run time: work on text only, no drawing library.

An asset file is a JSON object, compressed by LZMA (`xz`). `documents` has an SVG document for each phase, with classes
in place of colours and without times; `spine` the line of the spine over each of them; `lottie` the layers of the
Lottie animation and those of the line of its spine, with names of colours; `muscles` the outlines of all muscles that
are ever seen, and where they belong; `alt` a text alternative for each phase; `about` the side that is drawn.
"""

import json
import lzma
import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import cast

from app.figures import picture_layout
from app.figures.composition import ComposedPicture, compose_picture
from app.figures.frames import CANVASES
from app.figures.lottie import LottieLook, write_lottie
from app.figures.mirroring import swap_sides
from app.figures.motion_document import insert_ring, read_loop, write_animation
from app.figures.motion_loop import STANDARD_TEMPO, MotionLoop, MotionTempo
from app.figures.painting import paint_document
from app.figures.palette import Theme
from app.figures.persons import DEFAULT_PERSON, PERSONS, Person
from app.figures.picture_layout import Asset, list_parts
from app.figures.picture_options import USUAL_LOOK, DrawnSide, Frame, PictureLook
from app.figures.progress_ring import has_ring, write_empty_ring
from app.kit.closed_lists import list_words

ASSETS = Path(__file__).resolve().parent / "assets"
"""The folder of the asset files: one `<slug>.z` for each exercise, and a folder of them for each other person."""
THEMES: tuple[Theme, ...] = list_words(Theme)
"""Every theme."""
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 20, "lc": 4, "pb": 0}]
"""How asset files are compressed: by a third smaller than zlib makes them, with a window as large as the largest."""
LICENSE_NAME = "CC BY 4.0"
"""Licence of the drawings, as written in the description of every SVG document."""
CREDIT = "Thoracic Mobility API"
"""Whom to credit for the drawings."""
TITLE = re.compile("<title>([^<]*)</title>")
DESCRIPTION = re.compile("<desc>([^<]*)</desc>")


def write_asset_text(content: Asset) -> str:
    """Return the JSON text of an asset file; equal content gives equal text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode_asset(content: Asset) -> bytes:
    """Return the bytes of an asset file."""
    return lzma.compress(write_asset_text(content).encode(), check=lzma.CHECK_CRC32, filters=FILTERS)


def decode_asset(stored: bytes) -> bytes:
    """Return the JSON text of an asset file's bytes."""
    return lzma.decompress(stored)


def locate_asset(slug: str, person: Person = DEFAULT_PERSON, folder: Path = ASSETS) -> Path:
    """Return the path of an exercise's asset file."""
    return (folder if person == DEFAULT_PERSON else folder / person) / f"{slug}.z"


@lru_cache(maxsize=4)
def read_asset(slug: str, person: Person = DEFAULT_PERSON) -> Asset:
    """Return the content of an asset file; raises KeyError when there is none.

    Only the latest ones are kept: all together take 170 MB, and reading one takes a few milliseconds.
    """
    path = locate_asset(slug, person)
    if not path.is_file():
        raise KeyError(slug)
    content: Asset = json.loads(decode_asset(path.read_bytes()))
    return content


@lru_cache(maxsize=1024)
def _read_description(slug: str) -> tuple[DrawnSide, dict[str, str]]:
    """Return the side that is drawn, and the text alternative of each phase: small, and asked for with every record.

    Raises KeyError when there is no asset file.
    """
    asset = read_asset(slug)
    return cast("DrawnSide", asset["about"]["side"]), asset["alt"]


@lru_cache(maxsize=len(PERSONS))
def list_drawn_slugs(person: Person = DEFAULT_PERSON) -> tuple[str, ...]:
    """Return the slugs of the exercises that a person shows, in alphabetical order."""
    return tuple(sorted(path.stem for path in locate_asset("*", person).parent.glob("*.z")))


def list_persons(slug: str) -> tuple[Person, ...]:
    """Return the persons who show an exercise, in their usual order; none for an exercise without drawing."""
    return tuple(person for person in PERSONS if slug in list_drawn_slugs(person))


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


def measure_filled(slug: str, phase: str, frame: Frame) -> float:
    """Return which share of a picture the drawing fills, 0 to 1. Raises KeyError for an unknown exercise or phase."""
    return picture_layout.measure_filled(read_asset(slug), phase, frame)


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
    document, line_scale = load_picture(slug, phase, side, look)
    if phase == "animated":
        document = write_animation(document, tempo)
    return paint_document(document, theme, slug, line_scale, look.appearance).encode()


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
    document = load_picture(slug, "animated", side, look).document
    asset = read_asset(slug, look.appearance.person)
    (part,) = list_parts(asset, "animated", look.frame)
    layers = asset["lottie"]
    shown = [layers["spine"], layers["layers"]] if look.spine else [layers["layers"]]
    title, description = (unescape(pattern.findall(document)[0]) for pattern in (TITLE, DESCRIPTION))
    return write_lottie(
        f"[{','.join(part[1:-1] for part in shown)}]",
        read_loop(document, tempo),
        LottieLook(
            theme,
            is_mirrored(slug, side),
            look.background == "theme",
            CANVASES[look.frame],
            part.placement,
            look.appearance,
        ),
        title,
        description,
    )


def load_motion(
    slug: str, theme: str, side: str | None, look: PictureLook, tempo: MotionTempo
) -> tuple[str, MotionLoop]:
    """Return the painted moving drawing without times, and its times: what frames are made from.

    Raises KeyError for an unknown exercise, and for a theme that is not light or dark.
    """
    document, line_scale = load_picture(slug, "animated", side, look)
    loop = read_loop(document, tempo)
    if has_ring(loop):
        document = insert_ring(document, write_empty_ring)
    return paint_document(document, theme, slug, line_scale, look.appearance), loop


def load_picture(slug: str, phase: str, side: str | None, look: PictureLook = USUAL_LOOK) -> ComposedPicture:
    """Return a drawing for a side and a look, with classes in place of colours and without times.

    Raises KeyError for an unknown exercise or phase.
    """
    asset = read_asset(slug, look.appearance.person)
    return compose_picture(asset, phase, look, is_mirrored(slug, side))
