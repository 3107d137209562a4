"""A time zone as a VTIMEZONE component (RFC 5545) that every calendar reads: yearly rules where the zone has them.

The calendar library writes lists of dates (RDATE), which Outlook and ical.js ignore. Outlook reads a rule with one
weekday of one month ([MS-OXCICAL] 2.1.3.1.1.19.2.2), and single onsets. So these are the two forms here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from app.reminders.clock_changes import (
    ClockChange,
    YearlyRule,
    describe_offset,
    find_yearly_rule,
    list_clock_changes,
)
from app.reminders.working_hours import WEEKDAYS

MAX_LISTED_YEARS = 20
"""Years after the first day for which a zone without yearly rules has its onsets. Laws change sooner than that."""
SCANNED_YEARS = 30
"""Years in which rules are looked for: the calendar of weekdays repeats after 28."""


def build_vtimezone(name: str, first_day: date) -> Timezone:
    """Return the VTIMEZONE of an IANA zone for events from `first_day` on."""
    component = Timezone()
    component.add("tzid", name)
    for change, rule in list_observances(ZoneInfo(name), first_day):
        component.add_component(_build_observance(change, rule))
    return component


def list_observances(zone: ZoneInfo, first_day: date) -> list[tuple[ClockChange, YearlyRule | None]]:
    """Return the onsets of a zone in order, each with the rule by which it recurs every year, or None.

    Single onsets come before the rules begin. A zone has no rules at all where one of its changes follows none, such
    as the fast of Ramadan (Casablanca), the day after the fourth Thursday (Jerusalem) or midnight at the end of a
    month (Cairo): half of its rules would run on alone after the last onset.
    """
    # The year before holds an onset of every rule, so that the offset of the first day is known.
    start = date(first_day.year - 1, 1, 1)
    changes = list_clock_changes(zone, start, date(start.year + SCANNED_YEARS, 1, 1))
    observances = list(_find_rules(changes))
    if all(change.onset.date() > first_day for change, _ in observances):
        observances.insert(0, (describe_offset(zone, first_day), None))
    last_listed = date(first_day.year + MAX_LISTED_YEARS, 1, 1)
    return [(change, rule) for change, rule in observances if rule or change.onset.date() < last_listed]


def _find_rules(changes: Sequence[ClockChange]) -> Iterator[tuple[ClockChange, YearlyRule | None]]:
    """Yield the changes in order; where a rule begins, its first change with the rule, and no later ones of it."""
    last_year = max((change.onset.year for change in changes), default=0)
    rules = {
        observance: find_yearly_rule([change for change in changes if change.observance == observance])
        for observance in {change.observance for change in changes if change.onset.year == last_year}
    }
    if None in rules.values():
        rules = {}
    for change in changes:
        rule, rule_start = rules.get(change.observance) or (None, date.max)
        if change.onset.date() <= rule_start:
            yield change, rule if change.onset.date() == rule_start else None


def _build_observance(change: ClockChange, rule: YearlyRule | None) -> TimezoneDaylight | TimezoneStandard:
    """Return the component of an onset and of those that follow from it by the rule."""
    component = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    component.add("dtstart", change.onset)
    component.add("tzoffsetfrom", change.old_offset)
    component.add("tzoffsetto", change.new_offset)
    component.add("tzname", change.name)
    if rule is not None:
        day = f"{rule.ordinal}{WEEKDAYS[rule.weekday]}"
        component.add("rrule", {"freq": "yearly", "bymonth": rule.month, "byday": day})
    return component
