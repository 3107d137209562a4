"""The player: it plays a session to its end without a network, speaks on wish, and obeys buttons and keys."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

pytestmark = pytest.mark.browser

ROUTINE = "/routines/desk-break-3-min-chair"
SPEECH = """window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis",
    { value: { speak: line => window.spoken.push(line.text), cancel() {} } });
"""
PARTNER_PAGE = """<!doctype html><html lang="en"><title>Partner</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src {origin}; script-src {origin}">
<script src="{origin}/pages/embed-resize.js"></script>{frame}</html>"""


@contextlib.contextmanager
def serve_page(html: str) -> Iterator[str]:
    """Serve one page from an origin of its own, as a partner does. Yields its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose clock the test moves, and whose speech it reads."""
    context = browser.new_context()
    opened = context.new_page()
    opened.add_init_script(SPEECH)
    opened.clock.install()
    yield opened
    context.close()


def read_timeline(served: str, path: str = ROUTINE) -> list[dict[str, Any]]:
    """Return the events that the page at a path plays."""
    record: dict[str, Any] = httpx.get(f"{served}/v1{path}").json()
    timeline: list[dict[str, Any]] = record.get("session", record)["timeline"]
    return timeline


def open_player(page: Page, address: str) -> None:
    with page.expect_event("requestfinished", lambda request: "figure.svg" in request.url):
        page.goto(address)
    page.wait_for_load_state("networkidle")


def play_to_the_end(page: Page, timeline: list[dict[str, Any]]) -> None:
    """Play by a clock that the test moves, with spoken cues. Holds that every event is shown with its picture."""
    page.locator("[data-player-voice]").click()
    page.evaluate("window.spoken = []")
    page.locator("[data-player-toggle]").click()
    for event in timeline[:-1]:
        expect(page.locator("[data-player-name]")).to_have_text(event["name"])
        expect(page.locator("[data-player-text]")).to_have_text(event["text"])
        picture = page.locator("[data-player-figure]")
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        page.clock.run_for(event["duration_s"] * 1000)
    page.clock.run_for(1000)
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "done")
    assert page.evaluate("window.spoken") == [line["text"] for event in timeline for line in event["say"]]


def test_it_plays_to_the_end_without_a_network_and_says_all(served: str, page: Page) -> None:
    """Cut off after it was opened, and before anything is played."""
    open_player(page, served + ROUTINE)
    page.context.set_offline(True)
    play_to_the_end(page, read_timeline(served))


def test_buttons_and_keys_move_it(served: str, page: Page) -> None:
    timeline = read_timeline(served)
    open_player(page, served + ROUTINE)
    text, count = page.locator("[data-player-text]"), page.locator("[data-player-count]")
    page.keyboard.press("Space")
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "playing")
    page.keyboard.press("ArrowRight")
    expect(text).to_have_text(timeline[1]["text"])
    page.clock.run_for(5000)
    expect(count).to_have_text(str(timeline[1]["duration_s"] - 5))
    page.keyboard.press("ArrowLeft")
    expect(count).to_have_text(str(timeline[1]["duration_s"]))
    page.locator("[data-player-back]").click()
    expect(text).to_have_text(timeline[0]["text"])
    page.locator("[data-player-toggle]").click()
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "paused")
    page.clock.run_for(60_000)
    expect(count).to_have_text(str(timeline[0]["duration_s"]))


def test_the_start_page_sends_what_is_chosen_and_plays_the_answer(served: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(served)
    page.locator("select[name=minutes]").select_option("5")
    page.locator("select[name=condition]").select_option("none")
    with page.expect_response(lambda answer: answer.url.endswith("/v1/sessions")) as answered:
        page.locator("[data-build] button").click()
    request: dict[str, Any] = answered.value.request.post_data_json or {}
    assert (request["duration_s"], "conditions" in request) == (300, False)
    sample = page.locator("[data-sample]").first.inner_text()
    assert '"duration_s": 300' in sample
    assert "conditions" not in sample
    session = answered.value.json()
    expect(page.locator("[data-player-name]")).to_have_text(session["timeline"][0]["name"])
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "playing")
    page.locator("[data-session-link]").click()
    expect(page.locator("h1")).to_have_text(session["title"])
    page.close()


def _note_complaint(complaints: list[str], said: ConsoleMessage) -> None:
    complaints.append(said.text)


READ_COLOURS = """main => [getComputedStyle(document.body).backgroundColor, getComputedStyle(main).borderTopColor]"""


def test_a_card_works_in_a_page_with_a_strict_policy_and_gets_its_height(served: str, browser: Browser) -> None:
    """In the theme and the colour that the page asks for; a routine plays in it."""
    frame = httpx.get(f"{served}/v1/exercises/open-book/license").json()["embed_html"]
    cards = (
        ("/embed/exercises/open-book", "Open book", ["rgb(255, 255, 255)", "rgb(15, 111, 124)"]),
        (
            "/embed/exercises/open-book?theme=dark&amp;accent=ff8800",
            "Open book",
            ["rgb(18, 24, 31)", "rgb(255, 136, 0)"],
        ),
        (f"/embed{ROUTINE}", "Three-minute break in the chair", ["rgb(255, 255, 255)", "rgb(15, 111, 124)"]),
    )
    for path, heading, colours in cards:
        with serve_page(PARTNER_PAGE.format(origin=served, frame=frame.replace(cards[0][0], path))) as partner:
            page = browser.new_page(viewport={"width": 600, "height": 900})
            complaints: list[str] = []
            page.on("console", partial(_note_complaint, complaints))
            page.goto(partner)
            card = page.frame_locator("iframe")
            expect(card.locator("h1")).to_have_text(heading)
            height = card.locator("main").evaluate("main => Math.ceil(main.getBoundingClientRect().height)")
            expect(page.locator("iframe")).to_have_attribute("height", str(height))
            assert card.locator("main").evaluate(READ_COLOURS) == colours
            if path.endswith(ROUTINE):
                card.locator("[data-player-toggle]").click()
                expect(card.locator("[data-player]")).to_have_attribute("data-state", "playing")
            assert complaints == []
            page.close()


def test_everything_can_be_read_without_scripts(served: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path, shown in ((ROUTINE, "ol li"), ("/exercises/open-book", "ol li"), ("/gallery?goal=rotation", ".card h2"),
                        ("/", "noscript a"), (f"/embed{ROUTINE}", "noscript li")):  # fmt: skip
        page.goto(served + path)
        expect(page.locator(shown).first).to_be_visible()
        assert page.locator("[data-player]:visible").count() == 0
    context.close()
