"""Days off: single days, `2026-12-24`, and ranges with both ends, `2026-12-24/2027-01-01` (ISO 8601)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

MAX_DAYS_OFF = 150
"""Most days off in all: each is in the calendar file once for each event of its weekday."""
MAX_YEAR = 2100
"""The last year of a day off. Times after it may not be dates of Python any more."""
DATE_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
DAYS_OFF_PATTERN = f"^{DATE_PATTERN}(/{DATE_PATTERN})?$"
"""A day, or a range of days."""


def list_days_off(items: Iterable[str]) -> tuple[date, ...]:
    """Return the days in order, each once. Raises `ValueError` for an item of another form, and for too many days."""
    days: set[date] = set()
    for item in items:
        days.update(_list_days(item))
        if len(days) > MAX_DAYS_OFF:
            raise ValueError(f"Name at most {MAX_DAYS_OFF} days off in all")
    return tuple(sorted(days))


def _list_days(item: str) -> Iterator[date]:
    """Yield the days of one item. Stops after the first that is too many."""
    try:
        if not re.fullmatch(DAYS_OFF_PATTERN, item):
            raise ValueError
        first, last = date.fromisoformat(item[:10]), date.fromisoformat(item[-10:])
    except ValueError:
        raise ValueError("Give a day as 2026-12-24, or the first and the last day as 2026-12-24/2027-01-01") from None
    if first.year > MAX_YEAR:
        raise ValueError(f"Name days off up to the year {MAX_YEAR}")
    if last < first:
        raise ValueError("The last day off does not come before the first")
    for number in range(min((last - first).days, MAX_DAYS_OFF) + 1):
        yield first + timedelta(days=number)
