"""The calendar, read back by icalendar and by vobject with dateutil: same events, and local hours all year."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr

from app.reminders.icalendar_file import render_calendar
from app.reminders.schedule import build_schedule
from app.reminders.vtimezone import build_vtimezone
from app.reminders.workday import WEEKDAYS, Workday, list_time_zones
from tests.reminders.workdays import EVERY_KIND, OFFERS, day

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
CHANGES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
}


def written(asked: Workday) -> bytes:
    return render_calendar(asked, build_schedule(asked, OFFERS, "https://example.org"))


def events(asked: Workday) -> list[Any]:
    """As the second parser sees them."""
    return list(vobject.readOne(written(asked).decode()).vevent_list)


@pytest.mark.parametrize("zone", ZONES)
def test_two_parsers_read_the_same_events(zone: str) -> None:
    asked = day(timezone=zone, kinds=EVERY_KIND, lunch="12:30-13:00")
    expected = build_schedule(asked, OFFERS, "https://example.org").reminders
    first: list[Any] = list(icalendar.Calendar.from_ical(written(asked)).walk("VEVENT"))
    second = events(asked)
    assert len(first) == len(second) == len(expected)
    for reminder, one, other in zip(expected, first, second, strict=True):
        assert str(one["uid"]) == other.uid.value == reminder.uid
        assert one.decoded("dtstart").strftime("%H:%M") == f"{other.dtstart.value:%H:%M}" == reminder.at
        assert one.decoded("duration") == other.duration.value == timedelta(seconds=reminder.duration_s)
        assert list(one["rrule"]["byday"]) == list(reminder.days)
        assert other.valarm.action.value == "DISPLAY"
        assert reminder.title in other.summary.value
        if reminder.routine is not None:
            assert other.url.value == str(one["url"]) == reminder.routine.url
            assert reminder.routine.name in other.summary.value


def test_two_downloads_are_the_same_to_the_byte() -> None:
    assert written(day(kinds=EVERY_KIND)) == written(day(kinds=EVERY_KIND))


def test_every_event_recurs_weekly_and_none_by_the_hour() -> None:
    text = written(day(kinds=EVERY_KIND)).decode()
    rules = [line for line in text.splitlines() if line.startswith("RRULE")]
    assert rules
    assert all(rule.startswith("RRULE:FREQ=WEEKLY;BYDAY=") for rule in rules)


def test_lines_end_and_fold_as_calendars_want() -> None:
    lines = written(day(kinds=EVERY_KIND)).split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


@pytest.mark.parametrize("zone", ZONES)
def test_local_hours_hold_across_both_changes_of_the_clock(zone: str) -> None:
    """Expanded by dateutil with the zone as the file itself describes it, against the machine's zone data."""
    offsets = set()
    for event in events(day(timezone=zone, start="09:00", end="11:00", days=",".join(WEEKDAYS))):
        start = event.dtstart.value
        rule = rrulestr(event.rrule.value, dtstart=start.replace(tzinfo=None))
        for change in CHANGES[zone]:
            around = datetime.combine(change, time())
            for local in rule.between(around - timedelta(days=3), around + timedelta(days=3)):
                said = local.replace(tzinfo=start.tzinfo).astimezone(UTC)
                assert said == local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
                assert said.astimezone(ZoneInfo(zone)).time() == start.time()
                offsets.add(local.replace(tzinfo=start.tzinfo).utcoffset())
    assert len(offsets) == 2, "the clock did change within these days"


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_changes_at_the_very_hour(zone: str) -> None:
    component = build_vtimezone(zone, date(2026, 1, 1), date(2031, 1, 1))
    changes: list[Any] = [part for part in component.walk() if part.name in ("STANDARD", "DAYLIGHT")][1:]
    onsets = [
        (onset, part)
        for part in changes
        for onset in [part.decoded("dtstart"), *([one.dt for one in part["rdate"].dts] if "rdate" in part else [])]
    ]
    assert len(onsets) == 10
    for onset, part in onsets:
        moment = (onset - part.decoded("tzoffsetfrom")).replace(tzinfo=UTC)
        before, after = moment - timedelta(minutes=1), moment
        assert before.astimezone(ZoneInfo(zone)).utcoffset() == part.decoded("tzoffsetfrom")
        assert after.astimezone(ZoneInfo(zone)).utcoffset() == part.decoded("tzoffsetto")


def test_a_zone_without_changes_is_written_too() -> None:
    component = build_vtimezone("Asia/Kolkata", date(2026, 1, 1), date(2031, 1, 1))
    (only,) = [part for part in component.walk() if part.name in ("STANDARD", "DAYLIGHT")]
    assert only.decoded("tzoffsetto") == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("zone", sorted(list_time_zones())[::60])
def test_any_zone_makes_a_calendar_that_can_be_read(zone: str) -> None:
    assert events(day(timezone=zone))


def test_a_night_shift_falls_on_the_right_nights() -> None:
    """Work begins on Friday evening, so what comes after midnight comes on Saturday."""
    found = events(day(start="22:00", end="02:00", days="FR", first_day="2026-01-05"))
    assert [f"{one.dtstart.value:%a %d %H:%M} {one.rrule.value}" for one in found] == [
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
    for event in events(day(days="TU,SA", first_day=first_day)):
        start = event.dtstart.value
        assert f"{start:%a}".upper()[:2] in ("TU", "SA")
        assert 0 <= (start.date() - date.fromisoformat(first_day)).days < 7


def test_nothing_about_health_is_in_it() -> None:
    text = written(day(kinds=EVERY_KIND)).decode().lower()
    assert not any(word in text for word in ("stature", "pain", "condition", "age"))
