"""Drawings that would do something in the browser, the renderer or the server of whoever shows them."""

import re
from xml.etree import ElementTree

import py_svg_hush
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.figures.uploads.picture_limits import InvalidPicture
from app.figures.uploads.svg_names import ATTRIBUTES, ELEMENTS, SVG_NAMESPACE
from app.figures.uploads.svg_sanitiser import sanitise_svg

ROOT = (
    f'<svg xmlns="{SVG_NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:html="http://www.w3.org/1999/xhtml" viewBox="0 0 40 30">'
)
RECT = '<rect width="40" height="30" fill="red"/>'
SAFE_VALUE = re.compile(r"""[^:/\\@<>&"';]*""")


def draw(inside: str, before: str = "") -> bytes:
    return f"{before}{ROOT}{inside}{RECT}</svg>".encode()


REFUSED = {
    "script": draw("<script>alert(1)</script>"),
    "script with a type": draw('<script type="text/ecmascript" xlink:href="data:text/javascript,alert(1)"/>'),
    "event": draw('<rect width="4" height="3" onload="alert(1)"/>'),
    "event in capitals": draw('<g OnClick="alert(1)"/>'),
    "event on the root": draw("").replace(b"<svg ", b'<svg onload="alert(1)" '),
    "foreign object": draw("<foreignObject><html:script>alert(1)</html:script></foreignObject>"),
    "frame": draw("<iframe src='http://example.org/'/>"),
    "handler": draw('<handler type="text/javascript">alert(1)</handler>'),
    "link": draw('<a href="javascript:alert(1)"><rect/></a>'),
    "javascript address": draw('<use href="javascript:alert(1)"/>'),
    "javascript address in capitals": draw('<use href="JaVaScRiPt:alert(1)"/>'),
    "javascript address in character references": draw('<use href="&#106;ava&#x73;cript&#58;alert(1)"/>'),
    "javascript address with a line break": draw('<use xlink:href="java&#10;script:alert(1)"/>'),
    "use of another host": draw('<use href="http://example.org/a.svg#b"/>'),
    "use of another host without scheme": draw('<use xlink:href="//example.org/a.svg#b"/>'),
    "use of another file": draw('<use href="/figure.svg#b"/>'),
    "data address": draw('<use href="data:image/svg+xml;base64,PHN2Zz4=#b"/>'),
    "bitmap of a file": draw('<image href="/etc/passwd"/>'),
    "bitmap of a host": draw('<image xlink:href="http://example.org/track.png"/>'),
    "bitmap inside": draw('<image href="data:image/png;base64,AAAA"/>'),
    "set of an address": draw('<use href="#a"><set attributeName="href" to="javascript:alert(1)"/></use>'),
    "animation of an address": draw('<animate attributeName="xlink:href" values="javascript:alert(1)"/>'),
    "animation of an event": draw('<animate onbegin="alert(1)" attributeName="x"/>'),
    "style sheet of a host": draw("<style>@import url(http://example.org/a.css);</style>"),
    "style sheet of a host, escaped": draw("<style>@\\69mport 'http://example.org/a.css';</style>"),
    "font of a host": draw("<style>@font-face{font-family:a;src:url(http://example.org/a.woff)}</style>"),
    "expression": draw('<rect width="4" height="3" style="fill:expression(alert(1))"/>'),
    "address in a style": draw('<rect width="4" height="3" style="fill:url(http://example.org/a#b)"/>'),
    "address in a style, escaped": draw('<rect width="4" height="3" style="fill:\\75rl(http://example.org/a#b)"/>'),
    "address in a style sheet": draw("<style>rect{stroke:url('http://example.org/a#b')}</style>"),
    "address in an attribute": draw('<rect width="4" height="3" fill="url(http://example.org/a#b)"/>'),
    "file in a mask": draw('<rect width="4" height="3" mask="url(/a.svg#b)"/>'),
    "filter with a bitmap": draw(
        '<rect filter="url(#f)"/><filter id="f"><feImage href="http://example.org/"/></filter>'
    ),
    "external entity": draw("<g>&a;</g>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "parameter entity": draw("", '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://example.org/a.dtd"> %a;]>'),
    "many laughs": draw("<g>&b;</g>", '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'),
    "unknown entity": draw("<g>&a;</g>", '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'),
    "large number": draw('<rect width="1e30" height="3"/>'),
    "large number in a path": draw('<path d="M0 0L99999999 0"/>'),
    "many digits": draw(f'<rect width="{"9" * 5000}" height="3"/>'),
    "deep": draw("<g>" * 40 + "</g>" * 40),
    "many elements": draw("<g/>" * 5001),
    "itself": draw('<g id="a"><use href="#a"/></g>'),
    "each other": draw('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "a mask of itself": draw('<mask id="a"><rect width="4" height="3" mask="url(#a)"/></mask>'),
    "ten times ten times": draw(
        '<g id="a0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(6))
    ),
    "a long chain": draw("".join(f'<linearGradient id="a{n}" href="#a{n + 1}"/>' for n in range(2000))),
    "markers at many points": draw(
        f'<marker id="m">{"<path/>" * 50}</marker><path marker-mid="url(#m)" d="M{"0 0 1 1 " * 500}"/>'
    ),
    "surfaces": draw('<g opacity=".5"/>' * 250),
    "nowhere": draw('<use href="#nothing"/>'),
    "compressed": b"\x1f\x8b\x08\x00" + b"0" * 100,
    "no drawing": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "no namespace": b'<svg viewBox="0 0 4 3"><script>alert(1)</script></svg>',
    "no XML": b"GIF89a",
    "no end": draw("")[:-4],
    "unknown encoding": b'<?xml version="1.0" encoding="utf-77"?><svg/>',
    "no view": f'<svg xmlns="{SVG_NAMESPACE}" width="210mm" height="100%">{RECT}</svg>'.encode(),
    "an empty view": draw("").replace(b"0 0 40 30", b"0 0 0 0"),
    "too large": draw(f"<!--{'x' * 530_000}-->"),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidPicture) as caught:
        sanitise_svg(content)
    assert "alert" not in str(caught.value)
    assert "example.org" not in str(caught.value)


SLOW_FOR_PATTERNS = {
    "a style sheet without braces": draw(f"<style>{'a' * 400_000}</style>"),
    "comments without end": draw(f"<style>{'/*' * 200_000}*/ a</style>"),
    "many braces": draw(f"<style>{'{' * 400_000}</style>"),
    "blanks": draw(f'<rect style="fill:{" " * 400_000}x y!important" width="1" height="1"/>'),
    "a transform without end": draw(f'<g transform="{"scale(1)" * 50_000}scale("/>'),
    "a long number": draw(f'<path d="M{"1" * 400_000}"/>'),
}


@pytest.mark.parametrize("content", SLOW_FOR_PATTERNS.values(), ids=SLOW_FOR_PATTERNS)
def test_no_value_takes_long(content: bytes) -> None:
    # Quadratic time would be minutes: no clock is needed to notice it.
    with pytest.raises(InvalidPicture):
        sanitise_svg(content)


UNKNOWN_TO_THE_OTHER = ("marker", "paint-order")
"""Harmless attributes that the other sanitiser takes out, whatever their value."""


def assert_harmless(drawing: str) -> None:
    """Check a drawing by another reader, and by another sanitiser."""
    root = ElementTree.fromstring(drawing)
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        namespace, name = element.tag[1:].split("}")
        assert namespace == SVG_NAMESPACE
        assert name in ELEMENTS
        assert element.text is None
        assert element.tail is None
        for attribute, value in element.attrib.items():
            assert attribute == "id" or attribute in ATTRIBUTES
            assert SAFE_VALUE.fullmatch(value)
            assert all(reference in ids for reference in re.findall(r"#([\w-]+)\)", value))
    assert drawing.count("<svg") == 1
    filtered = py_svg_hush.filter_svg(drawing.encode()).decode()
    known = ElementTree.canonicalize(drawing, exclude_attrs=UNKNOWN_TO_THE_OTHER)
    assert ElementTree.canonicalize(filtered, strip_text=True) == known


NAMES = [*sorted(ATTRIBUTES), "onload", "id", "class", "style", "xlink:href"]
VALUES = [
    *("#a", "url(#a)", "url(http://example.org)", "url('#a')", "fill:url(#a)", "fill:red;opacity:.5", "red", "none"),
    *("0 0 4 3", "1e999", "-1", "50%", "M0 0h1z", "scale(2)", "\\75rl(#a)", "javascript:alert(1)", "data:,", "a"),
    *("&#58;", "&lt;", "@import", "/*", "{", "}", "red!important", "start", "0", "1", "2px"),
]


def write_element(name: str, attributes: dict[str, str], children: list[str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>"


ELEMENT = st.recursive(
    st.just('<g id="a"/>'),
    lambda inside: st.builds(
        write_element,
        st.sampled_from([*sorted(ELEMENTS - {"svg"}), "style", "script", "title"]),
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3),
        st.lists(inside, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(ELEMENT)
@example('<circle paint-order="normal"/>')
def test_whatever_passes_is_harmless(inside: str) -> None:
    try:
        drawing = sanitise_svg(draw(inside))
    except InvalidPicture:
        return
    assert_harmless(drawing)
    assert_harmless(sanitise_svg(drawing.encode()))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="<>/&;\"'=svg#:! []-?{}", max_size=80).map(str.encode))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    try:
        sanitise_svg(content)
    except InvalidPicture:
        return
    pytest.fail("a few random bytes are no drawing")
