"""A day's reminders as a calendar: one weekly event for each time of day, the same bytes at every download."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from app.reminders.schedule import Reminder, ReminderSchedule
from app.reminders.texts import reminder_texts
from app.reminders.vtimezone import build_vtimezone
from app.reminders.workday import WEEKDAYS, Workday

MEDIA_TYPE = "text/calendar"
LAST_YEAR = 2045
"""The zone is written out up to here; later changes of a country's rules need a fresh download anyway."""


def render_calendar(day: Workday, plan: ReminderSchedule) -> bytes:
    """`plan` as iCalendar. Recurs weekly: calendars do not show anything that recurs by the hour."""
    texts = reminder_texts()
    book = Calendar()
    book.add("prodid", "-//Thoracic Mobility API//Reminders 1//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", texts.calendar_name)
    book.add("x-wr-timezone", day.timezone)
    book.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    book.add_component(build_vtimezone(day.timezone, day.first_day - timedelta(days=7), date(LAST_YEAR, 1, 1)))
    for reminder in plan.reminders:
        book.add_component(_build_event(day, reminder))
    return bytes(book.to_ical())


def _build_event(day: Workday, reminder: Reminder) -> Event:
    event = Event()
    event.add("uid", reminder.uid)
    event.add("dtstamp", datetime.combine(day.first_day, time(), UTC))
    event.add("dtstart", _find_first_occurrence(day, reminder))
    event.add("duration", timedelta(seconds=reminder.duration_s))
    event.add("rrule", {"freq": "weekly", "byday": list(reminder.days)})
    event.add("summary", _summarise_event(reminder))
    event.add("description", _describe_event(reminder))
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


def _find_first_occurrence(day: Workday, reminder: Reminder) -> datetime:
    """The first time that this falls on or after the first day (the day after it, past midnight)."""
    start = day.first_day + timedelta(days=1 if reminder.next_day else 0)
    ahead = min((WEEKDAYS.index(name) - start.weekday()) % 7 for name in reminder.days)
    clock = time(int(reminder.at[:2]), int(reminder.at[3:]))
    return datetime.combine(start + timedelta(days=ahead), clock, ZoneInfo(day.timezone))


def _summarise_event(reminder: Reminder) -> str:
    if reminder.routine is None:
        return reminder.title
    return reminder_texts().event_summary.fill(title=reminder.title, routine=reminder.routine.name)


def _describe_event(reminder: Reminder) -> str:
    texts = reminder_texts()
    lines = [reminder.text]
    if reminder.routine is not None:
        lines.append(texts.event_link.fill(routine=reminder.routine.name, url=reminder.routine.url))
    lines.append(texts.event_note)
    return "\n".join(lines)
