"""The drawing: right figures, large enough words inside the frame, enough contrast, and the same bytes every time."""

import re
import subprocess
import sys
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st

from app.figures.palette import DARK, LIGHT
from app.workstation.body import WorkstationBody
from app.workstation.drawing.canvas import TEXT_COLOURS, Theme
from app.workstation.drawing.diagram import HEIGHT, WIDTH, draw_diagram
from app.workstation.fit import compute_fit

SVG = "{http://www.w3.org/2000/svg}"
LEAST_FONT = 12
WIDEST_LETTER = 0.66
"""Of the font size: bold DejaVu Sans, the widest of the fonts that are named."""


def body(**said: Any) -> WorkstationBody:
    return WorkstationBody.model_validate({"stature_cm": 170, **said})


def texts(drawing: str) -> list[tuple[str, float, float, float, str]]:
    """Words with place, size and anchor."""
    found = []
    for one in ElementTree.fromstring(drawing).iter(f"{SVG}text"):
        x, y, size = (float(one.attrib[name]) for name in ("x", "y", "font-size"))
        found.append((one.text or "", x, y, size, one.attrib["text-anchor"]))
    return found


def boxes(drawing: str) -> list[tuple[float, float, float, float]]:
    """Where each word lies: left, top, right, bottom."""
    found = []
    for said, x, y, size, anchor in texts(drawing):
        width = len(said) * size * WIDEST_LETTER
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        found.append((left, y - size * 0.8, left + width, y + size * 0.2))
    return found


bodies = st.builds(
    body,
    stature_cm=st.integers(140, 205),
    relaxed=st.booleans(),
    lenses=st.sampled_from(["single", "progressive"]),
    device=st.sampled_from(["desktop", "laptop"]),
    screen_diagonal_in=st.none() | st.integers(10, 49),
    desk=st.none() | st.builds(lambda height: {"fixed_cm": height}, st.integers(45, 140)),
    chair=st.none() | st.builds(lambda low: {"min_cm": low, "max_cm": low + 10}, st.integers(25, 60)),
)


@pytest.mark.parametrize("stature", [150, 170, 190])
def test_the_figures_of_the_fit_are_written_on_it(stature: int) -> None:
    found = compute_fit(body(stature_cm=stature))
    words = {one[0] for one in texts(draw_diagram(body(stature_cm=stature)))}
    for one in (
        found.seat_height,
        found.desk_setting,
        found.screen_top_sitting,
        found.eye_sitting,
        found.viewing_distance,
        found.seat_depth,
        found.armrest_above_seat,
    ):
        assert f"{one.value:g} cm" in words
    assert f"{found.screen_tilt.value:g}°" in words
    assert "Footrest" not in words


def test_a_footrest_is_drawn_where_one_is_needed() -> None:
    words = {one[0] for one in texts(draw_diagram(body(stature_cm=160, desk={"fixed_cm": 73})))}
    assert {"Footrest", "11.3 cm", "73 cm", "52.4 cm"} <= words


@settings(max_examples=60)
@given(bodies)
def test_every_word_is_large_enough_inside_the_frame_and_clear_of_the_others(asked: WorkstationBody) -> None:
    drawing = draw_diagram(asked)
    assert all(one[3] >= LEAST_FONT for one in texts(drawing))
    placed = boxes(drawing)
    for left, top, right, bottom in placed:
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= HEIGHT
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@settings(max_examples=60)
@given(bodies)
def test_no_number_is_lost_in_the_drawing(asked: WorkstationBody) -> None:
    assert not re.search(r"nan|inf|None", draw_diagram(asked))


@pytest.mark.parametrize("theme", get_args(Theme))
def test_one_request_one_drawing(theme: Theme) -> None:
    assert draw_diagram(body(), theme) == draw_diagram(body(), theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_made_a_picture(theme: Theme) -> None:
    picture = bytes(resvg_py.svg_to_bytes(svg_string=draw_diagram(body(), theme), width=400))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5000


def test_auto_holds_both_themes_and_nothing_comes_from_elsewhere() -> None:
    drawing = draw_diagram(body(), "auto")
    bright, dark = drawing.split("@media(prefers-color-scheme:dark)", 1)
    for tone in ("bg", "skin", "spine"):
        assert LIGHT[tone] in bright
        assert DARK[tone] in dark
    assert TEXT_COLOURS["light"]["text"] in drawing
    assert f".tmw-text{{fill:{TEXT_COLOURS['dark']['text']}}}" in dark
    assert "var(" not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


def test_every_class_has_its_colour_and_every_path_its_class() -> None:
    drawing = draw_diagram(body(device="laptop", desk={"fixed_cm": 73}), "dark")
    ruled = set(re.findall(r"\.(tm[fw]-[\w-]+)\{", drawing))
    for one in ElementTree.fromstring(drawing).iter():
        named = set(one.get("class", "").split())
        assert named <= ruled
        assert named or one.tag.removeprefix(SVG) not in {"path", "rect", "text"}


def test_no_drawing_library_is_needed() -> None:
    code = (
        "import sys; from app.workstation.body import WorkstationBody as B;"
        "from app.workstation.drawing.diagram import draw_diagram; draw_diagram(B(stature_cm=170));"
        "print({'numpy', 'shapely'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_it_says_in_words_what_it_shows() -> None:
    label = ElementTree.fromstring(draw_diagram(body())).attrib["aria-label"]
    assert label == ("Seat 43.6 cm, desk 65.6 cm, top of the screen 115 cm above the floor, eye to screen 68 cm.")


@pytest.mark.parametrize(
    ("words", "ground"), [(TEXT_COLOURS["light"], LIGHT["bg"]), (TEXT_COLOURS["dark"], DARK["bg"])]
)
def test_words_stand_out_from_the_ground(words: dict[str, str], ground: str) -> None:
    for tone in ("text", "muted"):
        assert contrast(words[tone], ground) >= 4.5
    assert contrast(words["rule"], ground) >= 3


def contrast(one: str, other: str) -> float:
    """As WCAG reckons it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
