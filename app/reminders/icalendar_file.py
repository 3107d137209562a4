"""A day's reminders as a calendar: one weekly event for each time of day, the same bytes at every download."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from app.reminders.schedule import Reminder, Schedule
from app.reminders.vtimezone import vtimezone
from app.reminders.workday import WEEKDAYS, Day
from app.rules.notices import load_disclaimer

MEDIA_TYPE = "text/calendar"
LAST_YEAR = 2045
"""The zone is written out up to here; later changes of a country's rules need a fresh download anyway."""


def calendar(day: Day, plan: Schedule) -> bytes:
    """`plan` as iCalendar. Recurs weekly: calendars do not show anything that recurs by the hour."""
    book = Calendar()
    book.add("prodid", "-//Thoracic Mobility API//Reminders 1//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", "Breaks for the upper back")
    book.add("x-wr-timezone", day.timezone)
    book.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    book.add_component(vtimezone(day.timezone, day.first_day - timedelta(days=7), date(LAST_YEAR, 1, 1)))
    for reminder in plan.reminders:
        book.add_component(_event(day, reminder))
    return bytes(book.to_ical())


def _event(day: Day, reminder: Reminder) -> Event:
    event = Event()
    event.add("uid", reminder.uid)
    event.add("dtstamp", datetime.combine(day.first_day, time(), UTC))
    event.add("dtstart", _first(day, reminder))
    event.add("duration", timedelta(seconds=reminder.duration_s))
    event.add("rrule", {"freq": "weekly", "byday": list(reminder.days)})
    event.add("summary", reminder.title if reminder.routine is None else f"{reminder.title}: {reminder.routine.name}")
    event.add("description", _description(reminder))
    if reminder.routine is not None:
        event.add("url", reminder.routine.url)
    event.add("categories", [reminder.kind])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.title)
    alarm.add("trigger", timedelta())
    event.add_component(alarm)
    return event


def _first(day: Day, reminder: Reminder) -> datetime:
    """The first time that this falls on or after the first day (the day after it, past midnight)."""
    start = day.first_day + timedelta(days=1 if reminder.next_day else 0)
    ahead = min((WEEKDAYS.index(name) - start.weekday()) % 7 for name in reminder.days)
    clock = time(int(reminder.at[:2]), int(reminder.at[3:]))
    return datetime.combine(start + timedelta(days=ahead), clock, ZoneInfo(day.timezone))


def _description(reminder: Reminder) -> str:
    lines = [reminder.text]
    if reminder.routine is not None:
        lines.append(f"{reminder.routine.name}: {reminder.routine.url}")
    lines.append(load_disclaimer().text.split(". ")[0] + ". Stop if anything hurts.")
    return "\n".join(lines)
