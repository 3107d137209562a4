"""Cards for pages of others: framed anywhere, in colours that can be read; oEmbed and credits ready to copy."""

import base64
import hashlib
import re
from typing import Any

import pytest

from app.kit.settings import Settings
from app.pages.embeds import write_accent
from tests.app_client import Client
from tests.kit.test_edge import assert_problem
from tests.pages.reader import PageReader

CARDS = ["/embed/exercises/open-book", "/embed/routines/desk-break-3-min-chair"]


@pytest.mark.parametrize("path", CARDS)
def test_a_card_may_be_framed_and_is_known_under_its_page(client: Client, path: str) -> None:
    answer = client.get(f"{path}?theme=dark&accent=ff8800&utm_source=cms")
    policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors *")
    style = re.search(r"<style>(.*?)</style>", answer.text)
    assert style
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()}'" in policy
    reader = PageReader(answer.text)
    assert reader.find("html") == {"lang": "en", "class": "dark"}
    canonical = reader.find("link", rel="canonical")
    assert canonical == {"rel": "canonical", "href": f"http://testserver{path.removeprefix('/embed')}"}
    assert reader.metadata()["robots"] == "noindex"
    assert "frame-ancestors 'none'" in client.get(path.removeprefix("/embed")).headers["content-security-policy"]
    assert_problem(client.get(f"{path}?accent=red;}}"), 422)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", ["ff8800", "7a1f5c", "ffffff", "000000", "777777", "0f6f7c", "00ff00", "0000FF"])
def test_letters_on_any_accent_can_be_read(colour: str) -> None:
    letters = re.findall(r"on-surface:#(\w+)", write_accent(colour))[0]
    light, dark = sorted((_luminance(colour), _luminance(letters)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_oembed_answers_for_pages_and_cards_and_nothing_else(settings: Settings, start_client: Any) -> None:
    client = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"}))
    for path in CARDS:
        page = PageReader(client.get(path.removeprefix("/embed")).text)
        discovery = page.find("link", type="application/json+oembed")
        assert discovery
        link = (discovery["href"] or "").removeprefix("https://thoracic.example/api")
        answer = client.get(f"{link}&maxwidth=300&for=cms").json()
        assert (answer["version"], answer["type"], answer["width"]) == ("1.0", "rich", 300)
        frame = PageReader(answer["html"]).find("iframe")
        assert frame is not None
        assert (frame["src"], frame["width"]) == (f"https://thoracic.example/api{path}", "300")
        assert frame["title"] == answer["title"]
        assert client.get("/oembed", params={"url": f"https://thoracic.example/api{path}"}).json()["width"] == 480
    for url in ("https://other.example/api/exercises/open-book", "https://thoracic.example/exercises/open-book",
                "https://thoracic.example/api/exercises/no-such-one", "nothing"):  # fmt: skip
        assert_problem(client.get("/oembed", params={"url": url}), 404)
    assert_problem(client.get(f"{link}&format=xml"), 501)


def test_the_licence_of_an_exercise_is_ready_to_copy(client: Client) -> None:
    answer = client.get("/v1/exercises/open-book/license")
    credit = answer.json()
    assert credit["license"]["id"] == "CC-BY-4.0"
    for part in (credit["title"], credit["creator"], credit["url"], "CC BY 4.0"):
        assert part in credit["attribution_text"]
        assert part in credit["attribution_html"]
    links = PageReader(credit["attribution_html"]).links()
    assert links == {credit["url"], credit["license"]["url"]}
    assert answer.headers["link"] == f'<{credit["license"]["url"]}>; rel="license"'
