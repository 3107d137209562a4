"""What a host page may rely on: valid XML, nothing from elsewhere, own names, and nothing a sanitiser removes."""

import re
from xml.etree import ElementTree

import py_svg_hush
import pytest

from app.figures import assets

SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {"svg", "title", "desc", "style", "rect", "g", "path", "animate"}
DRAWN = [(slug, phase) for slug in assets.list_drawn_slugs() for phase in assets.PHASES]


@pytest.mark.parametrize(("slug", "phase"), DRAWN)
def test_a_drawing_is_safe_to_embed(slug: str, phase: str) -> None:
    drawing = assets.render_svg(slug, phase, "auto")
    root = ElementTree.fromstring(drawing)
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        assert name in KNOWN
        assert name != "animate" or phase == "animated"
        assert not {key for key in element.attrib if key.lower().startswith("on") or "href" in key}
        assert "id" not in element.attrib
        assert all(word.startswith("tmf-") for word in element.get("class", "").split())
    style = "".join(one.text or "" for one in root.iter(f"{SVG}style"))
    assert "url(" not in style
    assert "@import" not in style
    assert all(word.startswith("tmf-") for word in re.findall(r"\.([A-Za-z][\w-]*)", style))


@pytest.mark.parametrize(("slug", "phase"), DRAWN)
def test_a_sanitiser_lets_it_pass_unchanged(slug: str, phase: str) -> None:
    drawing = assets.render_svg(slug, phase, "auto")
    cleaned = py_svg_hush.filter_svg(drawing)  # lays the lines out anew, so the canonical forms are compared
    assert _canonical(cleaned) == _canonical(drawing)


def _canonical(svg: bytes) -> str:
    return ElementTree.canonicalize(svg.decode(), strip_text=True)


def test_licence_and_credit_are_inside() -> None:
    for slug, phase in DRAWN:
        said = assets.render_svg(slug, phase)[:2000]
        assert b"<title>" in said
        assert assets.STYLE_PLACEHOLDER.encode() not in said
        description = said[said.index(b"<desc>") : said.index(b"</desc>")].decode()
        assert assets.LICENSE_NAME in description
        assert assets.CREDIT in description
