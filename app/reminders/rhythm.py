"""The rhythm of reminders: the minutes of a working day at which each kind comes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.reminders.workday import ReminderKind
from app.reminders.working_hours import WorkSpan

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
    # Half-way between the micro-breaks, which would else always take its place.
    "posture": ReminderRule(30, 15, 30, "movement-reminders", 0, DESK_EQUIPMENT),
    "eyes": ReminderRule(20, 20, 20, "eyes-20-20-20", 0, DESK_EQUIPMENT),
}
"""Rules in the order of precedence: of two reminders at the same time the first kind stays."""


class ReminderTime(NamedTuple):
    """When a reminder comes."""

    minute: int
    """Minutes after the midnight before work begins."""
    kind: ReminderKind


def list_reminder_times(spans: Sequence[WorkSpan], kinds: Sequence[ReminderKind]) -> list[ReminderTime]:
    """Return the times of a day's reminders in order. They never overlap: a kind of higher precedence goes first.

    `spans` are the stretches of work of one day in order, without lunch.
    """
    times: list[ReminderTime] = []
    busy: list[tuple[int, int]] = []
    for kind, rule in REMINDER_RULES.items():
        if kind not in kinds:
            continue
        # Standing is work, so only the moment of getting up is busy.
        length_min = 1 if kind == "sit_stand" else -(-rule.duration_s // 60)
        for start in _list_minutes(spans, kind, rule):
            end = start + length_min
            if all(end <= busy_start or start >= busy_end for busy_start, busy_end in busy):
                times.append(ReminderTime(start, kind))
                busy.append((start, end))
    return sorted(times)


def _list_minutes(spans: Sequence[WorkSpan], kind: ReminderKind, rule: ReminderRule) -> list[int]:
    """Return the minutes at which a kind would come if it were alone."""
    minutes = [minute for span in spans for minute in _repeat(rule, span)]
    if kind != "session" or not minutes:
        return minutes
    day_start, day_end = spans[0].start_min, spans[-1].end_min
    target = day_start + (day_end - day_start) * SESSION_DAY_PART
    return sorted(minutes, key=lambda minute: abs(minute - target))[:1]


def _repeat(rule: ReminderRule, span: WorkSpan) -> Iterator[int]:
    """Yield the minutes between two pauses. The rhythm begins again after each pause."""
    for minute in range(span.start_min + rule.first_min, span.end_min - QUIET_BEFORE_PAUSE_MIN + 1, rule.every_min):
        if minute * 60 + rule.duration_s <= span.end_min * 60:
            yield minute
