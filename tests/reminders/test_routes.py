"""Reminders over HTTP: routines that fit, the same calendar twice, refusals, and links."""

from typing import Any

import icalendar
import pytest

from app.kit.settings import Settings
from tests.app_client import Client

DAY = "/v1/reminders?timezone=Europe/Berlin&start=09:00&end=17:00&lunch=12:30-13:00"


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
