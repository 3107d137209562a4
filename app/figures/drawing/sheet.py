"""Contact sheet: `python -m app.figures.drawing.sheet OUT.png [SLUG ...]` shows start, end, both and in-betweens."""

import argparse
from pathlib import Path

from app.figures.drawing.figure import pictures
from app.figures.drawing.posefile import load, slugs
from app.figures.drawing.svg import HEIGHT, WIDTH, document, still
from app.figures.palette import build_style_sheet
from app.figures.raster import render_png

GAP = 12


def row(slug: str, strip: int) -> list[str]:
    """The documents of one exercise."""
    drawn = pictures(load(slug))
    found = [drawn.documents[p] for p in ("start", "end", "both")]
    return found + [document(slug, "", still(s.layers, drawn.frame)) for s in drawn.scenes[1:-1:2][:strip]]


def sheet(names: list[str], theme: str, strip: int) -> tuple[str, int]:
    """One SVG with all exercises, one a row, and its width."""
    columns = 3 + strip
    wide, high = columns * (WIDTH + GAP) + GAP, len(names) * (HEIGHT + GAP) + GAP
    cells = ""
    for y, name in enumerate(names):
        for x, text in enumerate(row(name, strip)):
            at = f'x="{GAP + x * (WIDTH + GAP)}" y="{GAP + y * (HEIGHT + GAP)}" width="{WIDTH}" height="{HEIGHT}"'
            cells += text.replace("<style>{style}</style>", "").replace("<svg ", f"<svg {at} ", 1)
    back = "#FFFFFF" if theme == "light" else "#05070A"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"><style>{build_style_sheet(theme)}</style>'
        f'<rect width="{wide}" height="{high}" fill="{back}"/>{cells}</svg>'
    ), wide


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--width", type=int, default=0, help="pixels of the whole sheet")
    parser.add_argument("--strip", type=int, default=2, help="pictures of the motion between start and end (0 to 4)")
    given = parser.parse_intermixed_args()
    svg, wide = sheet(given.slug or slugs(), given.theme, given.strip)
    given.out.write_bytes(render_png(svg, given.width or wide))


if __name__ == "__main__":
    main()
