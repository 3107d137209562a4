"""The PDF of a hand-out, read by pypdf and by poppler, its QR code by ZXing: none of them has made it."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pytest
import zxingcpp
from PIL import Image

from app.exports.handouts.content import Handout, describe_routine
from app.exports.handouts.pdf_file import write_pdf
from app.kit.links import PublicAddress
from app.schemas.routine import Routine
from tests.app_client import Client

ADDRESS = PublicAddress("https://moves.example.org/api")
ROUTINE = "desk-break-5-min-chair"
MARKUP = "#sys.version \"] #panic() $x$ *b* _i_ `c` <a> @b \\ // c /* d */ = e ' { ~ --- [ \u2028"
LETTERS = "ÄÖÜäöüß éèêçñøåœ Łódź Ωμέγα Привет שלום € ½ × → ≥ ✓"
UNKNOWN = "漢字 😀 \u0007"


def describe(client: Client, address: PublicAddress) -> Handout:
    routine = Routine.model_validate(client.get(f"/v1/routines/{ROUTINE}").json())
    return describe_routine(routine, f"/routines/{ROUTINE}", address, lambda slug: slug)


@pytest.fixture(scope="module")
def handout(client: Client) -> Handout:
    return describe(client, ADDRESS)


@pytest.fixture(scope="module")
def pdf(handout: Handout) -> bytes:
    return write_pdf(handout.model_dump_json(), "a4")


def read_pdf(pdf: bytes) -> Any:
    """Return the reader of a file; what it finds in there has no types."""
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def read_text(pdf: bytes) -> str:
    """Return the text of all pages, with one space between words."""
    return " ".join(" ".join(page.extract_text() for page in read_pdf(pdf).pages).split())


def list_elements(element: Any) -> list[Any]:
    """Return an element of the tree of tags, and all below it."""
    below = element.get("/K", [])
    children = [child.get_object() for child in (below if isinstance(below, list) else [below])]
    return [element, *(inner for child in children if isinstance(child, dict) for inner in list_elements(child))]


def test_it_is_tagged_and_says_what_it_is(handout: Handout, pdf: bytes) -> None:
    reader = read_pdf(pdf)
    catalogue = reader.trailer["/Root"]
    assert (reader.metadata.title, catalogue["/Lang"]) == (handout.title, "en")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data()
    assert len(reader.pages) == 3
    sizes_mm = {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in reader.pages}
    assert sizes_mm == {(210, 297)}
    assert "/CreationDate" not in reader.metadata


def test_every_picture_has_its_text_and_headings_follow_each_other(handout: Handout, pdf: bytes) -> None:
    elements = list_elements(read_pdf(pdf).trailer["/Root"]["/StructTreeRoot"])
    told = [element["/Alt"] for element in elements if element.get("/S") == "/Figure"]
    pictures = [picture.alt for exercise in handout.exercises for picture in exercise.pictures]
    assert len(pictures) == 2 * len(handout.exercises)
    assert told == [handout.qr_code.alt, *pictures]
    headings = [element["/S"] for element in elements if re.fullmatch("/H[1-6]", element.get("/S", ""))]
    assert headings == ["/H1"] + ["/H2"] * (len(handout.exercises) + 4)


def test_all_its_fonts_are_in_the_file(pdf: bytes) -> None:
    names = set()
    for page in read_pdf(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"])
            names.add(str(font["/BaseFont"]).partition("+")[2].partition("-")[0])
    assert names == {"LibertinusSerif"}


def test_nothing_is_left_out(handout: Handout, pdf: bytes) -> None:
    text = read_text(pdf)
    wanted = [handout.title, *handout.facts, *handout.stop_rules, handout.disclaimer, handout.credit.license]
    wanted += [row.advice for row in handout.cautions]
    for exercise in handout.exercises:
        wanted += [exercise.name, exercise.purpose, exercise.dose, *exercise.steps, exercise.breathing]
    assert [part for part in wanted if " ".join(part.split()) not in text] == []
    assert text.count("Mon Tue Wed Thu Fri Sat Sun") == 2


def test_the_same_content_makes_the_same_bytes_in_every_process(client: Client, handout: Handout) -> None:
    answer = client.get(f"/v1/routines/{ROUTINE}/export?format=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    described = describe(client, PublicAddress("", "http://testserver"))
    assert answer.content == write_pdf(described.model_dump_json(), "a4")
    assert described.page_url != handout.page_url


@pytest.mark.parametrize("text", [MARKUP, LETTERS])
def test_texts_are_data_whatever_they_look_like(handout: Handout, text: str) -> None:
    exercise = handout.exercises[0].model_copy(
        update={"name": text, "dose": text, "steps": (text,), "breathing": text, "purpose": text}
    )
    hostile = handout.model_copy(update={"title": text, "summary": text, "notes": (text,), "exercises": (exercise,)})
    pdf = write_pdf(hostile.model_dump_json(), "letter")
    reader = read_pdf(pdf)
    assert reader.metadata.title == text
    assert [float(reader.pages[0].mediabox.width), float(reader.pages[0].mediabox.height)] == [612, 792]
    if text == MARKUP:
        # Ligatures, and the order of right-to-left letters, are not the same in every reader.
        assert read_text(pdf).count(" ".join(text.split())) >= 8


def test_a_character_that_no_font_has_becomes_a_box(handout: Handout) -> None:
    pdf = write_pdf(handout.model_copy(update={"notes": (f"a {UNKNOWN} b \\u{{7}}",)}).model_dump_json(), "a4")
    assert "a □□ □ □ b \\u{7}" in read_text(pdf)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext of poppler-utils is not installed")
def test_another_reader_finds_the_words_in_order_and_the_code(handout: Handout, pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    text = " ".join(told.split())
    in_order = [handout.title]
    for exercise in handout.exercises:
        in_order += [exercise.name, exercise.dose, *exercise.steps, exercise.breathing]
    in_order += [handout.ticks.title, handout.stop_title, *handout.stop_rules, handout.cautions_title]
    in_order += [handout.disclaimer_title, handout.credit.text]
    place = 0
    for part in in_order:
        place = text.index(part, place) + len(part)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes yes +\d+ +\d+$", line) for line in fonts)
    subprocess.run(["pdftoppm", "-r", "80", "-l", "1", "-png", path, tmp_path / "page"], check=True)
    (page,) = tmp_path.glob("page*.png")
    (code,) = zxingcpp.read_barcodes(Image.open(page))
    assert (code.format, code.text) == (zxingcpp.BarcodeFormat.QRCode, handout.page_url)
