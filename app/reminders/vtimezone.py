"""A time zone as a VTIMEZONE component (RFC 5545): every change of the offset between two days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

SCAN_STEP = timedelta(days=7)
"""No zone changes its offset twice within this time."""
PRECISION = timedelta(minutes=1)
"""Offsets change at whole minutes."""


class OffsetChange(NamedTuple):
    """A change of the offset to UTC, as a clock change makes one."""

    name: str
    """Abbreviation of the zone afterwards, such as CEST."""
    is_daylight: bool
    """True where the change begins daylight saving time."""
    old_offset: timedelta
    new_offset: timedelta
    onset: datetime
    """Local time in the old offset, without a zone."""

    @property
    def observance_key(self) -> tuple[str, bool, timedelta, timedelta]:
        """What changes of one observance have in common: everything but the onset."""
        return self[:4]


def build_vtimezone(name: str, first: date, last: date) -> Timezone:
    """Return the VTIMEZONE of an IANA zone from `first` to `last`.

    The calendar library can do this too, but it gives the onset in the new offset, where RFC 5545 wants the old one.
    """
    zone = ZoneInfo(name)
    start, end = (datetime.combine(day, time(), UTC) for day in (first, last))
    component = Timezone()
    component.add("tzid", name)
    # The offset at the start, as an observance without a change.
    component.add_component(_build_observance([_describe_change(zone, start, start)]))
    changes = sorted(_find_changes(zone, start, end), key=lambda change: change.observance_key)
    observances = [list(group) for _, group in groupby(changes, key=lambda change: change.observance_key)]
    for observance in sorted(observances, key=lambda observance: observance[0].onset):
        component.add_component(_build_observance(observance))
    return component


def _find_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[OffsetChange]:
    """Yield the changes between two moments in order."""
    while start < end:
        next_start = start + SCAN_STEP
        if _offset(zone, start) != _offset(zone, next_start):
            yield _describe_change(zone, start, _bisect_change(zone, start, next_start))
        start = next_start


def _bisect_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the moment of the one change between two moments."""
    while after - before > PRECISION:
        middle = before + (after - before) // 2
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _describe_change(zone: ZoneInfo, before: datetime, moment: datetime) -> OffsetChange:
    """Return the change at `moment`; `before` is any moment with the old offset."""
    old_offset, local = _offset(zone, before), moment.astimezone(zone)
    onset = (moment + old_offset).replace(tzinfo=None)
    return OffsetChange(local.tzname() or "", bool(local.dst()), old_offset, _offset(zone, moment), onset)


def _build_observance(changes: list[OffsetChange]) -> TimezoneDaylight | TimezoneStandard:
    """Return the component of changes that differ in nothing but their onset."""
    first, *others = changes
    component = TimezoneDaylight() if first.is_daylight else TimezoneStandard()
    component.add("dtstart", first.onset)
    component.add("tzoffsetfrom", first.old_offset)
    component.add("tzoffsetto", first.new_offset)
    component.add("tzname", first.name)
    if others:
        component.add("rdate", [change.onset for change in others])
    return component
