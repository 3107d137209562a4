"""What drawing programs write passes, looks the same, and loses what only they need."""

import io
import re
from typing import Any, cast

import pytest
from PIL import Image, ImageChops

from app.figures.raster import render_png
from app.figures.uploads.picture_limits import InvalidPicture
from app.figures.uploads.svg_sanitiser import sanitise_svg

INKSCAPE = b"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="400" height="300" viewBox="0 0 400 300" version="1.1" inkscape:version="1.3"
  sodipodi:docname="/home/me/a.svg"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns="http://www.w3.org/2000/svg"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview1" pagecolor="#ffffff"/>
  <metadata><rdf:RDF><dc:creator>Ann Example</dc:creator></rdf:RDF></metadata>
  <defs id="defs1"><inkscape:path-effect effect="x"/><filter id="unused"><feGaussianBlur stdDeviation="1"/></filter>
    <linearGradient id="g1"><stop offset="0" style="stop-color:#ff0000;stop-opacity:1"/>
      <stop offset="1"/></linearGradient>
    <linearGradient id="g2" xlink:href="#g1" x1="50" x2="350" gradientUnits="userSpaceOnUse"/>
    <marker id="arrow" orient="auto-start-reverse" markerWidth="3" markerHeight="3" viewBox="-5 -5 10 10">
      <path d="M5 0-4 4v-8z" style="fill:context-stroke"/></marker></defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
    <path id="body" sodipodi:nodetypes="cc" d="m 50,50 c 100,0 200,50 300,200" aria-label="x"
      style="fill:none;stroke:url(#g2);stroke-width:20px;-inkscape-stroke:none;marker-end:url(#arrow)"/>
    <use xlink:href="#body" transform="matrix(1,0,0,0.5,0,60)"/></g>
  <g style="display:none" inkscape:label="notes"><text>secret</text></g>
</svg>"""
ILLUSTRATOR = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" x="0px" y="0px" viewBox="0 0 400 300"
  style="enable-background:new 0 0 400 300;" xml:space="preserve">
<style type="text/css"><![CDATA[
  /* styles */ .st0{fill:#2F93A1;} path.st1, #sun { fill : none ; stroke:#1B5963; stroke-width:6 !important }
  .st0{fill-opacity:.8}
]]></style>
<rect class="st0" width="50%" height="100%"/><path class="st0 st1" d="M20,20h200v100"/>
<circle id="sun" cx="300" cy="80" r="40"/>
</svg>"""
FIGMA = b"""<svg width="400" height="300" viewBox="0 0 400 300" fill="none" xmlns="http://www.w3.org/2000/svg">
<g clip-path="url(#clip0_1_2)"><mask id="m" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="200"
height="300"><rect width="200" height="300" fill="#D9D9D9"/></mask><g mask="url(#m)"><circle cx="200" cy="150" r="90"
fill="#E4572E" style="fill:#E4572E;fill:color(display-p3 0.8941 0.3412 0.1804);fill-opacity:1;"/></g></g>
<defs><clipPath id="clip0_1_2"><rect width="400" height="300" fill="white"/></clipPath></defs></svg>"""


def render(drawing: str) -> Image.Image:
    return Image.open(io.BytesIO(render_png(drawing, 200))).convert("RGBA")


@pytest.mark.parametrize("content", [INKSCAPE, ILLUSTRATOR, FIGMA], ids=["inkscape", "illustrator", "figma"])
def test_a_drawing_of_a_program_looks_the_same(content: bytes) -> None:
    drawing = sanitise_svg(content)
    written = content.decode().replace("fill:color(display-p3 0.8941 0.3412 0.1804);", "")  # not known to the renderer
    before, after = render(written), render(drawing)
    assert before.getbbox() is not None
    highest: list[Any] = [high for _, high in cast(Any, ImageChops.difference(before, after).getextrema())]
    assert max(highest) <= 2  # the edge of the frame is smoothed
    for word in ("inkscape", "Ann", "home", "secret", "style", "class", "Layer", "body", "<!"):
        assert word not in drawing
    assert sanitise_svg(content) == drawing
    assert sanitise_svg(drawing.encode()) == drawing


def test_ids_are_the_drawings_own_and_only_those_in_use() -> None:
    ids = [set(re.findall(' id="([^"]+)"', sanitise_svg(content))) for content in (INKSCAPE, FIGMA)]
    assert [len(of_drawing) for of_drawing in ids] == [5, 3]  # with the edge of the frame
    assert not ids[0] & ids[1]


def test_another_shape_stands_in_the_middle_and_shows_nothing_beside_it() -> None:
    square = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 20 20">
        <path fill="#000" d="M0 0h90v90H0z"/></svg>"""
    assert render(sanitise_svg(square)).getbbox() == (25, 0, 175, 150)


def test_the_first_of_two_elements_with_one_id_is_meant() -> None:
    content = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><defs><rect id="a" width="1" height="1"/>
        <rect id="a" width="4" height="3"/></defs><use href="#a"/></svg>"""
    assert render(sanitise_svg(content)).getbbox() == (0, 0, 50, 50)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<text>Breathe in</text>", "line 2: text needs a font: convert it to paths"),
        ('<rect style="filter:url(#f)"/>', "line 2: filters are not shown everywhere: flatten shadows and blurs"),
        ('<rect fill="url(#p)"/><defs><pattern id="p"/></defs>', "line 2: fill refers to what is not in the drawing, "),
        ('<rect width="calc(1px)"/>', "line 2: the value of width is not taken: a plain value"),
        ("<style>a:hover{fill:red}</style>", "line 2: only plain style sheets are taken"),
        ('<g marker-end="url(#m)"/>', "line 2: markers are taken on shapes alone"),
    ],
)
def test_what_cannot_be_left_out_is_refused_with_its_line(inside: str, reason: str) -> None:
    content = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">\n{inside}</svg>'
    with pytest.raises(InvalidPicture) as caught:
        sanitise_svg(content.encode())
    assert str(caught.value).startswith(reason)
