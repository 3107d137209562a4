"""A time zone written out for calendars: every change of offset between two days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

SCAN_STEP = timedelta(days=7)
"""No zone changes twice within a week."""


class OffsetChange(NamedTuple):
    """At `onset` (local time as it was until then) the offset goes from `before` to `after`."""

    name: str
    summer: bool
    before: timedelta
    after: timedelta
    onset: datetime


def build_vtimezone(name: str, first: date, last: date) -> Timezone:
    """The VTIMEZONE of the zone `name` from `first` to `last`.

    Written here because the calendar library gives the onset in the new offset, where RFC 5545 wants the old.
    """
    zone = ZoneInfo(name)
    start, stop = (datetime.combine(day, time(), UTC) for day in (first, last))
    component = Timezone()
    component.add("tzid", name)
    component.add_component(_build_observance([_describe_change(zone, start, start)]))
    changes = sorted(_find_changes(zone, start, stop), key=lambda one: one[:4])
    rows = [list(alike) for _, alike in groupby(changes, key=lambda one: one[:4])]
    for row in sorted(rows, key=lambda row: row[0].onset):
        component.add_component(_build_observance(row))
    return component


def _find_changes(zone: ZoneInfo, start: datetime, stop: datetime) -> Iterator[OffsetChange]:
    while start < stop:
        later = start + SCAN_STEP
        if start.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            before, after = start, later
            while after - before > timedelta(minutes=1):
                middle = before + (after - before) // 2
                same = middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset()
                before, after = (middle, after) if same else (before, middle)
            yield _describe_change(zone, start, after.replace(second=0, microsecond=0))
        start = later


def _describe_change(zone: ZoneInfo, earlier: datetime, moment: datetime) -> OffsetChange:
    old, new = earlier.astimezone(zone).utcoffset() or timedelta(), moment.astimezone(zone)
    onset = (moment + old).replace(tzinfo=None)
    return OffsetChange(new.tzname() or "", bool(new.dst()), old, new.utcoffset() or timedelta(), onset)


def _build_observance(row: list[OffsetChange]) -> TimezoneDaylight | TimezoneStandard:
    first = row[0]
    component = TimezoneDaylight() if first.summer else TimezoneStandard()
    component.add("dtstart", first.onset)
    component.add("tzoffsetfrom", first.before)
    component.add("tzoffsetto", first.after)
    component.add("tzname", first.name)
    if len(row) > 1:
        component.add("rdate", [one.onset for one in row[1:]])
    return component
