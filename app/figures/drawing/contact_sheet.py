"""Contact sheets of drawings: start, moments of the motion, end, and both, each row with the exercise's name.

`python -m app.figures.drawing.contact_sheet OUT.png [SLUG ...]` writes one sheet;
`python -m app.figures.drawing.contact_sheet FOLDER` writes sheets of all exercises, grouped by their position.
"""

import argparse
import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFont

from app.figures.composition import ComposedPicture, compose_picture
from app.figures.drawing.asset_export import asset_content
from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import list_posed_slugs, load_figure
from app.figures.drawing.svg import build_document, write_layers
from app.figures.frames import CANVASES
from app.figures.painting import paint_document
from app.figures.persons import DEFAULT_PERSON, PERSONS, SKIN_TONES, Person, choose_appearance
from app.figures.picture_options import FRAMES, PictureLook
from app.figures.raster import render_png

EXERCISES = Path(__file__).resolve().parents[3] / "seed" / "exercises"
"""The folder of the exercises, which says their positions."""
GAP_PX = 8
"""Space round each picture of a sheet."""
LABEL_PX = 22
"""Height of the name above a row."""
ROWS_OF_A_SHEET = 5
"""Exercises on one sheet of a position: more would be too small to judge."""
COLOURS = {"light": ("#FFFFFF", "#1D2836"), "dark": ("#05070A", "#F2F5F9")}
"""Colours between the pictures, and of the names, by theme."""


def render_row(slug: str, person: Person, in_between_count: int, look: PictureLook) -> list[ComposedPicture]:
    """Return the pictures of one exercise: start, so many moments of the motion (0 to 4), end, and both."""
    figure = load_figure(slug, person)
    rendered = render_figure(figure)
    asset = asset_content(figure, rendered)
    in_betweens = rendered.scenes[1:-1:2] if in_between_count > 2 else rendered.scenes[2:-1:4]
    chosen = [] if look.frame == "icon" else in_betweens[:in_between_count]
    moments = {f"moment {place}": scene for place, scene in enumerate(chosen)}
    for name, scene in moments.items():
        asset["documents"][name] = build_document(slug, "", write_layers(scene.layers, rendered.viewport))
    return [compose_picture(asset, phase, look, False) for phase in ("start", *moments, "end", "both")]


def render_contact_sheet(
    slugs: list[str], theme: str, in_between_count: int, width: int, look: PictureLook
) -> Image.Image:
    """Return one sheet with the exercises shown by a person, one a row, each picture `width` pixels wide."""
    canvas = CANVASES[look.frame]
    height, columns = width * canvas.height // canvas.width, 3 + (0 if look.frame == "icon" else in_between_count)
    row_height = LABEL_PX + height + GAP_PX
    paper, ink = COLOURS[theme]
    sheet = Image.new("RGB", (columns * (width + GAP_PX) + GAP_PX, len(slugs) * row_height + GAP_PX), paper)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(LABEL_PX * 0.68)
    for row, slug in enumerate(slugs):
        pen.text((GAP_PX + 4, row * row_height + 4), slug, fill=ink, font=font)
        for column, (document, line_scale) in enumerate(
            render_row(slug, look.appearance.person, in_between_count, look)
        ):
            png = render_png(paint_document(document, theme, slug, line_scale, look.appearance), width)
            at = GAP_PX + column * (width + GAP_PX), row * row_height + LABEL_PX
            picture = Image.open(io.BytesIO(png)).convert("RGBA")
            sheet.paste(picture, at, picture)
    return sheet


def group_by_position(person: Person = DEFAULT_PERSON) -> dict[str, list[str]]:
    """Return the slugs of all exercises that a person shows, by position."""
    positions = {slug: _read_position(slug) for slug in list_posed_slugs(person)}
    ordered = sorted(positions, key=lambda slug: (positions[slug], slug))
    return {position: list(slugs) for position, slugs in groupby(ordered, key=positions.__getitem__)}


def _read_position(slug: str) -> str:
    return str(yaml.load((EXERCISES / f"{slug}.yaml").read_text("utf-8"), yaml.CSafeLoader)["position"])


def _plan_sheets(out: Path, slugs: list[str], person: Person) -> Iterator[tuple[Path, list[str]]]:
    """Yield the path and the exercises of each sheet."""
    if out.suffix == ".png":
        yield out, slugs or list_posed_slugs(person)
        return
    out.mkdir(parents=True, exist_ok=True)
    for position, members in group_by_position(person).items():
        chosen = [slug for slug in members if not slugs or slug in slugs]
        for first in range(0, len(chosen), ROWS_OF_A_SHEET):
            yield out / f"{position}-{first // ROWS_OF_A_SHEET + 1}.png", chosen[first : first + ROWS_OF_A_SHEET]


def main() -> None:
    """Write the contact sheets that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a PNG file, or a folder")
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--person", default=DEFAULT_PERSON, choices=PERSONS)
    parser.add_argument("--skin", choices=SKIN_TONES, help="instead of the usual skin of the person")
    parser.add_argument("--width", type=int, default=300, help="pixels of each picture")
    parser.add_argument("--strip", type=int, default=2, help="pictures of the motion between start and end (0 to 4)")
    parser.add_argument("--frame", default="landscape", choices=FRAMES)
    options = parser.parse_intermixed_args()
    appearance = choose_appearance("", options.person, options.skin, PERSONS)
    look = PictureLook(frame=options.frame, appearance=appearance)
    for path, slugs in _plan_sheets(options.out, options.slug, options.person):
        render_contact_sheet(slugs, options.theme, options.strip, options.width, look).save(path)
        print(path, flush=True)


if __name__ == "__main__":
    main()
