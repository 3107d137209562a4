"""Exports over HTTP, each opened by a reader that is not ours: webvtt-py, csv, icalendar, vobject, json."""

import csv
import html
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
import webvtt

from app.kit.settings import Settings
from tests.app_client import Client

ROUTINE = "/v1/routines/desk-break-5-min-chair"
APPOINTMENT = f"{ROUTINE}/export?format=ics&start=2026-12-01T09:30"
EXAMPLE = "/v1/sessions/example"
MEDIA_TYPES = [
    *("text/csv", "text/vtt", "text/calendar", "text/html", "application/pdf"),
    *("application/fhir+json", "application/vnd.ant.fit"),
]


def read_session(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(path).json()
    session: dict[str, Any] = answer.get("session", answer)
    return session


def read_table(content: bytes) -> list[dict[str, str]]:
    assert content.count(b"\n") == content.count(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


@pytest.mark.parametrize("path", [ROUTINE, EXAMPLE])
def test_the_subtitles_have_a_cue_for_each_event_that_lasts(client: Client, path: str) -> None:
    answer = client.get(f"{path}/export?format=vtt")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    captions = webvtt.from_buffer(io.BytesIO(answer.content)).captions
    *events, end = read_session(client, path)["timeline"]
    assert (end["kind"], end["at_s"]) == ("done", captions[-1].end_in_seconds)
    assert len(captions) == len(events)
    for caption, event in zip(captions, events, strict=True):
        assert (caption.start_in_seconds, caption.end_in_seconds) == (
            event["at_s"],
            event["at_s"] + event["duration_s"],
        )
        is_named = event["kind"] in ("introduction", "work")
        heading = event["name"] if is_named else event["say"][0]["text"]
        assert html.unescape(caption.raw_text) == f"{heading}\n{event['text']}"
    starts = [caption.start_in_seconds for caption in captions]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("path", [ROUTINE, EXAMPLE])
def test_the_table_has_a_row_for_each_exercise(client: Client, path: str) -> None:
    session = read_session(client, path)
    rows = read_table(client.get(f"{path}/export?format=csv").content)
    items = [item for phase in session["phases"] for item in phase["items"]]
    assert [row["slug"] for row in rows] == [item["exercise"]["slug"] for item in items]
    for row, item in zip(rows, items, strict=True):
        first_event = next(
            event for event in session["timeline"] if event["position_in_session"] == item["position_in_session"]
        )
        assert (row["at_s"], row["phase"]) == (str(first_event["at_s"]), first_event["phase"])
        assert (row["name"], row["dose"]) == (item["exercise"]["name"], item["dose"]["text"])
        assert row["sets"] == str(item["dose"]["sets"])
        assert row["goals"].split(" | ") == [share["goal"] for share in item["serves"]]


@pytest.mark.parametrize("zone", ["floating", "europe/berlin"])
def test_two_readers_find_the_same_appointment(client: Client, zone: str) -> None:
    answer = client.get(f"{APPOINTMENT}&timezone={zone}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.content == client.get(f"{APPOINTMENT}&timezone={zone}").content
    routine = client.get(ROUTINE).json()
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    tzinfo = None if zone == "floating" else ZoneInfo("Europe/Berlin")
    start = datetime.fromisoformat("2026-12-01T09:30").replace(tzinfo=tzinfo)
    assert event.decoded("dtstart") == start
    assert event.decoded("duration") == timedelta(seconds=routine["session"]["duration_s"])
    assert event["url"] == "http://testserver/routines/desk-break-5-min-chair"
    assert client.get("/routines/desk-break-5-min-chair").status_code == 200
    assert all(name in str(event["description"]) for name in [item["name"] for item in _cards(routine)])
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(0)
    read_again = vobject.readOne(answer.text).vevent
    assert read_again.summary.value == str(event["summary"]) == routine["name"]
    assert read_again.dtstamp.value == datetime.fromisoformat(routine["updated_at"])
    # 09:30 in Berlin is 08:30 UTC in winter, by the rules that the file itself holds.
    read_start = read_again.dtstart.value
    if zone != "floating":
        read_start = read_start.astimezone(UTC)
    assert read_start.isoformat()[:16] == ("2026-12-01T09:30" if zone == "floating" else "2026-12-01T08:30")


def _cards(routine: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["exercise"] for phase in routine["session"]["phases"] for item in phase["items"]]


def test_an_appointment_has_an_id_for_each_session_and_time(client: Client) -> None:
    addresses = [
        APPOINTMENT,
        f"{APPOINTMENT}&timezone=Asia/Tokyo",
        f"{ROUTINE}/export?format=ics&start=2026-12-02T09:30",
        f"{EXAMPLE}/export?format=ics&start=2026-12-01T09:30",
    ]
    uids = {str(icalendar.Calendar.from_ical(client.get(a).content).walk("VEVENT")[0]["uid"]) for a in addresses}
    assert len(uids) == len(addresses)


def test_a_built_session_is_exported_and_only_its_owner_keeps_it(client: Client) -> None:
    request = {"duration_s": 300, "goals": [{"goal": "rotation"}], "conditions": ["wrist_pain"], "age_band": "65+"}
    built = client.post("/v1/sessions", json=request).json()
    path = f"/v1/sessions/{built['id']}"
    formats = ("csv", "vtt", "fhir", "fit", "ics")
    answers = [client.get(f"{path}/export?format={name}&start=2026-12-01T09:30") for name in formats]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["cache-control"].startswith("private")
        assert answer.headers["x-catalogue-serial"] == str(built["catalogue_serial"])
        assert "wrist" not in answer.text.lower()
    (event,) = icalendar.Calendar.from_ical(answers[-1].content).walk("VEVENT")
    assert str(event["url"]) == f"http://testserver/sessions/{built['id']}"
    assert client.get(f"/sessions/{built['id']}").status_code == 200


def test_accept_chooses_where_no_format_is_named(client: Client) -> None:
    path = f"{ROUTINE}/export?start=2026-12-01T09:30"
    for media_type in MEDIA_TYPES:
        answer = client.get(path, headers={"Accept": f"image/png, {media_type};q=0.9, application/json"})
        assert answer.headers["content-type"].startswith(media_type)
        assert "Accept" in answer.headers["vary"].split(", ")
    assert client.get(path, headers={"Accept": "*/*"}).headers["content-type"].startswith("text/csv")
    named = client.get(f"{path}&format=vtt", headers={"Accept": "application/json"})
    assert named.headers["content-type"].startswith("text/vtt")
    assert "Accept" not in named.headers["vary"].split(", ")


def test_406_lists_the_formats(client: Client) -> None:
    for path in (ROUTINE, EXAMPLE):
        answer = client.get(f"{path}/export", headers={"Accept": "image/png"})
        assert (answer.status_code, answer.json()["available"]) == (406, MEDIA_TYPES)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("format=ics", "start"),
        ("format=docx", "format"),
        ("format=pdf&paper=a5", "paper"),
        ("format=ics&start=1764581400", "start"),
        ("format=ics&start=2026-12-01T09:30Z", "start"),
        ("format=ics&start=2026-02-30T09:30", "start"),
        ("format=ics&start=2099-01-01T09:30", "start"),
        ("format=ics&start=2026-12-01T09:30&timezone=Mars/Olympus", "timezone"),
        ("format=csv&rows=events", "rows"),
    ],
)
def test_a_wrong_query_is_told(client: Client, query: str, name: str) -> None:
    answer = client.get(f"{ROUTINE}/export?{query}")
    assert (answer.status_code, [error["name"] for error in answer.json()["errors"]]) == (422, [name])


@pytest.mark.parametrize(
    "path",
    [f"{ROUTINE}/export?format=csv", f"{EXAMPLE}/export?format=vtt", "/v1/exercises.csv", "/v1/exercises.ndjson"],
)
def test_exports_have_etags_and_heads_like_every_representation(client: Client, path: str) -> None:
    answer = client.get(path)
    known = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = client.request("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]
    assert head.headers["content-type"] == answer.headers["content-type"]


def test_unknown_records_are_told_as_everywhere(client: Client) -> None:
    assert client.get("/v1/routines/no-such/export?format=csv").status_code == 404
    assert client.get("/v1/sessions/no-such/export?format=csv").status_code == 404


def test_the_table_of_exercises_holds_what_their_records_hold(client: Client) -> None:
    records = {record["slug"]: record for record in _list_records(client, "exercises")}
    answer = client.get("/v1/exercises.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = read_table(answer.content)
    assert [row["slug"] for row in rows] == sorted(records)
    for row in rows:
        record = records[row["slug"]]
        same = ("name", "summary", "category", "position", "breathing", "updated_at")
        assert {name: row[name] for name in same} == {name: record[name] for name in same}
        assert row["steps"].split(" | ") == record["steps"]
        muscles = [f"{muscle}: {role}" for role, listed in record["muscles"].items() for muscle in listed]
        assert row["muscles"].split(" | ") == muscles
        told = [f"{entry['condition']}: {entry['verdict']}" for entry in record["contraindications"]]
        assert row["contraindications"] == " | ".join(told)
        assert row["page_url"] == f"http://testserver/exercises/{row['slug']}"


@pytest.mark.parametrize("kind", ["guidelines", "references", "routines"])
def test_the_tables_of_other_kinds_hold_what_their_records_hold(client: Client, kind: str) -> None:
    records = _list_records(client, kind)
    answer = client.get(f"/v1/{kind}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = read_table(answer.content)
    assert len(rows) == len(records)
    for row, record in zip(rows, records, strict=True):
        for name, cell in row.items():
            value = record.get(name)
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                assert cell == " | ".join(value)
            elif isinstance(value, str | int):
                assert cell == str(value)
        assert row["license"] == record["license"]["id"]


def test_what_a_table_puts_in_one_cell_can_be_read(client: Client) -> None:
    guidelines = {row["slug"]: row for row in read_table(client.get("/v1/guidelines.csv").content)}
    support = "height of the support above the seat: 15-25 cm"
    assert guidelines["back-support"]["measures"] == support
    routines = {row["slug"]: row for row in read_table(client.get("/v1/routines.csv").content)}
    row = routines["desk-break-5-min-chair"]
    assert row["exercises"].split(" | ") == [card["slug"] for card in _cards(client.get(ROUTINE).json())]
    assert row["page_url"] == "http://testserver/routines/desk-break-5-min-chair"


@pytest.mark.parametrize(
    ("kind", "query"),
    [("exercises", ""), ("guidelines", ""), ("references", ""), ("routines", "&exercise_records=false")],
)
def test_the_lines_of_json_are_the_records(client: Client, kind: str, query: str) -> None:
    answer = client.get(f"/v1/{kind}.ndjson")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.content.endswith(b"}\n")
    assert [json.loads(line) for line in answer.content.splitlines()] == _list_records(client, kind, query)
    assert answer.headers["content-encoding"] in ("br", "gzip")


def test_links_begin_with_the_public_address_and_only_then_may_caches_share_them(
    client: Client, settings: Settings, start_client: Any
) -> None:
    for path in (APPOINTMENT, "/v1/exercises.csv"):
        assert client.get(path).headers["cache-control"].startswith("private")
    public_client = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"}))
    for path in (APPOINTMENT, "/v1/exercises.csv", "/v1/exercises.ndjson"):
        answer = public_client.get(path)
        assert answer.headers["cache-control"].startswith("public")
        assert "https://thoracic.example/api/" in answer.text.replace("\r\n ", "")


def _list_records(client: Client, kind: str, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    address = f"/v1/{kind}?limit=100{query}"
    while address:
        page = client.get(address)
        items += page.json()["items"]
        address = page.links["next"]["url"] if "next" in page.links else ""
    return items


@pytest.mark.parametrize(
    "path", ["/v1/routines/desk-break-5-min-chair", "/v1/sessions/example", "/v1/exercises/open-book"]
)
def test_a_format_that_is_asked_of_the_record_is_told_where_it_is(client: Client, path: str) -> None:
    answer = client.get(f"{path}?format=pdf")
    assert answer.status_code == 422
    assert f"{path}/export" in answer.json()["errors"][0]["detail"]
