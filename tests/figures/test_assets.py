"""The committed drawings as the server reads them: phases, themes, sides, sizes."""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

import numpy as np
import pytest

from app.figures import assets
from app.figures.drawing.geometry import Array
from app.figures.drawing.posefile import POSES
from app.figures.palette import DARK, LIGHT
from app.figures.picture_options import PHASES, PictureLook

SLUGS = assets.list_drawn_slugs()
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+")
TRANSFORM = re.compile(r"(?:translate\(([-\d.]+)(?: ([-\d.]+))?\))?scale\(([-\d.]+)(?: ([-\d.]+))?\)")
NUMBER_WITH_SPACE = re.compile(r" ?-?\d+")
SERVE_ONE = """
import sys
from app.figures import assets
assets.render_svg(assets.list_drawn_slugs()[0])
print({"numpy", "shapely"} & set(sys.modules))
"""


def points_on_curve(path: str) -> Array:
    """Points at which the pieces of a path meet, in pixels: one start, then steps from each to the next."""
    parts = re.fullmatch(r"M([-\d ]+)([lq])([-\d t]+)z?", path)
    assert parts, path
    start, command, steps = parts.groups()
    numbers = [int(number) for number in NUMBER.findall(steps)]
    if command == "q":  # the first step is a control point from the same start
        numbers = numbers[2:]
    first = [int(number) for number in NUMBER.findall(start)]
    return np.cumsum(np.array([first, *zip(numbers[::2], numbers[1::2], strict=True)]), axis=0) / 10


def list_paths(path: ElementTree.Element) -> set[str]:
    """Every outline of a path that is ever shown, each of its pieces apart."""
    outlines = {path.get("d", "")}
    for animation in path.iter(f"{SVG}animate"):
        if animation.get("attributeName") == "d":
            outlines.update(animation.get("values", "").split(";"))
    return {f"M{piece}" for outline in outlines for piece in outline.split("M") if piece}


def list_shown_points(group: ElementTree.Element) -> Iterator[Array]:
    """Points of every path in a group, in pixels of the picture; words consist of absolute points.

    A soft shadow on the floor may fade out at the edge.
    """
    for element in group:
        if element.tag == f"{SVG}g":
            for points in list_shown_points(element):
                yield place_points(points, element.get("transform", ""))
        elif element.tag == f"{SVG}path" and element.get("fill") != LIGHT["floor"]:
            for path in list_paths(element):
                if re.search("[lq]", path):
                    yield points_on_curve(path) * 10
                else:
                    numbers = [float(number) for number in NUMBER.findall(path)]
                    yield np.array([*zip(numbers[::2], numbers[1::2], strict=True)])


def place_points(points: Array, transform: str) -> Array:
    """Return the points of a group outside of it."""
    found = TRANSFORM.fullmatch(transform)
    if not found:
        assert not transform
        return points
    x, y, across, down = found.groups()
    scale = [float(across), float(down or across)]
    return points * scale + [float(x or 0), float(y or 0)]


@lru_cache(maxsize=4)
def parse_drawing(slug: str, phase: str) -> ElementTree.Element:
    return ElementTree.fromstring(assets.render_svg(slug, phase, "light"))


def test_reduced_motion_shows_a_still() -> None:
    text = assets.render_svg(SLUGS[0], "animated", "light").decode()
    assert "prefers-reduced-motion:reduce" in text
    assert f".tmf-{SLUGS[0]}-light .tmf-still{{display:none}}" in text
    assert 'class="tmf-still"' in text
    assert "<animate " in text


def test_themes_differ_and_auto_holds_both() -> None:
    light, dark, auto = (assets.render_svg(SLUGS[0], "start", theme).decode() for theme in assets.THEMES)
    assert LIGHT["bg"] in light
    assert LIGHT["bg"] not in dark
    assert DARK["bg"] in dark
    assert LIGHT["bg"] in auto
    assert DARK["bg"] in auto
    assert "var(" not in auto


def test_the_other_side_is_the_mirror_image() -> None:
    drawn_side = assets.get_drawn_side("open-book")
    other_side = "left" if drawn_side == "right" else "right"
    as_drawn = assets.render_svg("open-book", "start", "light")
    assert assets.render_svg("open-book", "start", "light", drawn_side) == as_drawn
    assert b"scale(-" in assets.render_svg("open-book", "start", "light", other_side)
    assert b"scale(-" not in assets.render_svg("cat-cow", "start", "light", "left")


def test_unknown_names_are_key_errors() -> None:
    for slug, phase, theme in (
        ("no-such", "start", "light"),
        (SLUGS[0], "middle", "light"),
        (SLUGS[0], "start", "pink"),
    ):
        with pytest.raises(KeyError):
            assets.render_svg(slug, phase, theme)


def test_serving_needs_no_drawing_library() -> None:
    output = subprocess.run([sys.executable, "-c", SERVE_ONE], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "set()"


@pytest.mark.parametrize("slug", ["chair-twist", "shoulder-rolls"])
@pytest.mark.parametrize("phase", PHASES)
def test_the_spine_is_whole_where_it_is_asked_for(slug: str, phase: str) -> None:
    """One line over everything, which no sleeve cuts into chips; two where two bodies are shown, or a stand-in."""

    def list_lines(svg: bytes) -> list[str]:
        paths = list(ElementTree.fromstring(svg).iter(f"{SVG}path"))
        return [path.get("d", "") for path in paths if path.get("stroke") == LIGHT["spine"]]

    assert list_lines(assets.render_svg(slug, phase, "light")) == []
    lines = list_lines(assets.render_svg(slug, phase, "light", look=PictureLook(spine=True)))
    assert len(lines) == (2 if phase in ("both", "animated") else 1)
    assert {line.count("M") for line in lines} == {1}


@pytest.mark.parametrize(
    ("phases", "max_bytes"), [(("start", "end", "both"), 5_000), (("animated",), 25_000)], ids=["still", "animated"]
)
def test_drawings_are_small_on_average(phases: tuple[str, ...], max_bytes: int) -> None:
    sizes = [len(gzip.compress(assets.render_svg(slug, phase, "auto"), 6)) for slug in SLUGS for phase in phases]
    assert sum(sizes) / len(sizes) <= max_bytes


def test_points_of_a_path_are_read_rightly() -> None:
    assert points_on_curve("M100 200l50 0-20 30z").tolist() == [[10, 20], [15, 20], [13, 23]]
    expected = [[10, 20], [15, 19], [13, 22], [13.5, 22.5]]
    assert points_on_curve("M100 200q99 99 50-10t-20 30 5 5z").tolist() == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_everything_stays_inside_the_frame(slug: str) -> None:
    """A picture of head and trunk is cropped below, and only there."""
    is_cropped = "\nframe:" in (POSES / f"{slug}.yaml").read_text()
    for phase in PHASES:
        points = np.vstack([*list_shown_points(parse_drawing(slug, phase))])
        if is_cropped:
            points = points[points[:, 1] <= 300]
        (left, top), (right, bottom) = points.min(0), points.max(0)
        assert left >= 2, phase
        assert top >= 2, phase
        assert right <= 398, phase
        assert is_cropped or bottom <= 298, phase


@pytest.mark.parametrize("slug", SLUGS)
def test_a_motion_has_its_moments_in_order_and_alike(slug: str) -> None:
    animations = list(parse_drawing(slug, "animated").iter(f"{SVG}animate"))
    assert animations
    for animation in animations:
        times = [float(time) for time in animation.get("keyTimes", "").split(";")]
        values = animation.get("values", "").split(";")
        assert len(times) == len(values)
        assert (times[0], times) == (0, sorted(times))
        assert times[-1] == 1 or animation.get("calcMode") == "discrete"
        if animation.get("attributeName") == "d":
            assert len({NUMBER_WITH_SPACE.sub("n", value) for value in values}) == 1
    assert len({animation.get("dur") for animation in animations}) == 1
