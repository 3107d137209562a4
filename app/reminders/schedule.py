"""The reminders of a working day: what, when, how long, and a routine that fits."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from app.kit.models import FrozenModel
from app.reminders.texts import reminder_texts
from app.reminders.workday import MINUTES_PER_DAY, WEEKDAYS, ReminderKind, Weekday, Workday
from app.rules.notices import Disclaimer, load_disclaimer
from app.schemas.routine import Routine

QUIET_BEFORE_PAUSE_MIN = 10
"""No reminder in the last minutes before lunch or the end: the pause is near."""


class ReminderRule(NamedTuple):
    """The rhythm of a kind of reminder, and what routine fits it."""

    every_min: int
    first_min: int
    """Minutes after the start of work, or after lunch."""
    duration_s: int
    guideline: str
    max_routine_s: int
    """0 where nothing needs doing."""
    equipment: frozenset[str]


DESK_EQUIPMENT = frozenset({"chair", "desk"})
REMINDER_RULES: dict[ReminderKind, ReminderRule] = {
    "session": ReminderRule(60, 60, 600, "movement-breaks", 600, DESK_EQUIPMENT | {"wall"}),
    "active_break": ReminderRule(60, 60, 180, "movement-breaks", 180, DESK_EQUIPMENT),
    "sit_stand": ReminderRule(30, 20, 480, "sit-stand-cadence", 180, frozenset()),
    "micro_break": ReminderRule(30, 30, 60, "micro-breaks", 60, DESK_EQUIPMENT),
    "posture": ReminderRule(30, 30, 30, "movement-reminders", 0, DESK_EQUIPMENT),
    "eyes": ReminderRule(20, 20, 20, "eyes-20-20-20", 0, DESK_EQUIPMENT),
}
"""In the order in which one gives way to another at the same minute. Rhythms as the guidelines of the same names."""


class RoutineOption(NamedTuple):
    """What of a routine decides whether it fits a break."""

    slug: str
    name: str
    duration_s: int
    kit: frozenset[str]


class RoutineLink(FrozenModel):
    """The routine that fits a break."""

    slug: str
    name: str
    duration_s: int
    url: str


class Reminder(FrozenModel):
    """One time of day."""

    kind: ReminderKind
    at: str = Field(description="Local time, HH:MM.")
    next_day: bool = Field(description="True after midnight, where work began the day before.")
    days: tuple[Weekday, ...] = Field(description="Days of the week on which this falls.")
    duration_s: int
    title: str
    text: str
    guideline: str = Field(description="Slug under `/v1/guidelines`.")
    routine: RoutineLink | None = Field(description="Fits the length; null where nothing needs doing, or nothing fits.")
    uid: str = Field(description="The same at every download.")


class ReminderSchedule(FrozenModel):
    """A working day's reminders."""

    timezone: str
    days: tuple[Weekday, ...]
    start: str
    end: str
    crosses_midnight: bool
    reminders: tuple[Reminder, ...] = Field(description="In the order of the working day.")
    calendar_url: str = Field(description="The same as a calendar, to download or to subscribe to.")
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read the texts; null: nobody yet.")


def list_desk_break_routines(routines: Sequence[Routine]) -> list[RoutineOption]:
    """The routines that suit a break at a desk, in the order of their slugs."""
    found = [
        RoutineOption(one.slug, one.name, one.recipe.duration_s, frozenset(one.recipe.available_equipment))
        for one in routines
        if "desk_break" in one.suits
    ]
    return sorted(found)


def build_schedule(day: Workday, choice: Sequence[RoutineOption], base_url: str) -> ReminderSchedule:
    """The reminders of `day`, each with one of `choice` where one fits; links begin with `base_url`."""
    counts: dict[ReminderKind, int] = {}
    reminders = []
    for kind, after in list_reminder_times(day):
        reminders.append(_build_reminder(day, kind, after, match_routines(kind, choice), counts.get(kind, 0), base_url))
        counts[kind] = counts.get(kind, 0) + 1
    return ReminderSchedule(
        timezone=day.timezone,
        days=day.weekdays,
        start=day.start,
        end=day.end,
        crosses_midnight=day.start_min + day.shift_min > MINUTES_PER_DAY,
        reminders=tuple(reminders),
        calendar_url=f"{base_url}/v1/reminders.ics?{day.query}",
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def list_reminder_times(day: Workday) -> list[tuple[ReminderKind, int]]:
    """Every reminder as (kind, minutes after `start`), in order; at one minute only the strongest stays."""
    taken: dict[int, ReminderKind] = {}
    busy: list[tuple[int, int]] = []
    for kind, prompt in REMINDER_RULES.items():
        if kind not in day.reminder_kinds:
            continue
        length = 1 if kind == "sit_stand" else -(-prompt.duration_s // 60)  # standing is work: only the change is busy
        for after in _list_marks(day, kind, prompt):
            if all(after + length <= begins or after >= ends for begins, ends in busy):
                taken[after] = kind
                busy.append((after, after + length))
    return [(kind, after) for after, kind in sorted(taken.items())]


def _list_marks(day: Workday, kind: ReminderKind, prompt: ReminderRule) -> list[int]:
    begins, ends = day.lunch_span_min
    marks = [mark for span in ((0, begins), (ends, day.shift_min)) for mark in _repeat_marks(prompt, *span)]
    if kind != "session":
        return marks
    two_thirds = day.shift_min * 2 / 3  # the afternoon dip; once a day
    return sorted(marks, key=lambda mark: abs(mark - two_thirds))[:1]


def _repeat_marks(prompt: ReminderRule, begins: int, ends: int) -> Iterator[int]:
    """The rhythm starts anew after lunch."""
    for mark in range(begins + prompt.first_min, ends - QUIET_BEFORE_PAUSE_MIN + 1, prompt.every_min):
        if mark * 60 + prompt.duration_s <= ends * 60:
            yield mark


def match_routines(kind: ReminderKind, choice: Sequence[RoutineOption]) -> list[RoutineOption]:
    """The longest routines that fit a break of this kind with what is at hand there; several of one length."""
    prompt = REMINDER_RULES[kind]
    fit = [one for one in choice if one.duration_s <= prompt.max_routine_s and one.kit <= prompt.equipment]
    longest = max((one.duration_s for one in fit), default=0)
    return [one for one in fit if one.duration_s == longest]


def _build_reminder(
    day: Workday, kind: ReminderKind, after: int, fit: list[RoutineOption], nth: int, base_url: str
) -> Reminder:
    texts = reminder_texts().reminders[kind]
    prompt, at = REMINDER_RULES[kind], day.start_min + after
    clock = f"{at % MINUTES_PER_DAY // 60:02}:{at % 60:02}"
    days = _shift_days(day.weekdays, at // MINUTES_PER_DAY)
    one = fit[nth % len(fit)] if fit else None
    said = "|".join((kind, clock, ",".join(days), day.timezone))
    return Reminder(
        kind=kind,
        at=clock,
        next_day=at >= MINUTES_PER_DAY,
        days=days,
        duration_s=prompt.duration_s,
        title=texts.title,
        text=texts.text,
        guideline=prompt.guideline,
        routine=one
        and RoutineLink(
            slug=one.slug, name=one.name, duration_s=one.duration_s, url=f"{base_url}/v1/routines/{one.slug}"
        ),
        uid=f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@thoracic-mobility",
    )


def _shift_days(days: tuple[Weekday, ...], by: int) -> tuple[Weekday, ...]:
    """The same days, each `by` days later."""
    moved = {WEEKDAYS[(WEEKDAYS.index(day) + by) % 7] for day in days}
    return tuple(day for day in WEEKDAYS if day in moved)
