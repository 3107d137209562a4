"""The drawing: right numbers, large texts inside the frame, enough contrast, and the same bytes every time."""

import re
import subprocess
import sys
from itertools import combinations
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st

from app.figures.palette import DARK, LABEL_COLOURS, LIGHT, THEMES, Theme
from app.figures.persons import SITTING_PERSONS, SittingPerson
from app.kit.closed_lists import list_words
from app.workstation.body import WorkstationBody
from app.workstation.drawing.diagram import HEIGHT_PX, WIDTH_PX, draw_diagram
from app.workstation.fit import compute_fit

SVG = "{http://www.w3.org/2000/svg}"
MIN_FONT_PX = 12
MAX_LETTER_RATIO = 0.66
"""Width of a letter as a part of the font size, in bold DejaVu Sans, the widest of the fonts of the drawing."""


def make_body(**fields: Any) -> WorkstationBody:
    return WorkstationBody.model_validate({"stature_cm": 170, **fields})


class DrawnText(NamedTuple):
    text: str
    x: float
    y: float
    size: float
    anchor: str


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def texts_of(drawing: str) -> list[DrawnText]:
    drawn = []
    for element in ElementTree.fromstring(drawing).iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        drawn.append(DrawnText(element.text or "", x, y, size, element.attrib["text-anchor"]))
    return drawn


def words_of(drawing: str) -> set[str]:
    return {drawn.text for drawn in texts_of(drawing)}


def box_of(drawn: DrawnText) -> Box:
    width = len(drawn.text) * drawn.size * MAX_LETTER_RATIO
    left = {"start": drawn.x, "middle": drawn.x - width / 2, "end": drawn.x - width}[drawn.anchor]
    return Box(left, drawn.y - drawn.size * 0.8, left + width, drawn.y + drawn.size * 0.2)


bodies = st.builds(
    make_body,
    stature_cm=st.integers(140, 205),
    relaxed=st.booleans(),
    lenses=st.sampled_from(["single", "progressive"]),
    device=st.sampled_from(["desktop", "laptop"]),
    screen_diagonal_in=st.none() | st.integers(10, 49),
    desk=st.none() | st.builds(lambda height: {"fixed_cm": height}, st.integers(45, 140)),
    chair=st.none() | st.builds(lambda low: {"min_cm": low, "max_cm": low + 10}, st.integers(25, 60)),
)


@pytest.mark.parametrize("stature", [150, 170, 190])
def test_the_dimensions_of_the_fit_are_written_on_it(stature: int) -> None:
    fitted = compute_fit(make_body(stature_cm=stature))
    words = words_of(draw_diagram(make_body(stature_cm=stature)))
    for dimension in (
        fitted.seat_height,
        fitted.desk_setting,
        fitted.screen_top_sitting,
        fitted.eye_sitting,
        fitted.viewing_distance,
        fitted.seat_depth,
        fitted.armrest_above_seat,
    ):
        assert dimension is not None
        assert f"{dimension.value:g} cm" in words
    assert f"{fitted.screen_tilt.value:g}°" in words
    assert "Footrest" not in words


def test_a_footrest_is_drawn_where_one_is_needed() -> None:
    words = words_of(draw_diagram(make_body(stature_cm=160, desk={"fixed_cm": 73})))
    assert {"Footrest", "11.3 cm", "73 cm", "52.4 cm"} <= words


@pytest.mark.parametrize("person", SITTING_PERSONS)
def test_another_person_sits_there_with_the_same_dimensions(person: SittingPerson) -> None:
    """Of the same height, in their own colours; a skin may be chosen."""
    usual, drawing, tanned = (draw_diagram(make_body(), "light", *who) for who in ((), (person,), (person, "tan")))
    assert words_of(drawing) == words_of(usual)
    assert (drawing == usual) is (person == "woman")
    assert "#C98F68" in tanned


def test_what_a_fitted_seat_does_is_named_where_it_does_it() -> None:
    """No mark of the elbow where the keys are out of reach, and no flat feet where they hang."""
    assert {"90–120°", "Low back", "supported", "Feet flat"} <= words_of(draw_diagram(make_body()))
    out_of_reach = words_of(draw_diagram(make_body(desk={"fixed_cm": 140})))
    assert "90–120°" not in out_of_reach
    hanging = words_of(draw_diagram(make_body(stature_cm=150, chair={"min_cm": 80, "max_cm": 90})))
    assert "Feet flat" not in hanging


@pytest.mark.parametrize("stature", [150, 170, 195])
def test_the_distance_begins_at_the_eye_and_castors_are_round(stature: int) -> None:
    drawing = draw_diagram(make_body(stature_cm=stature), "light")
    spans = re.findall(r'd="M([\d.]+) ([\d.]+)H([\d.]+)"', drawing)
    dashed_heights = re.findall(r'stroke-dasharray="2 3"[^>]*? d="M[\d.]+ ([\d.]+)H9"', drawing)
    assert float(spans[-1][1]) == pytest.approx(float(dashed_heights[0]), abs=0.2)
    discs = re.findall(r"a([\d.]+) ([\d.]+) 0 1 0 ([\d.]+) 0a", drawing)
    assert len(discs) == 3
    assert all(float(x) == float(y) == float(across) / 2 for x, y, across in discs)


@settings(max_examples=60)
@given(bodies)
def test_every_text_is_large_enough_inside_the_frame_and_overlaps_no_other(body: WorkstationBody) -> None:
    drawn = texts_of(draw_diagram(body))
    assert all(text.size >= MIN_FONT_PX for text in drawn)
    boxes = [box_of(text) for text in drawn]
    for box in boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= WIDTH_PX
        assert box.bottom <= HEIGHT_PX
    for first, second in combinations(boxes, 2):
        assert not first.overlaps(second), (first, second)


@settings(max_examples=60)
@given(bodies)
def test_every_number_of_the_drawing_is_finite(body: WorkstationBody) -> None:
    assert not re.search(r"nan|inf|None", draw_diagram(body))


@pytest.mark.parametrize("theme", list_words(Theme))
def test_the_same_request_gives_the_same_drawing(theme: Theme) -> None:
    assert draw_diagram(make_body(), theme) == draw_diagram(make_body(), theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_rendered_as_png(theme: Theme) -> None:
    png = bytes(resvg_py.svg_to_bytes(svg_string=draw_diagram(make_body(), theme), width=400))
    assert png.startswith(b"\x89PNG")
    assert len(png) > 5000


def test_auto_is_light_and_holds_the_dark_colours_in_rules_of_its_own() -> None:
    drawing = draw_diagram(make_body(), "auto")
    rules = drawing[drawing.index("<style>") : drawing.index("</style>")]
    assert rules.startswith("<style>@media(prefers-color-scheme:dark){")
    for tone, colour in {
        **{tone: DARK[tone] for tone in ("bg", "skin")},
        "text": LABEL_COLOURS["dark"]["text"],
    }.items():
        assert f".tmf-workstation-auto .tmf-{tone}{{fill:{colour}}}" in rules
    for colour in (LIGHT["bg"], LIGHT["skin"], LABEL_COLOURS["light"]["text"]):
        assert f'fill="{colour}"' in drawing
    assert "var(" not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("theme", THEMES)
def test_a_named_theme_has_its_colours_in_attributes_and_no_style_sheet(theme: Theme) -> None:
    """flutter_svg, react-native-svg and Android read no style sheet."""
    colours = {*THEMES[theme].values(), *LABEL_COLOURS[theme].values()}
    for element in ElementTree.fromstring(
        draw_diagram(make_body(device="laptop", desk={"fixed_cm": 73}), theme)
    ).iter():
        assert element.tag != f"{SVG}style"
        assert not {"class", "style", "id"} & element.attrib.keys()
        if element.tag.removeprefix(SVG) in {"path", "rect", "text"}:
            assert {element.get("fill"), element.get("stroke")} & colours
            assert "fill" in element.attrib  # SVG fills with black where nothing is said


def test_no_drawing_library_is_needed() -> None:
    code = (
        "import sys; from app.workstation.body import WorkstationBody as B;"
        "from app.workstation.drawing.diagram import draw_diagram; draw_diagram(B(stature_cm=170));"
        "print({'numpy', 'shapely'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_its_label_says_what_it_shows() -> None:
    label = ElementTree.fromstring(draw_diagram(make_body())).attrib["aria-label"]
    assert label == ("Seat 43.6 cm, desk 65.6 cm, top of the screen 115 cm above the floor, eye to screen 68 cm.")


@pytest.mark.parametrize(
    ("colours", "background"), [(LABEL_COLOURS["light"], LIGHT["bg"]), (LABEL_COLOURS["dark"], DARK["bg"])]
)
def test_texts_have_enough_contrast(colours: dict[str, str], background: str) -> None:
    for tone in ("text", "muted"):
        assert contrast(colours[tone], background) >= 4.5
    assert contrast(colours["rule"], background) >= 3


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
