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

from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import list_posed_slugs, load_figure
from app.figures.drawing.svg import HEIGHT_PX, WIDTH_PX, build_document, write_layers
from app.figures.painting import paint_document
from app.figures.persons import DEFAULT_PERSON, PERSONS, Person
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


def render_row(slug: str, person: Person, in_between_count: int) -> list[str]:
    """Return the documents of one exercise: start, so many moments of the motion (0 to 4), end, and both."""
    figure = render_figure(load_figure(slug, person))
    in_betweens = figure.scenes[1:-1:2] if in_between_count > 2 else figure.scenes[2:-1:4]
    moments = [build_document(slug, "", write_layers(scene.layers, figure.viewport)) for scene in in_betweens]
    start, end, both = (figure.documents[phase] for phase in ("start", "end", "both"))
    return [start, *moments[:in_between_count], end, both]


def render_contact_sheet(
    slugs: list[str], person: Person, theme: str, in_between_count: int, width: int
) -> Image.Image:
    """Return one sheet with the exercises shown by a person, one a row, each picture `width` pixels wide."""
    height, columns = width * HEIGHT_PX // WIDTH_PX, 3 + in_between_count
    row_height = LABEL_PX + height + GAP_PX
    paper, ink = COLOURS[theme]
    sheet = Image.new("RGB", (columns * (width + GAP_PX) + GAP_PX, len(slugs) * row_height + GAP_PX), paper)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(LABEL_PX * 0.68)
    for row, slug in enumerate(slugs):
        pen.text((GAP_PX + 4, row * row_height + 4), slug, fill=ink, font=font)
        for column, document in enumerate(render_row(slug, person, in_between_count)):
            png = render_png(paint_document(document, theme, slug), width)
            at = GAP_PX + column * (width + GAP_PX), row * row_height + LABEL_PX
            picture = Image.open(io.BytesIO(png)).convert("RGBA")
            sheet.paste(picture, at, picture)
    return sheet


def group_by_position() -> dict[str, list[str]]:
    """Return the slugs of all drawn exercises by position."""
    positions = {slug: _read_position(slug) for slug in list_posed_slugs()}
    ordered = sorted(positions, key=lambda slug: (positions[slug], slug))
    return {position: list(slugs) for position, slugs in groupby(ordered, key=positions.__getitem__)}


def _read_position(slug: str) -> str:
    return str(yaml.load((EXERCISES / f"{slug}.yaml").read_text("utf-8"), yaml.CSafeLoader)["position"])


def _plan_sheets(out: Path, slugs: list[str]) -> Iterator[tuple[Path, list[str]]]:
    """Yield the path and the exercises of each sheet."""
    if out.suffix == ".png":
        yield out, slugs or list_posed_slugs()
        return
    out.mkdir(parents=True, exist_ok=True)
    for position, members in group_by_position().items():
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
    parser.add_argument("--width", type=int, default=300, help="pixels of each picture")
    parser.add_argument("--strip", type=int, default=2, help="pictures of the motion between start and end (0 to 4)")
    options = parser.parse_intermixed_args()
    for path, slugs in _plan_sheets(options.out, options.slug):
        render_contact_sheet(slugs, options.person, options.theme, options.strip, options.width).save(path)
        print(path, flush=True)


if __name__ == "__main__":
    main()
