"""The pages for people: from our own host alone, within their policy, working at the first click, dark and small."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Response, expect

from app.kit.closed_lists import list_words
from app.reminders.workday import ReminderKind
from app.rules.vocabulary import AvailableEquipment, Goal, Position
from tests.contract.document import list_operations

pytestmark = pytest.mark.browser

PAGES = {
    "/docs": ".opblock",
    "/": "[data-build]:not([hidden])",
    "/gallery": "img, svg",
    "/exercises/open-book": "figure img",
    "/routines": "img",
    "/routines/desk-break-3-min-chair": "[data-player]:not([hidden])",
    "/sessions/example": "[data-player]:not([hidden])",
    "/embed/exercises/open-book?accent=ff8800": "img",
    "/embed/routines/desk-break-3-min-chair?accent=7a1f5c": "[data-player]:not([hidden])",
    "/v1/routines/desk-break-3-min-chair.html": "img",
    "/v1/routines/desk-break-3-min-chair/export?format=html": "img",
}
"""Path, and what shows that the page has been drawn."""
PAPER = {"/v1/routines/desk-break-3-min-chair/export?format=html"}
"""Pages that are light on every screen, as they will be in print."""
LISTEN = """window.refused = [];
document.addEventListener("securitypolicyviolation",
    said => window.refused.push(`${said.violatedDirective} ${said.blockedURI}`));
"""


class Watched:
    """A page, and all that it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.add_init_script(LISTEN)
        page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._note_host)

    def _note_host(self, asked: Request) -> None:
        if not asked.url.startswith("blob:"):  # made by the page itself
            self.hosts.add(urlsplit(asked.url).netloc)

    def open(self, address: str, drawn: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector(drawn)

    def refused(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.refused")
        return found

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return wider

    def ink(self) -> list[int]:
        """Red, green and blue of the text."""
        said: str = self.page.evaluate("getComputedStyle(document.querySelector('.swagger-ui') ?? document.body).color")
        return [int(number) for number in said[said.index("(") + 1 : -1].split(",")[:3]]


Opens = Callable[..., Watched]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Opens]:
    """Opens a page in a fresh profile: `watched(width=..., color_scheme=...)`."""
    contexts = []

    def start(width: int = 1100, **more: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 800}, **more)
        contexts.append(context)
        return Watched(context.new_page())

    yield start
    for context in contexts:
        context.close()


def execute(block: Locator) -> Response:
    """Open an operation and press Execute, with nothing typed."""
    block.locator(".opblock-summary-control").click()
    with block.page.expect_response(lambda answer: answer.request.resource_type in ("fetch", "xhr")) as answered:
        block.locator("button.execute").click()
    block.locator(".live-responses-table .response-col_status").first.wait_for()
    return answered.value


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_and_breaks_no_policy(served: str, watched: Opens, path: str) -> None:
    seen = watched()
    seen.open(served + path, PAGES[path])
    assert seen.hosts == {urlsplit(served).netloc}
    assert seen.refused() == []
    assert seen.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_of_a_page_stops_what_is_foreign(served: str, watched: Opens, path: str) -> None:
    """Also shows that the test above would notice."""
    seen = watched()
    seen.open(served + path, PAGES[path])
    seen.page.evaluate("""() => new Promise(done => {
        document.addEventListener("securitypolicyviolation", () => setTimeout(done));
        const image = new Image();
        image.src = "http://foreign.invalid/pixel.png";
    })""")
    assert len(seen.refused()) == 1
    assert seen.refused()[0].startswith("img-src http://foreign.invalid")


def test_every_operation_answers_at_the_first_click(served: str, watched: Opens) -> None:
    seen = watched()
    seen.open(f"{served}/docs", ".opblock")
    operations = list_operations(httpx.get(f"{served}/openapi.json").json())
    assert seen.page.locator(".opblock").count() == len(operations) > 45
    for operation in operations:
        block = seen.page.locator(f"[id$='-{operation.id}']")
        answer = execute(block)
        assert str(answer.status) in operation.spec["responses"], operation.id
        # What needs a key says so to who has none.
        needs_key = {} not in operation.spec.get("security", [{}])
        assert answer.status == 401 if needs_key else 200 <= answer.status < 300, operation.id
        if answer.headers["content-type"].startswith("image/"):
            drawn = block.locator(".live-responses-table img")
            assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 400, operation.id
        block.locator(".opblock-summary-control").click()  # what is open slows the page down
    assert seen.hosts == {urlsplit(served).netloc}
    assert seen.refused() == []
    assert [said for said in seen.complaints if "401" not in said] == []


@pytest.mark.parametrize("operation", ["get_exercise_figure_svg", "get_exercise_figure_png", "draw_workstation"])
def test_a_picture_is_drawn_before_the_first_click(served: str, watched: Opens, operation: str) -> None:
    seen = watched()
    seen.open(f"{served}/docs", ".opblock")
    block = seen.page.locator(f"[id$='-{operation}']")
    block.locator(".opblock-summary-control").click()
    drawn = block.locator("img.drawing")
    drawn.scroll_into_view_if_needed()
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 400


def test_a_long_list_is_short_at_the_first_click(served: str, watched: Opens) -> None:
    seen = watched()
    seen.open(f"{served}/docs", ".opblock")
    for name in ("list_exercises", "list_routines", "list_partial_exercises"):
        answer = execute(seen.page.locator(f"[id$='-{name}']"))
        page_of_list = json.loads(answer.body())
        assert page_of_list["total"] > len(page_of_list["items"]) == 3
        assert len(answer.body()) < 100_000  # with the whole records it would be four times as much


@pytest.mark.parametrize(
    ("operation", "closed_lists"),
    [
        ("list_exercises", {"goal": Goal, "position": Position, "available_equipment": AvailableEquipment}),
        ("list_reminders", {"kinds": ReminderKind}),
    ],
)
def test_a_closed_list_is_chosen_from(
    served: str, watched: Opens, operation: str, closed_lists: dict[str, object]
) -> None:
    seen = watched()
    seen.open(f"{served}/docs", ".opblock")
    block = seen.page.locator(f"[id$='-{operation}']")
    block.locator(".opblock-summary-control").click()
    for name, closed_list in closed_lists.items():
        options = block.locator(f"tr[data-param-name='{name}'] select option")
        options.first.wait_for(state="attached")
        assert [word for word in options.all_inner_texts() if word != "--"] == list(list_words(closed_list))
    name, words = next((name, list_words(each)[:2]) for name, each in closed_lists.items())
    selected = block.locator(f"tr[data-param-name='{name}'] select")
    several = words if selected.get_attribute("multiple") is not None else words[:1]
    selected.select_option(list(several))
    with seen.page.expect_response(lambda answer: answer.request.resource_type in ("fetch", "xhr")) as answered:
        block.locator("button.execute").click()
    assert answered.value.status == 200
    assert parse_qs(urlsplit(answered.value.url).query)[name] == list(several)


def test_the_documentation_shows_requests_to_copy_and_a_filter(served: str, watched: Opens) -> None:
    page = (seen := watched()).page
    seen.open(f"{served}/docs", ".opblock")
    commands = page.locator(".info .renderedMarkdown pre code").all_inner_texts()
    assert len(commands) == page.locator(".info button.copy").count() == 3
    assert all(f"{served}/v1/" in command for command in commands)
    assert page.locator(".info a", has_text="gallery").get_attribute("href") == f"{served}/gallery"
    page.locator(".filter input").fill("figure")
    expect(page.locator(".opblock")).to_have_count(9)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_a_page_fits_a_phone_and_follows_light_and_dark(
    served: str, watched: Opens, path: str, scheme: str, dark: bool
) -> None:
    seen = watched(width=320, color_scheme=scheme)
    seen.open(served + path, PAGES[path])
    assert seen.overflow() <= 0
    assert (min(seen.ink()) > 150) is (dark and path not in PAPER)


def test_an_open_operation_fits_a_phone(served: str, watched: Opens) -> None:
    seen = watched(width=360)
    seen.open(f"{served}/docs", ".opblock")
    execute(seen.page.locator("[id$='-get_exercise']"))
    assert seen.overflow() <= 0
