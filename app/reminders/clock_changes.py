"""The clock changes of a time zone, and the yearly rules that they follow, from the zone data of the machine."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

SCAN_STEP = timedelta(days=7)
"""No zone changes its offset twice within this time."""
PRECISION = timedelta(minutes=1)
"""Offsets change at whole minutes."""
LONG_AGO = datetime.combine(date(1970, 1, 1), time())
"""The onset of an offset that holds already, in local time."""
MIN_RULE_YEARS = 10
"""Years that a rule must hold up to the end of the scan; in fewer, the fourth and the last Sunday can be the same."""


class ClockChange(NamedTuple):
    """A change of the offset to UTC."""

    name: str
    """Abbreviation of the zone afterwards, such as CEST."""
    is_daylight: bool
    """True where the change begins daylight saving time."""
    old_offset: timedelta
    new_offset: timedelta
    onset: datetime
    """Local time in the old offset, without a zone."""

    @property
    def observance(self) -> tuple[str, bool, timedelta, timedelta]:
        """What the changes of one yearly rule have in common: everything but the onset."""
        return self[:4]


class YearlyRule(NamedTuple):
    """A day of the year such as the last Sunday of March, with a local time."""

    month: int
    ordinal: int
    """1 to 5 from the start of the month, or -1 for the last."""
    weekday: int
    """0 is Monday."""
    clock: time


def list_clock_changes(zone: ZoneInfo, first: date, last: date) -> list[ClockChange]:
    """Return the changes from one day to another in order."""
    start, end = (datetime.combine(day, time(), UTC) for day in (first, last))
    return [_describe_change(zone, moment) for moment in _find_changes(zone, start, end)]


def describe_offset(zone: ZoneInfo, day: date) -> ClockChange:
    """Return the offset at the start of a day, as a change from itself; its onset is long ago."""
    local = datetime.combine(day, time(), zone)
    offset = local.utcoffset() or timedelta()
    return ClockChange(local.tzname() or "", (local.dst() or timedelta()) > timedelta(), offset, offset, LONG_AGO)


def find_yearly_rule(changes: Sequence[ClockChange]) -> tuple[YearlyRule, date] | None:
    """Return the yearly rule that the last of these changes follow, and the day on which they begin to; or None.

    The changes belong to one observance and are in order.
    """
    rules: set[YearlyRule] = set()
    start: datetime | None = None
    years = 0
    for change in reversed(changes):
        fitting = _list_fitting_rules(change.onset)
        if start is None:
            rules = fitting
        elif start.year - change.onset.year != 1 or not rules & fitting:
            break
        rules, start, years = rules & fitting, change.onset, years + 1
    if start is None or years < MIN_RULE_YEARS:
        return None
    return min(rules), start.date()


def _list_fitting_rules(onset: datetime) -> set[YearlyRule]:
    ordinals = [(onset.day - 1) // 7 + 1]
    if (onset + timedelta(days=7)).month != onset.month:
        ordinals.append(-1)
    return {YearlyRule(onset.month, ordinal, onset.weekday(), onset.time()) for ordinal in ordinals}


def _find_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments between two others at which the offset changes."""
    while start < end:
        next_start = start + SCAN_STEP
        if _offset(zone, start) != _offset(zone, next_start):
            yield _bisect_change(zone, start, next_start)
        start = next_start


def _bisect_change(zone: ZoneInfo, moment_before: datetime, moment_after: datetime) -> datetime:
    """Return the moment of the one change between two moments."""
    while moment_after - moment_before > PRECISION:
        middle = moment_before + (moment_after - moment_before) // 2
        if _offset(zone, middle) == _offset(zone, moment_before):
            moment_before = middle
        else:
            moment_after = middle
    return moment_after.replace(second=0, microsecond=0)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _describe_change(zone: ZoneInfo, moment: datetime) -> ClockChange:
    moment_before, moment_after = (moment - PRECISION).astimezone(zone), moment.astimezone(zone)
    old_offset, new_offset = _offset(zone, moment_before), _offset(zone, moment_after)
    # Where the law calls the summer standard (Dublin), calendars still expect the later clock to be daylight saving.
    is_daylight = new_offset > old_offset and bool(moment_before.dst() or moment_after.dst())
    onset = (moment + old_offset).replace(tzinfo=None)
    return ClockChange(moment_after.tzname() or "", is_daylight, old_offset, new_offset, onset)
