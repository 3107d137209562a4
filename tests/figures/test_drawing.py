"""What is drawn: the same bytes every time, small, inside its frame, moving smoothly, in the colours of its theme."""

import gzip
import os
import re
import subprocess
import sys
from functools import lru_cache
from xml.etree import ElementTree

import numpy as np
import pytest

from app.figures import assets
from app.figures.drawing.posefile import POSES
from app.figures.drawing.space import Array
from app.figures.palette import THEMES
from app.figures.raster import render_png
from app.kit.settings import PROJECT_ROOT
from tests.figures.pixels import Picture, Pixel, read

ALL = assets.list_drawn_slugs()
SVG = "{http://www.w3.org/2000/svg}"
NUMBER, STEP = re.compile(r"-?\d+"), re.compile(r" ?-?\d+")
DRAW = """
import hashlib, sys
from app.figures import assets
from app.figures.drawing import build
from app.figures.drawing.posefile import load
for slug in sys.argv[1:]:
    print(slug, hashlib.sha256(assets.encode_asset(build.content(load(slug)))).hexdigest())
"""


def test_two_processes_draw_the_same_bytes() -> None:
    """With hashes that differ, so that no order of a set or dictionary is relied upon."""
    slugs = ["band-row", "wall-angel", "open-book"]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DRAW, *slugs],
            cwd=PROJECT_ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "4242")
    ]
    one, two = (process.communicate()[0] for process in running)
    assert [line.split()[0] for line in one.splitlines()] == slugs
    assert one == two


@pytest.mark.parametrize(
    ("phases", "most"), [(("start", "end", "both"), 5_000), (("animated",), 25_000)], ids=["still", "animated"]
)
def test_drawings_are_small_on_average(phases: tuple[str, ...], most: int) -> None:
    sizes = [len(gzip.compress(assets.render_svg(slug, phase, "auto"), 6)) for slug in ALL for phase in phases]
    assert sum(sizes) / len(sizes) <= most


def on_curve(path: str) -> Array:
    """Points at which the pieces of a path meet: one start, then steps from each to the next."""
    parts = re.fullmatch(r"M([-\d ]+)([lq])([-\d t]+)z?", path)
    assert parts, path
    start, command, steps = parts.groups()
    moves = [int(number) for number in NUMBER.findall(steps)]
    if command == "q":  # the first step is a control point from the same start
        moves = moves[2:]
    first = [int(number) for number in NUMBER.findall(start)]
    return np.cumsum(np.array([first, *zip(moves[::2], moves[1::2], strict=True)]), axis=0) / 10


def paths(document: ElementTree.Element) -> set[str]:
    """Every outline that is ever shown, each of a path's pieces apart."""
    found = {element.get("d", "") for element in document.iter(f"{SVG}path")}
    for moving in document.iter(f"{SVG}animate"):
        if moving.get("attributeName") == "d":
            found.update(moving.get("values", "").split(";"))
    return {f"M{piece}" for path in found for piece in path.split("M") if piece}


@lru_cache(maxsize=4)
def parsed(slug: str, phase: str) -> ElementTree.Element:
    return ElementTree.fromstring(assets.render_svg(slug, phase, "light"))


def test_points_of_a_path_are_read_rightly() -> None:
    assert on_curve("M100 200l50 0-20 30z").tolist() == [[10, 20], [15, 20], [13, 23]]
    assert on_curve("M100 200q99 99 50-10t-20 30 5 5z").tolist() == [[10, 20], [15, 19], [13, 22], [13.5, 22.5]]


@pytest.mark.parametrize("slug", ALL)
def test_everything_stays_inside_the_frame(slug: str) -> None:
    """A picture of head and trunk is cut off below, and only there."""
    cut = "\nframe:" in (POSES / f"{slug}.yaml").read_text()
    for phase in assets.PHASES:
        points = np.vstack([on_curve(path) for path in paths(parsed(slug, phase))])
        (left, top), (right, bottom) = points.min(0), points.max(0)
        assert left >= 2, phase
        assert top >= 2, phase
        assert right <= 398, phase
        assert bottom <= 298 or cut, phase


@pytest.mark.parametrize("slug", ALL)
def test_a_motion_has_its_moments_in_order_and_alike(slug: str) -> None:
    moving = list(parsed(slug, "animated").iter(f"{SVG}animate"))
    assert moving
    for one in moving:
        times = [float(time) for time in one.get("keyTimes", "").split(";")]
        values = one.get("values", "").split(";")
        assert len(times) == len(values)
        assert (times[0], times) == (0, sorted(times))
        assert times[-1] == 1 or one.get("calcMode") == "discrete"
        if one.get("attributeName") == "d":
            assert len({STEP.sub("n", value) for value in values}) == 1
    assert len({one.get("dur") for one in moving}) == 1


def themed(theme: str) -> set[Pixel]:
    """The colours of a theme."""
    return {colour(theme, name) for name in THEMES[theme]}


def colour(theme: str, name: str) -> Pixel:
    red, green, blue = bytes.fromhex(THEMES[theme][name][1:])
    return red, green, blue


@lru_cache(maxsize=8)
def picture(slug: str, phase: str, theme: str, width: int, side: str | None = None) -> Picture:
    return read(render_png(assets.render_svg(slug, phase, theme, side).decode(), width))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", ALL)
def test_a_png_has_the_colours_of_the_drawing(slug: str, theme: str) -> None:
    """Large areas have exactly a colour of the theme; nothing is darker than its darkest, so nothing is black."""
    phase = assets.PHASES[ALL.index(slug) % 3]
    counts = picture(slug, phase, theme, 80).counts()
    pixels = sum(counts.values())
    large = {tone for tone, count in counts.items() if count >= pixels / 33}
    assert large - {(255, 255, 255)} <= themed(theme)
    assert counts[colour(theme, "bg")] > pixels / 5
    assert counts[colour(theme, "top")] + counts[colour(theme, "top2")] > pixels / 200
    assert counts[colour(theme, "skin")] + counts[colour(theme, "skin2")] > pixels / 800
    darkest = min(max(tone) for tone in themed(theme))
    assert min(max(tone) for tone in counts) >= darkest - 1


@pytest.mark.parametrize("width", [64, 131, 512])
def test_a_png_is_as_wide_as_asked(width: int) -> None:
    shown = picture("cat-cow", "both", "light", width)
    assert shown.width == width
    assert abs(shown.height - width * 3 / 4) <= 1
    assert shown.counts()[colour("light", "top")] > width / 2


@pytest.mark.parametrize("slug", ["open-book", "thread-the-needle", "lunge-with-rotation"])
def test_the_other_side_is_the_same_picture_flipped(slug: str) -> None:
    right, left = (picture(slug, "end", "light", 120, side) for side in ("right", "left"))
    assert right.difference(left) > 4
    assert right.difference(left.flipped()) < 1.5
