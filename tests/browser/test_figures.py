"""The illustrations in a browser: a gallery that loads what is seen, motions that move, colours as in the PNG."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from app.figures import assets
from app.figures.palette import DARK, LIGHT, THEMES
from app.figures.raster import render_png
from tests.figures.pixels import Picture, read_picture

pytestmark = pytest.mark.browser

PageOpener = Callable[..., Page]
WIDTH_PX = 400
HEIGHT_PX = 300
INLINED_WIDTH_PX = 200
INLINED_HEIGHT_PX = 150
WALL_ANGEL_MOMENTS_S = (0, 1.5, 3.5, 6.99)
"""The start, on the way up, the pause at the end, and back at the start."""
EMBEDDING_PAGE = '<body style="margin:0"><img src="{address}" width="400" height="300" style="display:block"></body>'
EMBEDDED_STYLE = "<style>body { margin: 0; background: white } svg { display: block }</style>"
INLINING_PAGE = """<style>body {{ margin: 0; display: flex; background: white }}
body > svg {{ width: 200px; height: 150px; flex: none }}</style>{pictures}"""
ALL_LOADED = "images => images.length > 0 && images.every(image => image.complete && image.naturalWidth > 0)"
PAUSE_AT = (
    """seconds => { const svg = document.documentElement; svg.pauseAnimations(); svg.setCurrentTime(seconds); }"""
)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[PageOpener]:
    """Opens an empty page of a picture's size in a fresh profile: `open_page(color_scheme=...)`."""
    contexts = []

    def open_in_new_context(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": WIDTH_PX, "height": HEIGHT_PX}, **options})
        contexts.append(context)
        return context.new_page()

    yield open_in_new_context
    for context in contexts:
        context.close()


def take_screenshot(page: Page) -> Picture:
    """Return what is seen now; nothing waits for an animation to end."""
    return read_picture(page.screenshot(animations="allow"))


def take_screenshot_at(page: Page, seconds: float) -> Picture:
    """Return the drawing that is open, paused at that moment of its loop."""
    page.evaluate(PAUSE_AT, seconds)
    return take_screenshot(page)


def wait_for_pictures(page: Page, selection: str = "") -> None:
    """Wait until pictures are loaded and can be drawn: all, or those that a JavaScript expression selects."""
    for _ in range(300):  # polled from outside: the strict policy of the page forbids to wait for a function inside it
        if page.evaluate(f"({ALL_LOADED})(Array.from(document.images){selection})"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the pictures are not there after 30 s")


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def render_still(slug: str, phase: str, theme: str, width: int = WIDTH_PX) -> Picture:
    """Return the drawing as the server's own renderer makes it."""
    return read_picture(render_png(assets.render_svg(slug, phase, theme).decode(), width))


def figure_url(served: str, slug: str, query: str = "") -> str:
    return f"{served}/v1/exercises/{slug}/figure.svg{query}"


def test_the_gallery_loads_pictures_as_they_come_into_sight(served: str, open_page: PageOpener) -> None:
    page = open_page(viewport={"width": 1100, "height": 700})
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(f"{served}/gallery", wait_until="networkidle")
    wait_for_pictures(page, ".slice(0, 4)")
    urls_before_scrolling = {url for url in urls if "/figure.svg" in url}
    assert 4 <= len(urls_before_scrolling) < len(assets.list_drawn_slugs()) / 2
    with page.expect_response(lambda response: "figure.svg" in response.url) as response:
        page.locator("li").last.scroll_into_view_if_needed()
    assert response.value.status == 200
    assert response.value.url not in urls_before_scrolling
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(served).netloc}


def test_the_whole_gallery_contacts_no_other_host_and_breaks_no_policy(served: str, open_page: PageOpener) -> None:
    """Every picture is loaded and drawn."""
    page = open_page(viewport={"width": 1100, "height": 30_000})
    console_messages: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: console_messages.append(message.text))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{served}/gallery")
    wait_for_pictures(page)
    assert page.locator(".card img").count() == len(assets.list_drawn_slugs())
    assert hosts == {urlsplit(served).netloc}
    assert console_messages == []


@pytest.mark.parametrize("slug", ["open-book", "shoulder-rolls"])
def test_an_animation_runs_by_itself(served: str, open_page: PageOpener, slug: str) -> None:
    """As a picture in another page, where no script can reach it."""
    page = open_page()
    page.set_content(EMBEDDING_PAGE.format(address=figure_url(served, slug, "?phase=animated&theme=light")))
    wait_for_pictures(page)
    first = take_screenshot(page)
    max_difference = 0.0
    for _ in range(20):
        page.wait_for_timeout(150)
        max_difference = max(max_difference, first.mean_difference(take_screenshot(page)))
        if max_difference > 1:
            break
    assert max_difference > 1


def test_an_animation_begins_at_the_start_and_comes_to_the_end(served: str, open_page: PageOpener) -> None:
    """At the tempo of the dose: three seconds up, one of pause, three down."""
    page = open_page()
    page.goto(figure_url(served, "wall-angel", "?phase=animated&theme=light"))
    first, middle, end, last = (take_screenshot_at(page, seconds) for seconds in WALL_ANGEL_MOMENTS_S)
    start_still, end_still = (render_still("wall-angel", phase, "light") for phase in ("start", "end"))
    assert first.mean_difference(start_still) < 2.5
    assert end.mean_difference(end_still) < 2.5
    assert first.mean_difference(last) < 0.5
    assert min(first.mean_difference(middle), middle.mean_difference(end), first.mean_difference(end)) > 0.5


def test_an_animation_stands_still_where_reduced_motion_is_preferred(served: str, open_page: PageOpener) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(figure_url(served, "open-book", "?phase=animated&theme=light"))
    frames = [take_screenshot_at(page, seconds) for seconds in (0, 1.25, 2.55)]
    assert frames[0].mean_difference(frames[1]) == frames[0].mean_difference(frames[2]) == 0
    end = render_still("open-book", "end", "light")
    assert frames[0].mean_difference(end) < 2.5


@pytest.mark.parametrize(("theme", "scheme"), [("light", "dark"), ("dark", "light")])
@pytest.mark.parametrize("slug", ["band-row", "supine-spinal-twist", "foam-roller-lat-roll", "chair-twist"])
def test_png_and_svg_have_the_same_colours(
    served: str, open_page: PageOpener, slug: str, theme: str, scheme: str
) -> None:
    """A theme that is named holds whatever the reader's own setting."""
    page = open_page(color_scheme=scheme)
    page.goto(figure_url(served, slug, f"?phase=both&theme={theme}"))
    screenshot = take_screenshot(page)
    drawn = render_still(slug, "both", theme)
    assert screenshot.mean_difference(drawn) < 2.5
    common = {colour for colour, _ in screenshot.count_colours().most_common(4)}
    assert len(common & {colour for colour, _ in drawn.count_colours().most_common(6)}) == 4


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)], ids=["light", "dark"])
def test_auto_follows_the_reader(served: str, open_page: PageOpener, scheme: str, colours: dict[str, str]) -> None:
    page = open_page(color_scheme=scheme)
    page.goto(figure_url(served, "cat-cow"))
    counts = take_screenshot(page).count_colours()
    assert counts[rgb(colours["bg"])] > WIDTH_PX * HEIGHT_PX / 3
    assert counts[rgb(colours["top"])] > 100


@pytest.mark.parametrize("theme", THEMES)
def test_a_still_looks_as_in_the_renderer_of_the_png(open_page: PageOpener, theme: str) -> None:
    """Only the antialiasing of edges differs. A sample; `make pictures` compares all of them."""
    page = open_page(color_scheme="dark" if theme == "light" else "light")
    for number, slug in enumerate(assets.list_drawn_slugs()[::8]):
        phase = ("start", "end", "both")[number % 3]
        page.set_content(EMBEDDED_STYLE + assets.render_svg(slug, phase, theme).decode())
        screenshot, drawn = take_screenshot(page), render_still(slug, phase, theme)
        assert screenshot.largest_area_difference(drawn) <= 3, slug
        assert screenshot.mean_difference(drawn) < 1, slug


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phase", ["both", "animated"])
def test_pictures_on_one_page_do_not_paint_each_other(open_page: PageOpener, scheme: str, phase: str) -> None:
    """In either order, with a picture in between that follows the reader."""
    page = open_page(color_scheme=scheme, viewport={"width": INLINED_WIDTH_PX * 3, "height": INLINED_HEIGHT_PX})
    backgrounds = {"light": LIGHT["bg"], "dark": DARK["bg"], "auto": THEMES[scheme]["bg"]}
    for themes in (("light", "auto", "dark"), ("dark", "auto", "light")):
        slugs = ("open-book", "cat-cow", "band-row")
        pictures = [assets.render_svg(slug, phase, theme).decode() for slug, theme in zip(slugs, themes, strict=True)]
        page.set_content(INLINING_PAGE.format(pictures="".join(pictures)))
        seen = take_screenshot(page)
        middles = [seen.read_pixel(x, 8) for x in range(INLINED_WIDTH_PX // 2, seen.width, INLINED_WIDTH_PX)]
        assert middles == [rgb(backgrounds[theme]) for theme in themes]
