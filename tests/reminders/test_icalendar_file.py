"""The calendar file, read back by icalendar and by vobject with dateutil: the same events, and local hours all year."""

import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.rrule import rruleset, rrulestr

from app.reminders.schedule import build_schedule
from app.reminders.texts import reminder_texts
from app.reminders.time_zones import list_time_zones
from app.reminders.workday import Workday
from app.reminders.working_hours import WEEKDAYS
from tests.reminders.workdays import ADDRESS, ALL_KINDS, REVISION, ROUTINES, make_workday, render

CLOCK_CHANGES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
}


def read_with_vobject(workday: Workday) -> list[Any]:
    """Return the events of the file as the parser that did not write it reads them."""
    return list(vobject.readOne(render(workday).decode()).vevent_list)


@pytest.mark.parametrize("zone", CLOCK_CHANGES)
def test_two_parsers_read_the_same_events(zone: str) -> None:
    workday = make_workday(timezone=zone, kinds=ALL_KINDS, lunch="12:30-13:00")
    reminders = build_schedule(workday, ROUTINES, ADDRESS).reminders
    events: list[Any] = list(icalendar.Calendar.from_ical(render(workday)).walk("VEVENT"))
    vobject_events = read_with_vobject(workday)
    assert len(events) == len(vobject_events) == len(reminders)
    for reminder, event, vobject_event in zip(reminders, events, vobject_events, strict=True):
        assert str(event["uid"]) == vobject_event.uid.value == reminder.uid
        assert event.decoded("dtstart").strftime("%H:%M") == f"{vobject_event.dtstart.value:%H:%M}" == reminder.at
        assert event.decoded("duration") == vobject_event.duration.value == timedelta(seconds=reminder.duration_s)
        assert list(event["rrule"]["byday"]) == list(reminder.days)
        assert vobject_event.valarm.action.value == "DISPLAY"
        assert reminder.title in vobject_event.summary.value
        if reminder.routine is not None:
            assert vobject_event.url.value == str(event["url"]) == reminder.routine.page_url
            assert reminder.routine.name in vobject_event.summary.value
            assert reminder.routine.page_url in vobject_event.description.value
        if reminder.figure is not None:
            assert str(event["image"]) == vobject_event.attach.value == reminder.figure.png


def test_two_downloads_are_equal_to_the_byte() -> None:
    assert render(make_workday(kinds=ALL_KINDS)) == render(make_workday(kinds=ALL_KINDS))


def test_an_event_says_when_its_texts_and_routines_were_last_changed() -> None:
    texts = reminder_texts().revision
    events: list[Any] = icalendar.Calendar.from_ical(render(make_workday(kinds=("micro_break", "eyes")))).walk("VEVENT")
    for event in events:
        has_routine = "micro_break" in event["categories"].to_ical().decode()
        assert int(event["sequence"]) == texts.number + has_routine * REVISION.number
        changed_at = REVISION.changed_at if has_routine else texts.changed_at
        assert event.decoded("dtstamp") == event.decoded("last-modified") == changed_at


def test_a_subscriber_learns_the_name_and_how_often_to_read_again() -> None:
    lines = render(make_workday()).decode().partition("BEGIN:VTIMEZONE")[0].splitlines()
    assert "CALSCALE:GREGORIAN" in lines
    assert [line.partition(":")[2] for line in lines if "NAME:" in line] == [reminder_texts().calendar_name] * 2
    assert [line for line in lines if line.endswith(":P1D")] == [
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]


def test_alarms_ring_at_the_start() -> None:
    lines = render(make_workday()).decode().splitlines()
    assert lines.count("TRIGGER:PT0S") == lines.count("BEGIN:VALARM") == lines.count("BEGIN:VEVENT")


def test_every_event_recurs_weekly_and_none_by_the_hour() -> None:
    events = read_with_vobject(make_workday(kinds=ALL_KINDS))
    assert events
    assert all(event.rrule.value.startswith("FREQ=WEEKLY;BYDAY=") for event in events)


def test_lines_end_and_fold_as_rfc_5545_requires() -> None:
    lines = render(make_workday(kinds=ALL_KINDS)).split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


@pytest.mark.parametrize("zone", CLOCK_CHANGES)
def test_local_hours_stay_the_same_across_both_clock_changes(zone: str) -> None:
    """Compare the zone as the file describes it, expanded by dateutil, with the zone data of the machine."""
    offsets = set()
    for event in read_with_vobject(make_workday(timezone=zone, start="09:00", end="11:00", days=WEEKDAYS)):
        start = event.dtstart.value
        rule = rrulestr(event.rrule.value, dtstart=start.replace(tzinfo=None))
        for change in CLOCK_CHANGES[zone]:
            midnight = datetime.combine(change, time())
            for local in rule.between(midnight - timedelta(days=3), midnight + timedelta(days=3)):
                by_file = local.replace(tzinfo=start.tzinfo)
                assert by_file.astimezone(UTC) == local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
                assert by_file.astimezone(UTC).astimezone(ZoneInfo(zone)).time() == start.time()
                offsets.add(by_file.utcoffset())
    assert len(offsets) == 2, "the clock did change within these days"


@pytest.mark.parametrize("zone", sorted(list_time_zones())[::60])
def test_any_zone_makes_a_calendar_that_can_be_read(zone: str) -> None:
    assert read_with_vobject(make_workday(timezone=zone))


def test_a_night_shift_falls_on_the_right_nights() -> None:
    """Work begins on Friday evening, so what comes after midnight comes on Saturday."""
    workday = make_workday(start="22:00", end="02:00", days=["FR"], first_day="2026-01-05")
    events = read_with_vobject(workday)
    assert [f"{event.dtstart.value:%a %d %H:%M} {event.rrule.value}" for event in events] == [
        "Fri 09 22:30 FREQ=WEEKLY;BYDAY=FR",
        "Fri 09 23:00 FREQ=WEEKLY;BYDAY=FR",
        "Fri 09 23:30 FREQ=WEEKLY;BYDAY=FR",
        "Sat 10 00:00 FREQ=WEEKLY;BYDAY=SA",
        "Sat 10 00:30 FREQ=WEEKLY;BYDAY=SA",
        "Sat 10 01:00 FREQ=WEEKLY;BYDAY=SA",
        "Sat 10 01:30 FREQ=WEEKLY;BYDAY=SA",
    ]


@pytest.mark.parametrize("first_day", [f"2026-02-{number:02}" for number in range(1, 8)])
def test_the_first_event_is_an_occurrence_of_its_own_rule(first_day: str) -> None:
    for event in read_with_vobject(make_workday(days=["TU", "SA"], first_day=first_day)):
        start = event.dtstart.value
        assert f"{start:%a}".upper()[:2] in ("TU", "SA")
        assert 0 <= (start.date() - date.fromisoformat(first_day)).days < 7


def test_days_off_have_no_reminders() -> None:
    """No event starts on the first one, later ones are exceptions; after midnight the day before counts."""
    off = ["2026-01-05", "2026-01-12/2026-01-13", "2026-01-17"]
    for event in read_with_vobject(make_workday(start="22:00", end="02:00", days=["MO", "TU"], off=off)):
        start = event.dtstart.value.replace(tzinfo=None)
        occurrences = rruleset()
        occurrences.rrule(rrulestr(event.rrule.value, dtstart=start))
        for line in event.contents.get("exdate", []):
            for moment in line.value:
                assert moment.time() == start.time()
                occurrences.exdate(moment.replace(tzinfo=None))
        after_midnight = timedelta(days=start.hour < 12)
        days = {(moment - after_midnight).date().isoformat() for moment in itertools.islice(occurrences, 3)}
        assert days in ({"2026-01-19", "2026-01-26", "2026-02-02"}, {"2026-01-06", "2026-01-20", "2026-01-27"})
        assert (start - after_midnight).date().isoformat() in days


def test_floating_times_have_no_zone() -> None:
    workday = make_workday(timezone="floating", off=["2026-02-02"])
    text = render(workday).decode()
    assert "TZID" not in text
    assert "TIMEZONE" not in text
    for event in read_with_vobject(workday):
        assert event.dtstart.value.tzinfo is None
    assert "EXDATE:20260202T093000\r\n" in text


def test_it_contains_nothing_about_health() -> None:
    words = set(re.findall("[a-z]+", render(make_workday(kinds=ALL_KINDS)).decode().lower()))
    assert not words & {"stature", "pain", "condition", "conditions", "age"}
