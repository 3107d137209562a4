"""A session as one appointment in a calendar (RFC 5545), with an alarm and a link to its page."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Event

from app.exports.texts import ExportTexts
from app.kit.links import PublicAddress
from app.pages.session_pages import first_figure
from app.reminders.icalendar_parts import add_picture, build_alarm, start_calendar
from app.reminders.time_zones import FLOATING
from app.reminders.vtimezone import build_vtimezone
from app.schemas.session import Session
from app.sessions.printout import describe_dose_and_note
from app.texts.loader import load_texts


class Appointment(NamedTuple):
    """A session at a time."""

    name: str
    session: Session
    page_path: str
    updated_at: datetime
    """When what the appointment says last changed."""
    start: datetime
    """Local time."""
    timezone: str
    """IANA name, or `floating`."""

    @property
    def uid(self) -> str:
        """The id of the event: the same at every download, so that a calendar has no event twice."""
        content = "|".join((self.page_path, self.start.isoformat(), self.timezone))
        return f"{hashlib.sha256(content.encode()).hexdigest()[:32]}@thoracic-mobility"


def write_appointment(appointment: Appointment, address: PublicAddress) -> bytes:
    """Return the calendar file of an appointment. Its links begin with `address`."""
    calendar = start_calendar("Sessions")
    if appointment.timezone != FLOATING:
        calendar.add_component(build_vtimezone(appointment.timezone, appointment.start.date()))
    calendar.add_component(_build_event(appointment, address))
    return bytes(calendar.to_ical())


def _build_event(appointment: Appointment, address: PublicAddress) -> Event:
    session, page_url = appointment.session, address.absolute_link(appointment.page_path)
    zone = None if appointment.timezone == FLOATING else ZoneInfo(appointment.timezone)
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", appointment.updated_at)
    event.add("last-modified", appointment.updated_at)
    event.add("dtstart", appointment.start.replace(tzinfo=zone))
    event.add("duration", timedelta(seconds=session.duration_s))
    event.add("summary", appointment.name)
    event.add("description", _describe(appointment, page_url))
    event.add("url", page_url)
    figure = first_figure(session)
    if figure is not None:
        add_picture(event, address.absolute_link(figure.png))
    event.add_component(build_alarm(appointment.name))
    return event


def _describe(appointment: Appointment, page_url: str) -> str:
    texts = load_texts(ExportTexts)
    items = [
        texts.appointment_item.fill(exercise=item.exercise.name, dose=describe_dose_and_note(item))
        for phase in appointment.session.phases
        for item in phase.items
    ]
    link = texts.appointment_link.fill(name=appointment.name, url=page_url)
    return "\n".join([*items, link, texts.appointment_note])
