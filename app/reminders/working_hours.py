"""Working hours by weekday: `MO`, or with hours of its own `MO=08:00-16:30`, and lunch."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

Weekday = TypeAliasType(
    "Weekday",
    Annotated[
        Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        Field(description="A day of the week, as iCalendar abbreviates it."),
    ],
)
WEEKDAYS: tuple[Weekday, ...] = list_words(Weekday)
"""The days of the week in their order, as iCalendar abbreviates them."""
MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
MAX_SPAN_MIN = 16 * 60
"""Length of the longest stretch of work that is accepted."""
CLOCK_PATTERN = "([01][0-9]|2[0-3]):[0-5][0-9]"
"""A time of day, HH:MM."""
DAY_HOURS_PATTERN = f"^({'|'.join(WEEKDAYS)})(={CLOCK_PATTERN}-{CLOCK_PATTERN})?$"
"""A weekday, alone or with its hours."""


class WorkSpan(NamedTuple):
    """A stretch of work in minutes after midnight; after 24:00 it goes on into the next day."""

    start_min: int
    end_min: int


def parse_clock_min(clock: str) -> int:
    """Return the minutes after midnight of a time `HH:MM`."""
    return int(clock[:2]) * 60 + int(clock[3:])


def format_clock(minute: int) -> str:
    """Return a time `HH:MM` of minutes after midnight, also of those after 24:00."""
    return f"{minute % MINUTES_PER_DAY // 60:02}:{minute % 60:02}"


def make_span(start: str, end: str) -> WorkSpan:
    """Return the stretch between two times; an end before the start is on the next day.

    Raises `ValueError` where it is empty or too long.
    """
    start_min = parse_clock_min(start)
    length = (parse_clock_min(end) - start_min) % MINUTES_PER_DAY
    if not 0 < length <= MAX_SPAN_MIN:
        raise ValueError("A working day ends after it began, and has at most 16 hours")
    return WorkSpan(start_min, start_min + length)


def parse_hours(items: Iterable[str], default: WorkSpan) -> dict[Weekday, tuple[WorkSpan, ...]]:
    """Return the stretches of work by weekday, both in order. A weekday without hours has the default.

    Raises `ValueError` for an item of another form and for stretches that overlap.
    """
    spans: dict[Weekday, list[WorkSpan]] = {}
    for item in items:
        if not re.fullmatch(DAY_HOURS_PATTERN, item):
            weekdays = ", ".join(WEEKDAYS)
            raise ValueError(f"Give one of {weekdays}, alone or with hours as MO=08:00-16:30; repeat the name for more")
        day = next(day for day in WEEKDAYS if item.startswith(day))
        spans.setdefault(day, []).append(make_span(item[3:8], item[9:]) if len(item) > 2 else default)
    hours = {day: tuple(sorted(spans[day])) for day in WEEKDAYS if day in spans}
    _check_overlap(hours)
    return hours


def _check_overlap(hours: dict[Weekday, tuple[WorkSpan, ...]]) -> None:
    """Raise `ValueError` for stretches that overlap, also from one day to the next and from Sunday to Monday."""
    in_week = [
        (WEEKDAYS.index(day) * MINUTES_PER_DAY + start, WEEKDAYS.index(day) * MINUTES_PER_DAY + end, day)
        for day, spans in hours.items()
        for start, end in spans
    ]
    first_start, first_end, first_day = in_week[0]
    in_week.append((first_start + MINUTES_PER_WEEK, first_end + MINUTES_PER_WEEK, first_day))
    for (_, end, day), (next_start, _, next_day) in pairwise(in_week):
        if next_start < end:
            raise ValueError(f"The hours of {day} overlap with others of {next_day}")


def place_lunch(span: WorkSpan, lunch: str) -> WorkSpan:
    """Return lunch, `12:30-13:00`, in minutes after the same midnight as the span, which lunch follows."""
    work_start = span.start_min
    lunch_start, lunch_end = ((parse_clock_min(clock) - work_start) % MINUTES_PER_DAY for clock in lunch.split("-"))
    return WorkSpan(work_start + lunch_start, work_start + lunch_end)


def leave_out_lunch(spans: Sequence[WorkSpan], lunch: str | None) -> list[WorkSpan]:
    """Return the stretches of work without lunch: it may begin in one, before one, or be the pause between two."""
    if lunch is None:
        return list(spans)
    parts = []
    for span in spans:
        start_min = span.start_min
        for pause in _list_pauses(span, lunch):
            parts.append(WorkSpan(start_min, pause.start_min))
            start_min = pause.end_min
        parts.append(WorkSpan(start_min, span.end_min))
    return [part for part in parts if part.start_min < part.end_min]


def _list_pauses(span: WorkSpan, lunch: str) -> list[WorkSpan]:
    """Return the lunch of each day that a stretch of work may touch, in order, in minutes after its midnight."""
    lunch_start, lunch_end = map(parse_clock_min, lunch.split("-"))
    length = (lunch_end - lunch_start) % MINUTES_PER_DAY
    starts = [lunch_start + day * MINUTES_PER_DAY for day in (-1, 0, 1)]
    pauses = [WorkSpan(start, start + length) for start in starts]
    return [pause for pause in pauses if pause.start_min < span.end_min and pause.end_min > span.start_min]
