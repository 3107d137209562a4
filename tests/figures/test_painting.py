"""A still drawing of the light or dark theme has its colours in attributes, for programs that read no style sheet."""

from xml.etree import ElementTree

import pytest

from app.figures import assets
from app.figures.painting import STYLE_PLACEHOLDER, paint_document
from app.figures.palette import DARK, LABEL_COLOURS, LIGHT, THEMES, FixedTheme
from app.figures.picture_options import PHASES

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {f"{SVG}path", f"{SVG}rect"}
STILLS = [phase for phase in PHASES if phase != "animated"]
TWO_SHAPES = f'<svg>{STYLE_PLACEHOLDER}<path class="tmf-skin"/><path class="tmf-e tmf-e-skin"/></svg>'
SKIN_EDGE = f'fill="none" stroke-width="24" stroke-linejoin="round" stroke="{LIGHT["skin-e"]}"'


def parse_drawing(slug: str, phase: str, theme: str) -> ElementTree.Element:
    return ElementTree.fromstring(assets.render_svg(slug, phase, theme))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", assets.list_drawn_slugs())
def test_a_still_has_no_style_sheet_and_no_class(slug: str, theme: str) -> None:
    for phase in STILLS:
        for element in parse_drawing(slug, phase, theme).iter():
            assert element.tag != f"{SVG}style"
            assert "class" not in element.attrib
            assert "style" not in element.attrib


@pytest.mark.parametrize("theme", assets.THEMES)
@pytest.mark.parametrize("slug", assets.list_drawn_slugs())
def test_every_shape_has_a_colour_of_the_theme(slug: str, theme: str) -> None:
    named: FixedTheme = "dark" if theme == "dark" else "light"
    colours = {*THEMES[named].values(), LABEL_COLOURS[named]["text"]}
    for phase in PHASES:
        for element in parse_drawing(slug, phase, theme).iter():
            if element.tag in SHAPES:
                assert {element.get("fill"), element.get("stroke")} & colours
                assert "fill" in element.attrib  # SVG fills with black where nothing is said


def test_a_drawing_has_a_size() -> None:
    root = parse_drawing(assets.list_drawn_slugs()[0], "both", "light")
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("400", "300", "0 0 400 300")


def test_a_named_theme_replaces_classes_by_attributes() -> None:
    assert paint_document(TWO_SHAPES, "light", "cat") == (
        f'<svg><path fill="{LIGHT["skin"]}"/><path {SKIN_EDGE}/></svg>'
    )


def test_auto_is_light_and_has_the_dark_colours_in_rules_of_its_own() -> None:
    skin, edge = f"fill:{DARK['skin']}", f"stroke:{DARK['skin-e']}"
    rules = f".tmf-cat-auto .tmf-skin{{{skin}}}.tmf-cat-auto .tmf-e-skin{{{edge}}}"
    assert paint_document(TWO_SHAPES, "auto", "cat") == (
        f'<svg class="tmf-cat-auto"><style>@media(prefers-color-scheme:dark){{{rules}}}</style>'
        f'<path fill="{LIGHT["skin"]}" class="tmf-skin"/>'
        f'<path {SKIN_EDGE} class="tmf-e-skin"/></svg>'
    )


def test_an_unknown_theme_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        paint_document(TWO_SHAPES, "pink", "cat")
