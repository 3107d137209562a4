"""What a host page may rely on: valid XML, nothing from elsewhere, own names, and nothing a sanitiser removes."""

import re
from xml.etree import ElementTree

import py_svg_hush
import pytest

from app.figures import assets
from app.figures.painting import STYLE_PLACEHOLDER
from app.figures.picture_options import PHASES

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED_ELEMENTS = {"svg", "title", "desc", "style", "rect", "g", "path", "animate"}
DRAWINGS = [(slug, phase) for slug in assets.list_drawn_slugs() for phase in PHASES]


@pytest.mark.parametrize(("slug", "phase"), DRAWINGS)
def test_a_drawing_is_safe_to_embed(slug: str, phase: str) -> None:
    root = ElementTree.fromstring(assets.render_svg(slug, phase, "auto"))
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        assert name in ALLOWED_ELEMENTS
        assert name != "animate" or phase == "animated"
        assert not {key for key in element.attrib if key.lower().startswith("on") or "href" in key}
        assert "id" not in element.attrib
        assert all(word.startswith("tmf-") for word in element.get("class", "").split())
    assert root.get("class") == f"tmf-{slug}-auto"


@pytest.mark.parametrize(("slug", "phase"), DRAWINGS)
def test_a_style_sheet_is_safe_to_embed(slug: str, phase: str) -> None:
    root = ElementTree.fromstring(assets.render_svg(slug, phase, "auto"))
    style = "".join(element.text or "" for element in root.iter(f"{SVG}style"))
    assert "url(" not in style
    assert "@import" not in style
    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", style)
    assert selectors
    assert all(re.fullmatch(rf"\.tmf-{slug}-auto \.tmf-[\w-]+", selector) for selector in selectors)


@pytest.mark.parametrize(("slug", "phase"), DRAWINGS)
def test_a_sanitiser_lets_it_pass_unchanged(slug: str, phase: str) -> None:
    drawing = assets.render_svg(slug, phase, "auto")
    cleaned = py_svg_hush.filter_svg(drawing)  # lays the lines out anew, so the canonical forms are compared
    assert _canonicalise(cleaned) == _canonicalise(drawing)


def _canonicalise(svg: bytes) -> str:
    return ElementTree.canonicalize(svg.decode(), strip_text=True)


def test_licence_and_credit_are_inside() -> None:
    for slug, phase in DRAWINGS:
        beginning = assets.render_svg(slug, phase)[:2000].decode()
        assert "<title>" in beginning
        assert STYLE_PLACEHOLDER not in beginning
        description = beginning[beginning.index("<desc>") : beginning.index("</desc>")]
        assert assets.LICENSE_NAME in description
        assert assets.CREDIT in description
