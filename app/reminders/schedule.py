"""The reminders of a working day: their times, lengths and texts, and a routine that fits each."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from pydantic import Field

from app.kit.links import PublicAddress
from app.kit.models import FrozenModel
from app.reminders.rhythm import REMINDER_RULES
from app.reminders.rotation import ReminderSlot, RoutineOption, list_slots, match_routines
from app.reminders.texts import reminder_texts
from app.reminders.workday import ReminderKind, Workday
from app.reminders.working_hours import MINUTES_PER_DAY, WEEKDAYS, Weekday, format_clock
from app.rules.notices import Disclaimer, load_disclaimer
from app.schemas.exercise import Figure


class RoutineLink(FrozenModel):
    """A link to the routine that fits a break."""

    slug: str
    name: str
    duration_s: int
    url: str = Field(description="The routine as JSON.")
    page_url: str = Field(description="The routine as a page for people.")


class Reminder(FrozenModel):
    """A reminder at one time of day."""

    kind: ReminderKind
    at: str = Field(description="Local time, HH:MM.")
    next_day: bool = Field(description="True after midnight, where work began on the day before.")
    days: tuple[Weekday, ...] = Field(description="Weekdays of this reminder.")
    duration_s: int
    title: str
    text: str
    guideline: str = Field(description="Slug under `/v1/guidelines`.")
    routine: RoutineLink | None = Field(
        description="A routine that fits the length; null where none is needed or none fits."
    )
    figure: Figure | None = Field(description="The main exercise of the routine; null where there is none.")
    uid: str = Field(description="Stable id of the event: the same at every download.")


class WorkingHours(FrozenModel):
    """A stretch of work on one weekday; lunch is in it."""

    day: Weekday
    start: str = Field(description="Local time, HH:MM.")
    end: str = Field(description="Local time, HH:MM; not after `start`: on the next day.")


class ReminderSchedule(FrozenModel):
    """The reminders of a working day."""

    timezone: str = Field(description="IANA name of the time zone, or `floating`.")
    days: tuple[Weekday, ...]
    start: str
    end: str
    hours: tuple[WorkingHours, ...] = Field(description="Stretches of work in the order of the week.")
    days_off: tuple[date, ...] = Field(description="Days on which no work begins, in order.")
    crosses_midnight: bool
    reminders: tuple[Reminder, ...] = Field(description="In the order of the working day.")
    calendar_url: str = Field(description="The same reminders as a calendar, to download or to subscribe to.")
    webcal_url: str = Field(description="The same link as calendar programs open it, to subscribe to with one click.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the texts; null: nobody yet.")


def build_schedule(workday: Workday, routines: Sequence[RoutineOption], address: PublicAddress) -> ReminderSchedule:
    """Return the reminders of a working day, each with a routine where one fits. Links begin with `address`."""
    hours = workday.hours
    fitting = {kind: match_routines(kind, routines) for kind in workday.reminder_kinds}
    reminders = [
        _build_reminder(slot, fitting[slot.kind], workday, address)
        for slot in list_slots(workday.hours_without_lunch, workday.reminder_kinds)
    ]
    calendar_url = address.absolute_link(f"/v1/reminders.ics?{workday.query}")
    return ReminderSchedule(
        timezone=workday.timezone,
        days=tuple(hours),
        start=workday.start,
        end=workday.end,
        hours=tuple(
            WorkingHours(day=day, start=format_clock(span.start_min), end=format_clock(span.end_min))
            for day, spans in hours.items()
            for span in spans
        ),
        days_off=workday.days_off,
        crosses_midnight=any(span.end_min > MINUTES_PER_DAY for spans in hours.values() for span in spans),
        reminders=tuple(reminders),
        calendar_url=calendar_url,
        webcal_url=re.sub("^https?:", "webcal:", calendar_url),
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def _build_reminder(
    slot: ReminderSlot, routines: Sequence[RoutineOption], workday: Workday, address: PublicAddress
) -> Reminder:
    routine = slot.choose(routines) if routines else None
    rule, texts = REMINDER_RULES[slot.kind], reminder_texts().reminders[slot.kind]
    clock = format_clock(slot.minute)
    days = _shift_weekdays(slot.days, slot.minute // MINUTES_PER_DAY)
    return Reminder(
        kind=slot.kind,
        at=clock,
        next_day=slot.minute >= MINUTES_PER_DAY,
        days=days,
        duration_s=rule.duration_s,
        title=texts.title,
        text=slot.choose_beside(texts.texts, len(routines)) if routines else slot.choose(texts.texts),
        guideline=rule.guideline,
        routine=_link_routine(routine, address) if routine else None,
        figure=_link_figure(routine.figure, address) if routine and routine.figure else None,
        uid=_make_uid(slot.kind, clock, days, workday.timezone),
    )


def _link_routine(routine: RoutineOption, address: PublicAddress) -> RoutineLink:
    return RoutineLink(
        slug=routine.slug,
        name=routine.name,
        duration_s=routine.duration_s,
        url=address.absolute_link(f"/v1/routines/{routine.slug}"),
        page_url=address.absolute_link(f"/v1/routines/{routine.slug}.html"),
    )


def _link_figure(figure: Figure, address: PublicAddress) -> Figure:
    links = {name: address.absolute_link(path) for name, path in figure if str(path).startswith("/")}
    return figure.model_copy(update=links)


def _make_uid(kind: ReminderKind, clock: str, days: tuple[Weekday, ...], timezone: str) -> str:
    """Return the UID of an event. It depends on nothing else, so that a calendar updates an event it already has."""
    content = "|".join((kind, clock, ",".join(days), timezone))
    return f"{hashlib.sha256(content.encode()).hexdigest()[:32]}@thoracic-mobility"


def _shift_weekdays(days: tuple[Weekday, ...], count: int) -> tuple[Weekday, ...]:
    """Return the weekdays that come `count` days later, in the order of the week."""
    shifted = {WEEKDAYS[(WEEKDAYS.index(day) + count) % 7] for day in days}
    return tuple(day for day in WEEKDAYS if day in shifted)
