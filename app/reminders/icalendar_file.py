"""Reminders as an iCalendar file (RFC 5545): a weekly event for each time of day, the same bytes at every download."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event, vDuration

from app.reminders.icalendar_parts import add_picture, build_alarm, start_calendar
from app.reminders.revision import ContentRevision, find_event_revision
from app.reminders.schedule import Reminder, ReminderSchedule
from app.reminders.texts import reminder_texts
from app.reminders.time_zones import FLOATING
from app.reminders.vtimezone import build_vtimezone
from app.reminders.workday import Workday
from app.reminders.working_hours import WEEKDAYS

UPDATE_INTERVAL = timedelta(days=1)
"""How often a calendar that is subscribed to is read again."""


def render_calendar(workday: Workday, schedule: ReminderSchedule, routines: ContentRevision) -> bytes:
    """Return a schedule as iCalendar. Events recur weekly, because calendars do not show what recurs by the hour.

    `routines` is the state of the catalogue's routines.
    """
    texts = reminder_texts()
    calendar = start_calendar("Reminders")
    calendar.add("method", "PUBLISH")
    # Each property twice: as RFC 7986 spells it, and as older programs (Outlook, Apple) do.
    calendar.add("name", texts.calendar_name)
    calendar.add("x-wr-calname", texts.calendar_name)
    calendar.add("refresh-interval", UPDATE_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(UPDATE_INTERVAL))
    if workday.timezone != FLOATING:
        calendar.add("x-wr-timezone", workday.timezone)
        calendar.add_component(build_vtimezone(workday.timezone, workday.first_day))
    for reminder in schedule.reminders:
        revision = find_event_revision(reminder.kind, routines)
        calendar.add_component(_build_event(workday, reminder, revision))
    return bytes(calendar.to_ical())


def _build_event(workday: Workday, reminder: Reminder, revision: ContentRevision) -> Event:
    event = Event()
    event.add("uid", reminder.uid)
    event.add("dtstamp", revision.changed_at)
    event.add("last-modified", revision.changed_at)
    event.add("sequence", revision.number)
    start, *days_off = _list_starts(workday, reminder)
    event.add("dtstart", start)
    event.add("duration", timedelta(seconds=reminder.duration_s))
    event.add("rrule", {"freq": "weekly", "byday": list(reminder.days)})
    if days_off:
        event.add("exdate", days_off)
    event.add("summary", _summarise_event(reminder))
    event.add("description", _describe_event(reminder))
    if reminder.routine is not None:
        event.add("url", reminder.routine.page_url)
    if reminder.figure is not None:
        add_picture(event, reminder.figure.png)
    event.add("categories", [reminder.kind])
    event.add("transp", "TRANSPARENT")  # a break does not make the person busy
    event.add_component(build_alarm(reminder.title))
    return event


def _list_starts(workday: Workday, reminder: Reminder) -> list[datetime]:
    """Return the first occurrence of a reminder, and after it those that fall on days off."""
    zone = None if workday.timezone == FLOATING else ZoneInfo(workday.timezone)
    clock = time.fromisoformat(reminder.at)
    # What comes after midnight belongs to the day before.
    shift = timedelta(days=1 if reminder.next_day else 0)
    weekdays = {WEEKDAYS.index(name) for name in reminder.days}
    left_out = {day + shift for day in workday.days_off}
    day = workday.first_day + shift
    while day.weekday() not in weekdays or day in left_out:
        day += timedelta(days=1)
    later = sorted(other for other in left_out if other > day and other.weekday() in weekdays)
    return [datetime.combine(each, clock, zone) for each in (day, *later)]


def _summarise_event(reminder: Reminder) -> str:
    if reminder.routine is None:
        return reminder.title
    return reminder_texts().event_summary.fill(title=reminder.title, routine=reminder.routine.name)


def _describe_event(reminder: Reminder) -> str:
    texts = reminder_texts()
    lines = [reminder.text]
    if reminder.routine is not None:
        lines.append(texts.event_link.fill(routine=reminder.routine.name, url=reminder.routine.page_url))
    lines.append(texts.event_note)
    return "\n".join(lines)
