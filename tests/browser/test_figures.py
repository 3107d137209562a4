"""The illustrations in a browser: a gallery that loads what is seen, motions that move, colours as in the PNG."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from app.figures import assets
from app.figures.palette import DARK, LIGHT
from app.figures.raster import render_png
from tests.figures.pixels import Picture, read_png

Opens = Callable[..., Page]
WIDTH, HEIGHT = 200, 150
EMBEDDED = '<body style="margin:0"><img src="{address}" width="200" height="150" style="display:block"></body>'
SEEN = "images => images.length > 0 && images.every(one => one.complete && one.naturalWidth > 0)"
FREEZE = """seconds => { const svg = document.documentElement; svg.pauseAnimations(); svg.setCurrentTime(seconds); }"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Opens]:
    """Opens an empty page of a picture's size in a fresh profile: `page(color_scheme=...)`."""
    contexts = []

    def start(**more: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": WIDTH, "height": HEIGHT}, **more})
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


def shot(page: Page) -> Picture:
    """What is seen now; nothing waits for an animation to end."""
    return read_png(page.screenshot(animations="allow"))


def at(page: Page, seconds: float) -> Picture:
    """The drawing that is open, stopped at that moment of its loop."""
    page.evaluate(FREEZE, seconds)
    return shot(page)


def wait_for_pictures(page: Page, chosen: str = "") -> None:
    """Until they are loaded and can be drawn; all of them, or those that an expression chooses."""
    for _ in range(300):  # asked from outside: a page under a strict policy cannot wait for a function of ours
        if page.evaluate(f"({SEEN})(Array.from(document.images){chosen})"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the pictures are not there after 30 s")


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def render_still(slug: str, phase: str, theme: str) -> Picture:
    """The drawing as the server's own renderer makes it."""
    return read_png(render_png(assets.render_svg(slug, phase, theme).decode(), WIDTH))


def address(served: str, slug: str, query: str = "") -> str:
    return f"{served}/v1/exercises/{slug}/figure.svg{query}"


def test_the_gallery_loads_pictures_as_they_come_into_sight(served: str, page: Opens) -> None:
    opened = page(viewport={"width": 1100, "height": 700})
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(f"{served}/gallery", wait_until="networkidle")
    wait_for_pictures(opened, ".slice(0, 4)")
    before = {url for url in asked if "/figure.svg" in url}
    assert 4 <= len(before) < len(assets.list_drawn_slugs()) / 2
    with opened.expect_response(lambda answer: "figure.svg" in answer.url) as answered:
        opened.locator("li").last.scroll_into_view_if_needed()
    assert answered.value.status == 200
    assert answered.value.url not in before
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(served).netloc}


def test_the_whole_gallery_asks_no_other_host_and_breaks_no_policy(served: str, page: Opens) -> None:
    """Every picture is loaded and drawn."""
    opened = page(viewport={"width": 1100, "height": 30_000})
    complaints: list[str] = []
    hosts: set[str] = set()
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    opened.goto(f"{served}/gallery")
    wait_for_pictures(opened)
    assert opened.evaluate("document.images.length") == len(assets.list_drawn_slugs())
    assert hosts == {urlsplit(served).netloc}
    assert complaints == []


def test_the_gallery_wears_the_theme_that_is_chosen(served: str, page: Opens) -> None:
    for theme, scheme, background in (("light", "dark", LIGHT["bg"]), ("dark", "light", DARK["bg"])):
        opened = page(viewport={"width": 340, "height": 600}, color_scheme=scheme)
        opened.goto(f"{served}/gallery?theme={theme}")
        wait_for_pictures(opened, ".slice(0, 1)")
        seen = read_png(opened.locator("li img").first.screenshot()).count_colours()
        assert seen[rgb(background)] > sum(seen.values()) / 4


@pytest.mark.parametrize("slug", ["open-book", "shoulder-rolls"])
def test_an_animation_runs_by_itself(served: str, page: Opens, slug: str) -> None:
    """As a picture in another page, where no script can reach it."""
    opened = page()
    opened.set_content(EMBEDDED.format(address=address(served, slug, "?phase=animated&theme=light")))
    wait_for_pictures(opened)
    first = shot(opened)
    moved = 0.0
    for _ in range(20):
        opened.wait_for_timeout(150)
        moved = max(moved, first.mean_difference(shot(opened)))
        if moved > 1:
            break
    assert moved > 1


def test_an_animation_begins_at_the_start_and_comes_to_the_end(served: str, page: Opens) -> None:
    opened = page()
    opened.goto(address(served, "wall-angel", "?phase=animated&theme=light"))
    begin, middle, end, again = (at(opened, seconds) for seconds in (0, 1.25, 2.55, 5))
    start, last = (render_still("wall-angel", phase, "light") for phase in ("start", "end"))
    assert begin.mean_difference(start) < 2.5
    assert end.mean_difference(last) < 2.5
    assert begin.mean_difference(again) < 0.5
    assert min(begin.mean_difference(middle), middle.mean_difference(end), begin.mean_difference(end)) > 0.5


def test_an_animation_stands_still_for_who_wants_less_motion(served: str, page: Opens) -> None:
    opened = page(reduced_motion="reduce")
    opened.goto(address(served, "open-book", "?phase=animated&theme=light"))
    seen = [at(opened, seconds) for seconds in (0, 1.25, 2.55)]
    assert seen[0].mean_difference(seen[1]) == seen[0].mean_difference(seen[2]) == 0
    end = render_still("open-book", "end", "light")
    assert seen[0].mean_difference(end) < 2.5


@pytest.mark.parametrize(("theme", "scheme"), [("light", "dark"), ("dark", "light")])
@pytest.mark.parametrize("slug", ["band-row", "supine-spinal-twist", "foam-roller-lat-roll", "chair-twist"])
def test_png_and_svg_have_the_same_colours(served: str, page: Opens, slug: str, theme: str, scheme: str) -> None:
    """A theme that is named holds whatever the reader's own setting."""
    opened = page(color_scheme=scheme)
    opened.goto(address(served, slug, f"?phase=both&theme={theme}"))
    seen = shot(opened)
    drawn = render_still(slug, "both", theme)
    assert seen.mean_difference(drawn) < 2.5
    common = {colour for colour, _ in seen.count_colours().most_common(4)}
    assert len(common & {colour for colour, _ in drawn.count_colours().most_common(6)}) == 4


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)], ids=["light", "dark"])
def test_auto_follows_the_reader(served: str, page: Opens, scheme: str, colours: dict[str, str]) -> None:
    opened = page(color_scheme=scheme)
    opened.goto(address(served, "cat-cow"))
    seen = shot(opened).count_colours()
    assert seen[rgb(colours["bg"])] > WIDTH * HEIGHT / 3
    assert seen[rgb(colours["top"])] > 100
