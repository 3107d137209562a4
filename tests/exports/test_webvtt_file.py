"""Subtitles, read back by webvtt-py: any text stays in its cue."""

import html
import io

import webvtt

from app.exports.webvtt_file import format_time, write_webvtt
from app.schemas.session import Session
from tests.app_client import Client


def test_no_text_ends_its_cue_or_begins_another(client: Client) -> None:
    session = Session.model_validate(client.get("/v1/routines/desk-break-5-min-chair").json()["session"])
    name, text = "Row & <c.red>press</c>", "one\n\n00:00:01.000 --> 00:00:02.000\r\ntwo"
    events = [event.model_copy(update={"name": name, "text": text, "kind": "work"}) for event in session.timeline]
    captions = webvtt.from_buffer(io.BytesIO(write_webvtt(events))).captions
    assert len(captions) == len(events) - 1
    for caption in captions:
        lines = [html.unescape(line) for line in caption.raw_text.split("\n")]
        assert lines == [name, "one 00:00:01.000 --> 00:00:02.000 two"]
        assert "<" not in caption.raw_text
        assert ">" not in caption.raw_text


def test_times_have_hours_and_thousandths() -> None:
    assert [format_time(seconds) for seconds in (0, 59, 425, 3600 + 61)] == [
        "00:00:00.000",
        "00:00:59.000",
        "00:07:05.000",
        "01:01:01.000",
    ]
