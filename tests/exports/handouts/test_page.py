"""The hand-out as a page: all that the PDF says, in one file that loads nothing and runs nothing."""

import base64
import hashlib
import io
import re
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image

from app.exports.handouts.content import Handout, describe_session
from app.exports.handouts.page import HandoutPage, render_handout_page
from app.figures.raster import render_png
from app.kit.links import PublicAddress
from app.schemas.session import Session
from tests.app_client import Client
from tests.pages.reader import PageReader

PAGE_URL = "https://moves.example.org/api/sessions/example"
ADDRESS = PublicAddress("https://moves.example.org/api")


def read_page(page: HandoutPage) -> PageReader:
    return PageReader(page.content.decode())


def find_tags(page: HandoutPage, name: str) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in read_page(page).tags if tag == name]


@pytest.fixture(scope="module")
def handout(client: Client) -> Handout:
    session = Session.model_validate(client.get("/v1/sessions/example").json())
    return describe_session(session, "/sessions/example", ADDRESS, lambda slug: slug)


@pytest.fixture(scope="module")
def page(handout: Handout) -> HandoutPage:
    return render_handout_page(handout, "a4")


def test_it_says_all_and_in_order(handout: Handout, page: HandoutPage) -> None:
    text, place = " ".join(read_page(page).text.split()), 0
    parts = [handout.title, *handout.facts]
    for exercise in handout.exercises:
        parts += [exercise.name, exercise.purpose, exercise.dose, *exercise.steps, exercise.breathing]
    parts += [handout.ticks.title, handout.stop_title, *handout.stop_rules, handout.cautions_title]
    parts += [*(row.advice for row in handout.cautions), handout.disclaimer, handout.credit.license]
    for part in parts:
        place = text.index(" ".join(part.split()), place) + len(part)
    assert handout.cautions


def test_every_picture_is_in_the_file_with_its_text(handout: Handout, page: HandoutPage) -> None:
    images = find_tags(page, "img")
    pictures = [handout.qr_code, *(picture for exercise in handout.exercises for picture in exercise.pictures)]
    assert len(pictures) == 1 + 2 * len(handout.exercises)
    assert [image["alt"] for image in images] == [picture.alt for picture in pictures]
    for image, picture in zip(images, pictures, strict=True):
        media_type, _, content = (image["src"] or "").partition(",")
        assert (media_type, unquote(content)) == ("data:image/svg+xml", picture.svg)


def test_the_code_leads_to_the_page(handout: Handout) -> None:
    picture = Image.open(io.BytesIO(render_png(handout.qr_code.svg, 300)))
    (code,) = zxingcpp.read_barcodes(picture)
    assert (code.format, code.text) == (zxingcpp.BarcodeFormat.QRCode, PAGE_URL)
    assert PAGE_URL in handout.qr_code.alt


def test_nothing_is_loaded_and_nothing_runs(page: HandoutPage) -> None:
    tags = read_page(page).tags
    (style,) = re.findall("<style>(.*?)</style>", page.content.decode(), re.DOTALL)
    style_hash = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert page.policy.startswith(f"default-src 'none'; img-src data:; style-src 'sha256-{style_hash}';")
    assert not {"script", "iframe", "object", "form"} & {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]
    assert {link["rel"] for link in find_tags(page, "link")} == {"license", "canonical"}
    assert "url(" not in style
    assert "@import" not in style


def test_the_paper_is_the_one_that_is_asked_for(handout: Handout, page: HandoutPage) -> None:
    letter = render_handout_page(handout, "letter")
    assert b"@page { size: A4; " in page.content
    assert b"@page { size: letter; " in letter.content
    assert letter.policy != page.policy


def test_texts_are_escaped(handout: Handout) -> None:
    text = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> &amp; {{ 7 * 7 }}"
    picture = handout.qr_code.model_copy(update={"alt": text})
    hostile = handout.model_copy(update={"title": text, "notes": (text,), "page_url": text, "qr_code": picture})
    page = render_handout_page(hostile, "a4")
    assert not find_tags(page, "script")
    images = find_tags(page, "img")
    assert all("onerror" not in image for image in images)
    assert images[0]["alt"] == text
    assert " ".join(text.split()) in " ".join(read_page(page).text.split())
