"""The reminders of a working day: their times, lengths and texts, and a routine that fits each."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from app.kit.links import PublicAddress
from app.kit.models import FrozenModel
from app.reminders.texts import reminder_texts
from app.reminders.workday import MINUTES_PER_DAY, WEEKDAYS, ReminderKind, Weekday, Workday
from app.rules.notices import Disclaimer, load_disclaimer
from app.schemas.routine import Routine

QUIET_BEFORE_PAUSE_MIN = 10
"""Minutes without a reminder before lunch and before the end of work."""
SESSION_DAY_PART = 2 / 3
"""The part of the working day after which the session comes, once a day: the dip of the afternoon."""


class ReminderRule(NamedTuple):
    """The rhythm of a kind of reminder, and which routine fits it."""

    every_min: int
    first_min: int
    """Minutes after the start of work, and after lunch."""
    duration_s: int
    guideline: str
    """Slug of the guideline that the rhythm follows."""
    max_routine_s: int
    """Length of the longest routine that fits; 0 for none."""
    equipment: frozenset[str]
    """What a routine may need."""


DESK_EQUIPMENT: frozenset[str] = frozenset({"chair", "desk"})
"""What stands at every desk."""
REMINDER_RULES: dict[ReminderKind, ReminderRule] = {
    "session": ReminderRule(60, 60, 600, "movement-breaks", 600, DESK_EQUIPMENT | {"wall"}),
    "active_break": ReminderRule(60, 60, 180, "movement-breaks", 180, DESK_EQUIPMENT),
    "sit_stand": ReminderRule(30, 20, 480, "sit-stand-cadence", 180, frozenset()),
    "micro_break": ReminderRule(30, 30, 60, "micro-breaks", 60, DESK_EQUIPMENT),
    "posture": ReminderRule(30, 30, 30, "movement-reminders", 0, DESK_EQUIPMENT),
    "eyes": ReminderRule(20, 20, 20, "eyes-20-20-20", 0, DESK_EQUIPMENT),
}
"""Rules in the order of precedence: of two reminders at the same time the first kind stays."""


class RoutineOption(NamedTuple):
    """What decides whether a routine fits a break."""

    slug: str
    name: str
    duration_s: int
    equipment: frozenset[str]


class ReminderTime(NamedTuple):
    """When a reminder comes."""

    kind: ReminderKind
    offset_min: int
    """Minutes after the start of work."""


class RoutineLink(FrozenModel):
    """A link to the routine that fits a break."""

    slug: str
    name: str
    duration_s: int
    url: str


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
    uid: str = Field(description="Stable id of the event: the same at every download.")


class ReminderSchedule(FrozenModel):
    """The reminders of a working day."""

    timezone: str
    days: tuple[Weekday, ...]
    start: str
    end: str
    crosses_midnight: bool
    reminders: tuple[Reminder, ...] = Field(description="In the order of the working day.")
    calendar_url: str = Field(description="The same reminders as a calendar, to download or to subscribe to.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the texts; null: nobody yet.")


def list_desk_break_routines(routines: Iterable[Routine]) -> list[RoutineOption]:
    """Return the routines that suit a break at a desk, in the order of their slugs."""
    return sorted(
        RoutineOption(
            routine.slug, routine.name, routine.recipe.duration_s, frozenset(routine.recipe.available_equipment)
        )
        for routine in routines
        if "desk_break" in routine.suits
    )


def build_schedule(workday: Workday, routines: Sequence[RoutineOption], address: PublicAddress) -> ReminderSchedule:
    """Return the reminders of a working day, each with a routine where one fits. Links begin with `address`."""
    counts: Counter[ReminderKind] = Counter()
    reminders = []
    for time in list_reminder_times(workday):
        fitting = match_routines(time.kind, routines)
        # Routines of one length take turns.
        routine = fitting[counts[time.kind] % len(fitting)] if fitting else None
        reminders.append(_build_reminder(workday, time, routine, address))
        counts[time.kind] += 1
    return ReminderSchedule(
        timezone=workday.timezone,
        days=workday.weekdays,
        start=workday.start,
        end=workday.end,
        crosses_midnight=workday.start_min + workday.shift_min > MINUTES_PER_DAY,
        reminders=tuple(reminders),
        calendar_url=address.absolute_link(f"/v1/reminders.ics?{workday.query}"),
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def list_reminder_times(workday: Workday) -> list[ReminderTime]:
    """Return the times of all reminders in order. They never overlap: a kind of higher precedence goes first."""
    times: list[ReminderTime] = []
    busy: list[tuple[int, int]] = []
    for kind, rule in REMINDER_RULES.items():
        if kind not in workday.reminder_kinds:
            continue
        # Standing is work, so only the moment of getting up is busy.
        length_min = 1 if kind == "sit_stand" else -(-rule.duration_s // 60)
        for start in _list_offsets(workday, kind, rule):
            end = start + length_min
            if all(end <= busy_start or start >= busy_end for busy_start, busy_end in busy):
                times.append(ReminderTime(kind, start))
                busy.append((start, end))
    return sorted(times, key=lambda time: time.offset_min)


def _list_offsets(workday: Workday, kind: ReminderKind, rule: ReminderRule) -> list[int]:
    """Return the offsets in minutes at which a kind would come if it were alone."""
    lunch_start, lunch_end = workday.lunch_span_min
    offsets = [*_repeat(rule, 0, lunch_start), *_repeat(rule, lunch_end, workday.shift_min)]
    if kind != "session":
        return offsets
    target = workday.shift_min * SESSION_DAY_PART
    return sorted(offsets, key=lambda offset: abs(offset - target))[:1]


def _repeat(rule: ReminderRule, start: int, end: int) -> Iterator[int]:
    """Yield the offsets between two pauses, in minutes. The rhythm begins again after each pause."""
    for offset in range(start + rule.first_min, end - QUIET_BEFORE_PAUSE_MIN + 1, rule.every_min):
        if offset * 60 + rule.duration_s <= end * 60:
            yield offset


def match_routines(kind: ReminderKind, routines: Sequence[RoutineOption]) -> list[RoutineOption]:
    """Return the longest routines that fit a break of this kind and need no more than its equipment."""
    rule = REMINDER_RULES[kind]
    fitting = [
        routine
        for routine in routines
        if routine.duration_s <= rule.max_routine_s and routine.equipment <= rule.equipment
    ]
    max_duration_s = max((routine.duration_s for routine in fitting), default=0)
    return [routine for routine in fitting if routine.duration_s == max_duration_s]


def _build_reminder(
    workday: Workday, time: ReminderTime, routine: RoutineOption | None, address: PublicAddress
) -> Reminder:
    rule, texts = REMINDER_RULES[time.kind], reminder_texts().reminders[time.kind]
    minute = workday.start_min + time.offset_min
    clock = f"{minute % MINUTES_PER_DAY // 60:02}:{minute % 60:02}"
    days = _shift_weekdays(workday.weekdays, minute // MINUTES_PER_DAY)
    return Reminder(
        kind=time.kind,
        at=clock,
        next_day=minute >= MINUTES_PER_DAY,
        days=days,
        duration_s=rule.duration_s,
        title=texts.title,
        text=texts.text,
        guideline=rule.guideline,
        routine=_build_link(routine, address) if routine else None,
        uid=_make_uid(time.kind, clock, days, workday.timezone),
    )


def _build_link(routine: RoutineOption, address: PublicAddress) -> RoutineLink:
    url = address.absolute_link(f"/v1/routines/{routine.slug}")
    return RoutineLink(slug=routine.slug, name=routine.name, duration_s=routine.duration_s, url=url)


def _make_uid(kind: ReminderKind, clock: str, days: tuple[Weekday, ...], timezone: str) -> str:
    """Return the UID of an event. It depends on nothing else, so that a calendar updates an event it already has."""
    content = "|".join((kind, clock, ",".join(days), timezone))
    return f"{hashlib.sha256(content.encode()).hexdigest()[:32]}@thoracic-mobility"


def _shift_weekdays(days: tuple[Weekday, ...], count: int) -> tuple[Weekday, ...]:
    """Return the weekdays that come `count` days later, in the order of the week."""
    shifted = {WEEKDAYS[(WEEKDAYS.index(day) + count) % 7] for day in days}
    return tuple(day for day in WEEKDAYS if day in shifted)
