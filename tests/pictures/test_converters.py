"""Converters for React Native and Android keep every colour: svgr and svg2vectordrawable, on every still."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.figures import assets
from app.figures.palette import THEMES, FixedTheme
from app.figures.picture_options import StillFigurePhase
from app.kit.closed_lists import list_words
from app.workstation.body import WorkstationBody
from app.workstation.drawing.diagram import draw_diagram
from tests.pictures.tools import BUILD

pytestmark = pytest.mark.pictures
SOURCE = Path(__file__).parent / "convert.mjs"
SVG = "{http://www.w3.org/2000/svg}"
ANDROID = "{http://schemas.android.com/apk/res/android}"
SHAPES = {f"{SVG}{name}" for name in ("path", "rect")}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with every still in both themes, and what the converters make of it."""
    folder = BUILD / "converted"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for slug, phase, theme in product(assets.list_drawn_slugs(), list_words(StillFigurePhase), THEMES):
        (folder / f"{slug}-{phase}-{theme}.svg").write_bytes(assets.render_svg(slug, phase, theme))
    for theme in list_words(FixedTheme):
        (folder / f"workstation-{theme}.svg").write_text(draw_diagram(WorkstationBody(stature_cm=170), theme))
    script = Path(shutil.copy(SOURCE, BUILD))
    subprocess.run(["node", script, folder], check=True, timeout=600)
    yield folder
    shutil.rmtree(folder)


def list_paints(svg: Path) -> list[tuple[str | None, str | None]]:
    """Fill and stroke of every shape, in order; None where nothing is painted."""
    shapes = [element for element in ElementTree.parse(svg).iter() if element.tag in SHAPES]
    return [(paint_of(shape, "fill"), paint_of(shape, "stroke")) for shape in shapes]


def paint_of(element: ElementTree.Element, attribute: str) -> str | None:
    colour = element.get(attribute)
    return None if colour in (None, "none") else colour


def test_react_native_keeps_every_colour(folder: Path) -> None:
    for svg in folder.glob("*.svg"):
        shapes = re.findall(r"<(?:Path|Rect)\b([^>]*)/>", svg.with_suffix(".jsx").read_text())
        paints = [dict(re.findall(r'\b(fill|stroke)="(#\w+)"', shape)) for shape in shapes]
        assert [(paint.get("fill"), paint.get("stroke")) for paint in paints] == list_paints(svg), svg.name
        assert "style" not in svg.with_suffix(".jsx").read_text()


def test_android_keeps_every_colour(folder: Path) -> None:
    """A colour has its opacity before it there."""
    for svg in folder.glob("*.svg"):
        paths = ElementTree.parse(svg.with_suffix(".xml")).iter("path")
        paints = [(path.get(f"{ANDROID}fillColor"), path.get(f"{ANDROID}strokeColor")) for path in paths]
        opaque = [tuple(colour and f"#FF{colour[3:]}" for colour in paint) for paint in paints]
        expected = [tuple(colour and f"#FF{colour[1:]}" for colour in paint) for paint in list_paints(svg)]
        assert opaque == expected, svg.name
        assert all(any(paint) for paint in paints)
