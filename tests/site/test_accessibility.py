"""axe-core finds nothing on any kind of page: with and without scripts, narrow and wide, light and dark."""

import itertools
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.site.tools import PACKAGES

pytestmark = pytest.mark.site

PAGES = [
    "/",
    "/gallery",
    "/gallery?q=zebra",
    "/exercises/open-book",
    "/routines",
    "/routines/desk-break-3-min-chair",
    "/sessions/example",
    "/v1/routines/desk-break-3-min-chair/export?format=html",
    "/no-such-page",
    "/embed/exercises/open-book?accent=ff8800",
    "/embed/routines/desk-break-3-min-chair?accent=7a1f5c",
    "/embed/routines/desk-break-3-min-chair?theme=dark&accent=ffee00",
]
"""One of each kind; and Swagger UI, which is nothing without scripts."""
CASES = [*itertools.product(PAGES, (True, False)), ("/docs", True)]
WIDTHS_PX = (320, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FAULTS_OF_SWAGGER_UI = {"/docs": {"nested-interactive"}}
"""Rules that Swagger UI itself breaks: a link inside the button that opens an operation."""
SWAGGER_UI_FADES_MS = 700
RUN_AXE = """() => axe.run({resultTypes: ["violations"]}).then(result =>
    result.violations.map(found => [found.id, found.nodes.map(node => `${node.html} ${node.failureSummary}`)]))"""


@pytest.fixture(scope="module")
def axe() -> str:
    return (PACKAGES / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def open_page(page: Page, address: str, *, with_scripts: bool) -> None:
    """Open a page. Without scripts it is loaded while the browser runs none; axe-core, a script, runs afterwards."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": not with_scripts})
    page.goto(address)
    session.send("Emulation.setScriptExecutionDisabled", {"value": False})


def find_faults(page: Page, axe: str, ignored: set[str], wait_ms: int = 0) -> list[Any]:
    """Return what axe-core finds in each width and colour scheme."""
    page.evaluate(axe)
    faults = []
    for width, scheme in itertools.product(WIDTHS_PX, SCHEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(wait_ms)
        faults += [(width, scheme, *found) for found in page.evaluate(RUN_AXE) if found[0] not in ignored]
    return faults


@pytest.mark.parametrize(("path", "with_scripts"), CASES)
def test_axe_finds_nothing(served: str, page: Page, axe: str, path: str, with_scripts: bool) -> None:
    open_page(page, served + path, with_scripts=with_scripts)
    page.wait_for_selector(".opblock" if path == "/docs" else "h1")
    wait_ms = SWAGGER_UI_FADES_MS if path == "/docs" else 0  # colours between two schemes count
    assert find_faults(page, axe, FAULTS_OF_SWAGGER_UI.get(path, set()), wait_ms) == []


def test_axe_finds_nothing_in_what_scripts_show(served: str, page: Page, axe: str) -> None:
    """The start page with a session that plays, with a refusal, and the player as it speaks."""
    page.goto(served)
    page.locator("[data-build] button").click()
    page.wait_for_selector("[data-built]:not([hidden])")
    assert find_faults(page, axe, set()) == []
    page.route("**/v1/sessions", lambda route: route.abort())
    page.locator("[data-build] button").click()
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert find_faults(page, axe, set()) == []
    page.goto(f"{served}/routines/desk-break-3-min-chair")
    page.locator("[data-player-voice]").click()
    page.locator("[data-player-toggle]").click()
    page.locator("details").first.click()
    assert find_faults(page, axe, set()) == []


def test_axe_would_find_a_fault(served: str, page: Page, axe: str) -> None:
    page.goto(f"{served}/exercises/open-book")
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    assert {fault[2] for fault in find_faults(page, axe, set())} == {"image-alt"}
