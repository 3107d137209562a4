"""The reminders of a working day: what, when, how long, and a routine that fits."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from app.kit.models import FrozenModel
from app.reminders.workday import DAY_MIN, WEEKDAYS, Day, Kind, Weekday
from app.rules.notices import Disclaimer, load_disclaimer
from app.schemas.routine import Routine

QUIET_BEFORE_PAUSE_MIN = 10
"""No reminder in the last minutes before lunch or the end: the pause is near."""


class Prompt(NamedTuple):
    """A kind of reminder: its rhythm in minutes, its length, what it says, and for a routine its time and kit."""

    every_min: int
    first_min: int
    duration_s: int
    title: str
    text: str
    guideline: str
    routine_s: int
    kit: frozenset[str]


DESK = frozenset({"chair", "desk"})
PROMPTS: dict[Kind, Prompt] = {
    "session": Prompt(
        60,
        60,
        600,
        "Ten minutes for the upper back",
        "The longer break of the day: leave the desk and move in every direction.",
        "movement-breaks",
        600,
        DESK | {"wall"},
    ),
    "active_break": Prompt(
        60,
        60,
        180,
        "Active break",
        "Get up, walk a few steps, then turn and arch the upper back.",
        "movement-breaks",
        180,
        DESK,
    ),
    "sit_stand": Prompt(
        30,
        20,
        480,
        "Stand for a while",
        "Raise the desk and work standing for eight minutes, then sit down again.",
        "sit-stand-cadence",
        180,
        frozenset(),
    ),
    "micro_break": Prompt(
        30,
        30,
        60,
        "Micro-break",
        "Let go of the keys, squeeze the shoulder blades, breathe out slowly.",
        "micro-breaks",
        60,
        DESK,
    ),
    "posture": Prompt(
        30,
        30,
        30,
        "Change position",
        "Sit differently from before: no posture is right for long.",
        "movement-reminders",
        0,
        DESK,
    ),
    "eyes": Prompt(20, 20, 20, "Rest the eyes", "Look at something far away and blink.", "eyes-20-20-20", 0, DESK),
}
"""In the order in which one gives way to another at the same minute. Rhythms as the guidelines of the same names."""


class Offer(NamedTuple):
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

    kind: Kind
    at: str = Field(description="Local time, HH:MM.")
    next_day: bool = Field(description="True after midnight, where work began the day before.")
    days: tuple[Weekday, ...] = Field(description="Days of the week on which this falls.")
    duration_s: int
    title: str
    text: str
    guideline: str = Field(description="Slug under `/v1/guidelines`.")
    routine: RoutineLink | None = Field(description="Fits the length; null where nothing needs doing, or nothing fits.")
    uid: str = Field(description="The same at every download.")


class Schedule(FrozenModel):
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


def offers(routines: Sequence[Routine]) -> list[Offer]:
    """The routines that suit a break at a desk, in the order of their slugs."""
    found = [
        Offer(one.slug, one.name, int(one.recipe["duration_s"]), frozenset(one.recipe.get("available_equipment", ())))
        for one in routines
        if "desk_break" in one.suits
    ]
    return sorted(found)


def schedule(day: Day, choice: Sequence[Offer], base_url: str) -> Schedule:
    """The reminders of `day`, each with one of `choice` where one fits; links begin with `base_url`."""
    counts: dict[Kind, int] = {}
    reminders = []
    for kind, after in times(day):
        reminders.append(_reminder(day, kind, after, fitting(kind, choice), counts.get(kind, 0), base_url))
        counts[kind] = counts.get(kind, 0) + 1
    return Schedule(
        timezone=day.timezone,
        days=day.weekdays,
        start=day.start,
        end=day.end,
        crosses_midnight=day.start_min + day.shift_min > DAY_MIN,
        reminders=tuple(reminders),
        calendar_url=f"{base_url}/v1/reminders.ics?{day.query}",
        disclaimer=load_disclaimer(),
        reviewed_by=None,
    )


def times(day: Day) -> list[tuple[Kind, int]]:
    """Every reminder as (kind, minutes after `start`), in order; at one minute only the strongest stays."""
    taken: dict[int, Kind] = {}
    busy: list[tuple[int, int]] = []
    for kind, prompt in PROMPTS.items():
        if kind not in day.wanted:
            continue
        length = 1 if kind == "sit_stand" else -(-prompt.duration_s // 60)  # standing is work: only the change is busy
        for after in _marks(day, kind, prompt):
            if all(after + length <= begins or after >= ends for begins, ends in busy):
                taken[after] = kind
                busy.append((after, after + length))
    return [(kind, after) for after, kind in sorted(taken.items())]


def _marks(day: Day, kind: Kind, prompt: Prompt) -> list[int]:
    begins, ends = day.pause
    marks = [mark for span in ((0, begins), (ends, day.shift_min)) for mark in _rhythm(prompt, *span)]
    if kind != "session":
        return marks
    two_thirds = day.shift_min * 2 / 3  # the afternoon dip; once a day
    return sorted(marks, key=lambda mark: abs(mark - two_thirds))[:1]


def _rhythm(prompt: Prompt, begins: int, ends: int) -> Iterator[int]:
    """The rhythm starts anew after lunch."""
    for mark in range(begins + prompt.first_min, ends - QUIET_BEFORE_PAUSE_MIN + 1, prompt.every_min):
        if mark * 60 + prompt.duration_s <= ends * 60:
            yield mark


def fitting(kind: Kind, choice: Sequence[Offer]) -> list[Offer]:
    """The longest routines that fit a break of this kind with what is at hand there; several of one length."""
    prompt = PROMPTS[kind]
    fit = [one for one in choice if one.duration_s <= prompt.routine_s and one.kit <= prompt.kit]
    longest = max((one.duration_s for one in fit), default=0)
    return [one for one in fit if one.duration_s == longest]


def _reminder(day: Day, kind: Kind, after: int, fit: list[Offer], nth: int, base_url: str) -> Reminder:
    prompt, at = PROMPTS[kind], day.start_min + after
    clock = f"{at % DAY_MIN // 60:02}:{at % 60:02}"
    days = _moved(day.weekdays, at // DAY_MIN)
    one = fit[nth % len(fit)] if fit else None
    said = "|".join((kind, clock, ",".join(days), day.timezone))
    return Reminder(
        kind=kind,
        at=clock,
        next_day=at >= DAY_MIN,
        days=days,
        duration_s=prompt.duration_s,
        title=prompt.title,
        text=prompt.text,
        guideline=prompt.guideline,
        routine=one
        and RoutineLink(
            slug=one.slug, name=one.name, duration_s=one.duration_s, url=f"{base_url}/v1/routines/{one.slug}"
        ),
        uid=f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@thoracic-mobility",
    )


def _moved(days: tuple[Weekday, ...], by: int) -> tuple[Weekday, ...]:
    """The same days, each `by` days later."""
    moved = {WEEKDAYS[(WEEKDAYS.index(day) + by) % 7] for day in days}
    return tuple(day for day in WEEKDAYS if day in moved)
