"""Pages that a browser keeps: opened once, they open and play again without a network; what is older gives way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_player import ROUTINE, SPEECH, play_to_the_end, read_timeline

pytestmark = pytest.mark.browser

KEPT = "[data-offline]:not([hidden])"
OTHER_CACHES = """async page => {
    const others = Array.from({length: 14}, (_, number) => `thoracic-mobility / /sessions/${number} 0`);
    for (const name of ["another app", ...others, `thoracic-mobility / ${page} 0`]) await caches.open(name);
}"""
COUNT_BYTES = """async () => {
    let bytes = 0;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) bytes += (await (await cache.match(request)).blob()).size;
    }
    return bytes;
}"""
IS_REACHED = "() => fetch('/healthz').then(() => true, () => false)"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.add_init_script(SPEECH)
    yield opened
    context.close()


def open_and_keep(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(KEPT, timeout=60_000)


@pytest.mark.parametrize("path", [ROUTINE, "/sessions/example"])
def test_a_page_opened_once_opens_and_plays_without_a_network(served: str, page: Page, path: str) -> None:
    timeline = read_timeline(served, path)
    open_and_keep(page, served + path)
    assert page.evaluate(COUNT_BYTES) < 3_000_000
    page.context.set_offline(True)
    page.clock.install()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(f"{served}{path}?utm_source=calendar")
    play_to_the_end(page, timeline)
    assert refused == []
    policy = page.evaluate(
        "() => fetch(location.pathname).then(answer => answer.headers.get('content-security-policy'))"
    )
    assert policy.startswith("default-src 'none'; img-src 'self' blob:; style-src 'self'; script-src 'self'")
    assert page.evaluate(IS_REACHED) is False  # what is not part of a kept page is not answered


def test_what_is_kept_is_named_by_its_content_and_older_pages_give_way(served: str, page: Page) -> None:
    page.goto(f"{served}/routines")
    page.evaluate(OTHER_CACHES, ROUTINE)
    open_and_keep(page, served + ROUTINE)
    names = page.evaluate("() => caches.keys()")
    kept = [name for name in names if name.startswith(f"thoracic-mobility / {ROUTINE} ")]
    assert len(kept) == 1
    assert not kept[0].endswith(" 0")
    assert names == ["another app", *(f"thoracic-mobility / /sessions/{number} 0" for number in range(3, 14)), *kept]
    open_and_keep(page, served + ROUTINE)
    assert page.evaluate("() => caches.keys()") == names


def test_a_page_works_where_nothing_can_be_kept(served: str, browser: Browser) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(served + ROUTINE, wait_until="networkidle")
    page.locator("[data-player-toggle]").click()
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "playing")
    assert page.locator(KEPT).count() == 0
    context.close()
