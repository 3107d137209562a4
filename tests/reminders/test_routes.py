"""Reminders over HTTP: routines that exist, the calendar, errors, and links."""

from typing import Any

import icalendar
import pytest

from app.kit.settings import Settings
from tests.app_client import Client

REMINDERS_URL = "/v1/reminders?timezone=Europe/Berlin&start=09:00&end=17:00&lunch=12:30-13:00"


def test_reminders_name_routines_of_the_catalogue_that_fit(client: Client) -> None:
    schedule = client.get(f"{REMINDERS_URL}&kinds=micro_break&kinds=active_break&kinds=session").json()
    assert schedule["reminders"]
    for reminder in schedule["reminders"]:
        link = reminder["routine"]["url"].removeprefix("http://testserver")
        routine = client.get(link).json()
        assert routine["slug"] == reminder["routine"]["slug"]
        assert routine["session"]["duration_s"] <= reminder["duration_s"]


def test_the_calendar_holds_the_same_reminders_and_is_equal_twice(client: Client) -> None:
    schedule = client.get(REMINDERS_URL).json()
    link = schedule["calendar_url"].removeprefix("http://testserver")
    first, second = client.get(link), client.get(link)
    assert first.content == second.content
    assert first.headers["content-type"].startswith("text/calendar")
    assert "method=PUBLISH" in first.headers["content-type"]
    events = icalendar.Calendar.from_ical(first.content).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [reminder["uid"] for reminder in schedule["reminders"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("timezone=Europe/Berlin&start=25:00", "start"),
        ("timezone=Mars/Olympus", "timezone"),
        ("start=09:00", "timezone"),
        ("timezone=UTC&age=40", "age"),
        ("timezone=UTC&kinds=eyes&kinds=eyes", "kinds"),
        ("timezone=UTC&days=MO,XX", "days"),
        ("timezone=UTC&lunch=18:00-19:00", "lunch"),
        ("timezone=UTC&end=09:00", "end"),
    ],
)
def test_a_wrong_day_is_rejected_in_both_formats(client: Client, query: str, name: str) -> None:
    for path in ("/v1/reminders", "/v1/reminders.ics"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 422
        assert response.json()["errors"][0]["name"] == name


def test_links_begin_with_the_public_address_and_only_then_may_caches_share_them(
    client: Client, settings: Settings, start_client: Any
) -> None:
    assert "private" in client.get(REMINDERS_URL).headers["cache-control"]
    public_client = start_client(settings.model_copy(update={"public_url": "https://thoracic.example/api"}))
    response = public_client.get(REMINDERS_URL)
    assert response.json()["calendar_url"].startswith("https://thoracic.example/api/v1/reminders.ics?")
    assert "public" in response.headers["cache-control"]
