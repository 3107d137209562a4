"""Chromium and resvg draw every picture alike: they differ by their antialiasing only."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.figures import assets
from app.figures.palette import THEMES
from app.figures.picture_options import StillFigurePhase
from app.figures.raster import render_png
from app.kit.closed_lists import list_words
from app.workstation.body import WorkstationBody
from app.workstation.drawing.diagram import draw_diagram
from tests.figures.pixels import Picture, read_picture
from tests.pictures.tools import INLINING_PAGE, VIEWPORT, WIDTH_PX, draw_moments, take_screenshot

pytestmark = pytest.mark.pictures
SLUGS = assets.list_drawn_slugs()
MAX_ROUNDING = 3
"""Levels of a channel by which two renderers may mix a half transparent colour differently, of 255."""
MAX_EDGE_DIFFERENCE = 1.0
"""Mean difference of a channel that antialiasing may make, of 255."""
SEEK = "seconds => { const svg = document.querySelector('svg'); svg.pauseAnimations(); svg.setCurrentTime(seconds); }"
BODIES: tuple[dict[str, Any], ...] = (
    {"stature_cm": 150, "desk": {"fixed_cm": 73}},
    {"stature_cm": 170, "device": "laptop"},
    {"stature_cm": 195, "screen_diagonal_in": 34, "lenses": "progressive"},
)


def assert_alike(seen: Picture, drawn: Picture, name: str) -> None:
    assert seen.largest_area_difference(drawn) <= MAX_ROUNDING, name
    assert seen.mean_difference(drawn) <= MAX_EDGE_DIFFERENCE, name


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("phase", list_words(StillFigurePhase))
def test_every_still_is_drawn_alike(phase: str, theme: str, browser: Browser) -> None:
    """Whatever the reader's own setting is."""
    page = browser.new_page(viewport=VIEWPORT, color_scheme="dark" if theme == "light" else "light")
    for slug in SLUGS:
        svg = assets.render_svg(slug, phase, theme).decode()
        page.set_content(INLINING_PAGE.format(svg=svg))
        assert_alike(take_screenshot(page), read_picture(render_png(svg, WIDTH_PX)), slug)
    page.close()


def test_every_frame_is_what_the_animated_svg_shows(browser: Browser) -> None:
    page = browser.new_page(viewport=VIEWPORT)
    for slug in SLUGS:
        seconds, frames = draw_moments(slug, "light")
        page.set_content(INLINING_PAGE.format(svg=assets.render_svg(slug, "animated", "light").decode()))
        for moment, frame in zip(seconds, frames, strict=True):
            page.evaluate(SEEK, moment)
            assert_alike(take_screenshot(page), frame, slug)
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_the_workstation_is_drawn_alike(theme: Any, browser: Browser) -> None:
    """Without its texts, whose fonts are those of the renderer."""
    page = browser.new_page(viewport={"width": 400, "height": 360})
    for body in BODIES:
        svg = re.sub("<text.*?</text>", "", draw_diagram(WorkstationBody.model_validate(body), theme))
        page.set_content(INLINING_PAGE.format(svg=svg))
        assert_alike(take_screenshot(page), read_picture(render_png(svg, 400)), str(body))
    page.close()
