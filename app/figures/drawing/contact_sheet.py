"""Contact sheet of drawings: `python -m app.figures.drawing.contact_sheet OUT.png [SLUG ...]`."""

import argparse
from pathlib import Path

from app.figures.drawing.documents import render_figure
from app.figures.drawing.posefile import list_posed_slugs, load_figure
from app.figures.drawing.svg import HEIGHT_PX, WIDTH_PX, build_document, write_layers
from app.figures.painting import paint_document
from app.figures.raster import render_png

GAP_PX = 12
"""Space round each picture of the sheet."""
PAPER_COLOURS = {"light": "#FFFFFF", "dark": "#05070A"}
"""Colour between the pictures, by theme."""


def render_row(slug: str, in_between_count: int) -> list[str]:
    """Return the documents of one exercise: start, end, both, and so many moments of the motion (0 to 4)."""
    figure = render_figure(load_figure(slug))
    stills = [figure.documents[phase] for phase in ("start", "end", "both")]
    in_betweens = figure.scenes[1:-1:2][:in_between_count]
    return stills + [build_document(slug, "", write_layers(scene.layers, figure.viewport)) for scene in in_betweens]


def render_contact_sheet(slugs: list[str], theme: str, in_between_count: int) -> tuple[str, int]:
    """Return one SVG document with the exercises, one a row, and its width in pixels."""
    columns = 3 + in_between_count
    width, height = columns * (WIDTH_PX + GAP_PX) + GAP_PX, len(slugs) * (HEIGHT_PX + GAP_PX) + GAP_PX
    cells = ""
    for row, slug in enumerate(slugs):
        for column, document in enumerate(render_row(slug, in_between_count)):
            x, y = GAP_PX + column * (WIDTH_PX + GAP_PX), GAP_PX + row * (HEIGHT_PX + GAP_PX)
            cells += paint_document(document, theme, slug).replace("<svg ", f'<svg x="{x}" y="{y}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{PAPER_COLOURS[theme]}"/>{cells}</svg>'
    ), width


def main() -> None:
    """Write the contact sheet that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--width", type=int, default=0, help="pixels of the whole sheet")
    parser.add_argument("--strip", type=int, default=2, help="pictures of the motion between start and end (0 to 4)")
    options = parser.parse_intermixed_args()
    svg, width = render_contact_sheet(options.slug or list_posed_slugs(), options.theme, options.strip)
    options.out.write_bytes(render_png(svg, options.width or width))


if __name__ == "__main__":
    main()
