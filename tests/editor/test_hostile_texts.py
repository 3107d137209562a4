"""Words of an editor that would be commands elsewhere come out as words: pages, calendars, tables, print, captions."""

import csv
import io
import json
import re
from typing import Any

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.editor.conftest import TURN, EditorClient

ROUTINE = "a-minute-of-turning"
FORMULA = "=HYPERLINK(A1)"
MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)> --> ]]> &amp;'
PRINT = '#import "/etc/passwd" *a* $x$ \\'
LINES = "one\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nX-EVIL:1"
HTML_PATHS = (
    "/exercises/seated-turn",
    "/embed/exercises/seated-turn",
    f"/routines/{ROUTINE}",
    f"/embed/routines/{ROUTINE}",
    f"/v1/routines/{ROUTINE}.html",
    f"/v1/routines/{ROUTINE}/export?format=html",
    f"/sessions/routine-{ROUTINE}",
    "/gallery",
)


def write(editor: EditorClient, **fields: Any) -> None:
    answer = editor.send("PATCH", TURN, fields)
    assert answer.status_code == 200, answer.text


def text_of(editor: EditorClient, path: str) -> str:
    answer = editor.client.get(path)
    assert answer.status_code == 200, (path, answer.text)
    return answer.text


def test_markup_in_a_name_is_text_on_every_page(editor: EditorClient) -> None:
    write(
        editor, name=MARKUP, summary=MARKUP, steps=[MARKUP, "Sit tall.", "Turn."], cues=["Tall --> tall.", "Breathe."]
    )
    for path in HTML_PATHS:
        page = text_of(editor, path)
        assert "alert(1)" in page, path
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        for block in re.findall(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', page, re.DOTALL):
            json.loads(block)  # it ends where it must: no name has closed it
    oembed = editor.client.get("/oembed", params={"url": "http://testserver/exercises/seated-turn"})
    assert "<script" not in oembed.json()["html"]
    for record in json.loads(text_of(editor, "/v1/exercises.fhir.json"))["entry"]:
        assert "<script" not in record["resource"].get("text", {}).get("div", "")


def test_a_formula_is_text_in_tables(editor: EditorClient) -> None:
    write(editor, name=FORMULA, summary="@SUM(1)")
    for path in ("/v1/exercises.csv", f"/v1/routines/{ROUTINE}/export?format=csv"):
        cells = [cell for row in csv.reader(io.StringIO(text_of(editor, path))) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells), path
        assert [cell for cell in cells if cell.startswith(("=", "@", "+", "\t", "\r"))] == [], path


def test_captions_and_calendars_hold_one_entry_each(editor: EditorClient) -> None:
    before = text_of(editor, f"/v1/routines/{ROUTINE}/export?format=vtt").count("-->")
    write(editor, name=MARKUP, cues=["Tall --> tall.", "Breathe."])
    assert text_of(editor, f"/v1/routines/{ROUTINE}/export?format=vtt").count("-->") == before
    calendar = editor.client.get(
        f"/v1/routines/{ROUTINE}/export", params={"format": "ics", "start": "2026-12-01T09:00"}
    )
    assert calendar.status_code == 200, calendar.text
    assert len(Calendar.from_ical(calendar.text).walk("VEVENT")) == 1


@pytest.mark.parametrize("field", ["name", "summary"])
def test_line_breaks_stay_inside_a_text(editor: EditorClient, field: str) -> None:
    answer = editor.send("PATCH", TURN, {field: LINES})
    if answer.status_code == 200:
        calendar = editor.client.get(
            f"/v1/routines/{ROUTINE}/export", params={"format": "ics", "start": "2026-12-01T09:00"}
        )
        assert "\nX-EVIL" not in calendar.text
        assert len(Calendar.from_ical(calendar.text).walk("VEVENT")) == 1
    else:
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == f"/{field}"


def test_texts_that_no_format_can_hold_are_refused(editor: EditorClient) -> None:
    entry = editor.entry(TURN)
    steps, mistake = entry["steps"], entry["mistakes"][0]
    for pointer, fields in {
        "/name": {"name": "Seated\0turn"},
        "/steps/1": {"steps": [steps[0], "Turn.\u202e", *steps[2:]]},
        "/mistakes/0/instead": {"mistakes": [mistake | {"instead": "Turn\uffff less far."}]},
    }.items():
        answer = editor.send("PATCH", TURN, fields)
        assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer], answer.text
        assert "plain text" in answer.json()["detail"]


def test_print_commands_are_printed(editor: EditorClient) -> None:
    write(editor, name=PRINT, steps=[PRINT, "Sit tall.", "Turn."])
    answer = editor.client.get("/v1/exercises/seated-turn/export", params={"format": "fhir"})
    assert answer.status_code == 200
    handout = editor.client.get(f"/v1/routines/{ROUTINE}/export", params={"format": "pdf"})
    assert handout.status_code == 200, handout.text
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(handout.content)).pages)
    assert "/etc/passwd" in printed
    assert "*a*" in printed
