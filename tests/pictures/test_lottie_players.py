"""Two players of Lottie show at every moment what the SVG shows: lottie-web in Chromium, and ThorVG."""

import pytest
from playwright.sync_api import Browser

from app.figures import assets
from tests.figures.test_lottie import play
from tests.pictures.tools import BUILD, VIEWPORT, draw_moments, take_screenshot

pytestmark = pytest.mark.pictures
SLUGS = assets.list_drawn_slugs()
PLAYER = BUILD / "node_modules" / "lottie-web" / "build" / "player" / "lottie.min.js"
PAGE = "<style>body { margin: 0 } #stage { width: 400px; height: 300px }</style><div id=stage></div>"
LOAD = """([text, renderer]) => {
    const animationData = JSON.parse(text);
    window.animation?.destroy();
    const container = document.getElementById("stage");
    window.animation = lottie.loadAnimation({ container, renderer, animationData, autoplay: false });
    return new Promise((done) => window.animation.addEventListener("DOMLoaded", () => done(true)));
}"""
SEEK = "seconds => window.animation.goToAndStop(seconds * window.animation.frameRate, true)"
MAX_DIFFERENCE = 1.2
"""Mean difference of a channel, of 255: antialiasing, and outlines that deviate by a tenth of a pixel."""


@pytest.mark.parametrize("renderer", ["svg", "canvas"])
def test_lottie_web_shows_what_the_svg_shows(renderer: str, browser: Browser) -> None:
    page = browser.new_page(viewport=VIEWPORT)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_content(PAGE)
    page.add_script_tag(path=PLAYER)
    for number, slug in enumerate(SLUGS):
        theme = ("light", "dark")[number % 2]
        seconds, frames = draw_moments(slug, theme)
        page.evaluate(LOAD, [assets.render_lottie(slug, theme).decode(), renderer])
        for moment, frame in zip(seconds, frames, strict=True):
            page.evaluate(SEEK, moment)
            assert take_screenshot(page).mean_difference(frame) <= MAX_DIFFERENCE, (slug, moment)
    assert complaints == []
    page.close()


def test_thorvg_shows_what_the_svg_shows() -> None:
    for number, slug in enumerate(SLUGS):
        theme = ("dark", "light")[number % 2]
        seconds, frames = draw_moments(slug, theme)
        shown = play(assets.render_lottie(slug, theme), seconds, (400, 300))
        for moment, played, frame in zip(seconds, shown, frames, strict=True):
            assert played.mean_difference(frame) <= MAX_DIFFERENCE, (slug, moment)
