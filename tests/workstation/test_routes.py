"""Workstation and reminders over HTTP: shapes, refusals, drawing, calendar, and nothing kept of the body."""

import json
from typing import Any

import icalendar
import pytest

from app.kit.settings import Settings
from tests.serving import Client

BODY = {"stature_cm": 160, "desk": {"fixed_cm": 73}}
DAY = "/v1/reminders?timezone=Europe/Berlin&start=09:00&end=17:00&lunch=12:30-13:00"


@pytest.mark.parametrize("stature", [139, 206])
def test_a_height_outside_the_range_is_refused_with_the_range(client: Client, stature: int) -> None:
    answer = client.post("/v1/workstation/fit", json={"stature_cm": stature})
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/stature_cm"
    assert "between 140 and 205 cm" in fault["detail"]
    assert str(stature) not in answer.text.replace(answer.json()["request_id"], "")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"stature_cm": True}, "/stature_cm"),
        ({"stature_cm": "170"}, "/stature_cm"),
        ({}, "/stature_cm"),
        ({"stature_cm": 170, "colour": "red"}, "/colour"),
        ({"stature_cm": 170, "relaxed": 1}, "/relaxed"),
        ({"stature_cm": 170, "desk": {"fixed_cm": True}}, "/desk/fixed_cm"),
        ({"stature_cm": 170, "desk": {}}, "/desk"),
        ({"stature_cm": 170, "lenses": "varifocal"}, "/lenses"),
    ],
    ids=str,
)
def test_a_wrong_body_is_told_where(client: Client, body: dict[str, Any], pointer: str) -> None:
    answer = client.post("/v1/workstation/fit", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_a_fit_is_answered_whole_and_never_cached(client: Client) -> None:
    answer = client.post("/v1/workstation/fit", json=BODY)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert found["footrest"]["value"] == 11.3
    assert set(found["seat_height"]) == {"value", "unit", "min", "max", "confidence", "source"}
    assert found["reviewed_by"] is None


def test_an_unknown_query_parameter_is_refused(client: Client) -> None:
    for path in ("/v1/workstation/fit?units=in", "/v1/workstation/diagram?colour=red"):
        assert client.post(path, json=BODY).status_code == 422


def test_the_break_of_an_assessment_is_what_the_sessions_take(client: Client) -> None:
    asked = {"body": BODY, "measured": {"desk_height_cm": 73, "longest_sitting_min": 90}}
    found = client.post("/v1/workstation/assessment", json=asked)
    assert found.status_code == 200
    built = client.post("/v1/sessions", json=found.json()["break"])
    assert built.status_code == 201
    assert built.json()["duration_s"] <= 300


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_diagram_is_an_svg_of_its_own(client: Client, theme: str) -> None:
    answer = client.post(f"/v1/workstation/diagram?theme={theme}", json=BODY)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert ("prefers-color-scheme" in answer.text) == (theme == "auto")


def test_reminders_name_routines_of_the_catalogue_that_fit(client: Client) -> None:
    found = client.get(f"{DAY}&kinds=micro_break,active_break,session").json()
    assert found["reminders"]
    for one in found["reminders"]:
        link = one["routine"]["url"].removeprefix("http://testserver")
        routine = client.get(link).json()
        assert routine["slug"] == one["routine"]["slug"]
        assert routine["session"]["duration_s"] <= one["duration_s"]


def test_the_calendar_is_the_same_day_and_the_same_bytes_twice(client: Client) -> None:
    listed = client.get(DAY).json()
    link = listed["calendar_url"].removeprefix("http://testserver")
    first, second = client.get(link), client.get(link)
    assert first.content == second.content
    assert first.headers["content-type"].startswith("text/calendar")
    assert "method=PUBLISH" in first.headers["content-type"]
    events = icalendar.Calendar.from_ical(first.content).walk("VEVENT")
    assert [str(one["uid"]) for one in events] == [one["uid"] for one in listed["reminders"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("timezone=Europe/Berlin&start=25:00", "start"),
        ("timezone=Mars/Olympus", "timezone"),
        ("start=09:00", "timezone"),
        ("timezone=UTC&age=40", "age"),
        ("timezone=UTC&kinds=eyes&kinds=posture", "kinds"),
        ("timezone=UTC&days=MO,XX", "days"),
        ("timezone=UTC&lunch=18:00-19:00", "lunch"),
        ("timezone=UTC&end=09:00", "end"),
    ],
)
def test_a_wrong_day_is_refused_in_both_forms(client: Client, query: str, name: str) -> None:
    for path in ("/v1/reminders", "/v1/reminders.ics"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["name"] == name


def test_links_follow_the_public_address_and_only_then_is_the_answer_shared(
    client: Client, settings: Settings, start_client: Any
) -> None:
    assert "private" in client.get(DAY).headers["cache-control"]
    public = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"}))
    answer = public.get(DAY)
    assert answer.json()["calendar_url"].startswith("https://thoracic.example/api/v1/reminders.ics?")
    assert "public" in answer.headers["cache-control"]


def test_every_example_of_the_document_runs(client: Client) -> None:
    document = client.get("/openapi.json").json()
    for path in ("/v1/workstation/fit", "/v1/workstation/assessment", "/v1/workstation/diagram"):
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        schema = document["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[-1]]
        for example in schema["examples"]:
            assert client.post(path, json=example).status_code == 200, json.dumps(example)
