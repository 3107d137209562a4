"""The VTIMEZONE component against the zone data of the machine. `make calendars` reads it with six libraries."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from app.reminders.vtimezone import MAX_LISTED_YEARS, build_vtimezone

FIRST_DAY = date(2026, 1, 5)
YEARLY_ZONES = {
    "Europe/Berlin": ("-1SU", "-1SU"),
    "Europe/Dublin": ("-1SU", "-1SU"),
    "America/New_York": ("2SU", "1SU"),
    "America/St_Johns": ("2SU", "1SU"),
    "Australia/Lord_Howe": ("1SU", "1SU"),
    "Pacific/Auckland": ("1SU", "-1SU"),
    "Pacific/Easter": ("1SA", "1SA"),
    "Asia/Beirut": ("-1SU", "-1SU"),
}
"""Zones with the weekdays of their rules from January on."""
IRREGULAR_ZONES = ("Africa/Cairo", "Africa/Casablanca", "America/Santiago", "Asia/Gaza", "Asia/Jerusalem")
FIXED_ZONES = ("Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "America/Sao_Paulo")


def observances_of(zone: str, first_day: date = FIRST_DAY) -> list[Any]:
    component = build_vtimezone(zone, first_day)
    return [part for part in component.walk() if part.name in ("STANDARD", "DAYLIGHT")]


@pytest.mark.parametrize("zone", [*YEARLY_ZONES, *IRREGULAR_ZONES, *FIXED_ZONES])
@pytest.mark.parametrize("first_day", [FIRST_DAY, date(2021, 7, 1)])
def test_the_offset_is_right_on_every_day_of_two_years(zone: str, first_day: date) -> None:
    """In 2021 clocks also changed in Tehran, and by other rules in Cairo: the file holds those changes, too."""
    text = build_vtimezone(zone, first_day).to_ical().decode()
    by_file = tzical(StringIO(text)).get()
    noon = datetime.combine(first_day, time(12))
    for number in range(0, 730, 4):
        local = noon + timedelta(days=number)
        assert by_file.utcoffset(local) == ZoneInfo(zone).utcoffset(local), local


@pytest.mark.parametrize("zone", YEARLY_ZONES)
def test_a_zone_with_yearly_rules_has_one_weekday_of_one_month_for_each(zone: str) -> None:
    """Outlook takes no other rules, and no list of dates."""
    observances = observances_of(zone)
    assert sorted(part.name for part in observances) == ["DAYLIGHT", "STANDARD"]
    rules = sorted((part["rrule"]["bymonth"], part["rrule"]["byday"]) for part in observances)
    assert tuple(day for _, day in rules) == YEARLY_ZONES[zone]
    for part in observances:
        assert sorted(part["rrule"]) == ["BYDAY", "BYMONTH", "FREQ"]
        assert part.decoded("dtstart").date() < FIRST_DAY
        assert (part.name == "DAYLIGHT") == (part.decoded("tzoffsetto") > part.decoded("tzoffsetfrom"))


@pytest.mark.parametrize("zone", IRREGULAR_ZONES)
def test_a_zone_without_yearly_rules_lists_single_onsets_for_twenty_years(zone: str) -> None:
    observances = observances_of(zone)
    assert not any("rrule" in part or "rdate" in part for part in observances)
    onsets = [part.decoded("dtstart") for part in observances]
    assert onsets == sorted(onsets)
    assert onsets[0].date() < FIRST_DAY
    assert FIRST_DAY.year + MAX_LISTED_YEARS - 1 <= onsets[-1].year < FIRST_DAY.year + MAX_LISTED_YEARS


@pytest.mark.parametrize("zone", [*YEARLY_ZONES, *IRREGULAR_ZONES])
def test_the_offset_changes_at_the_exact_minute(zone: str) -> None:
    for part in observances_of(zone):
        moment = (part.decoded("dtstart") - part.decoded("tzoffsetfrom")).replace(tzinfo=UTC)
        minute_before = moment - timedelta(minutes=1)
        assert minute_before.astimezone(ZoneInfo(zone)).utcoffset() == part.decoded("tzoffsetfrom")
        assert moment.astimezone(ZoneInfo(zone)).utcoffset() == part.decoded("tzoffsetto")


@pytest.mark.parametrize("zone", FIXED_ZONES)
def test_a_zone_without_changes_has_one_standard_offset(zone: str) -> None:
    (observance,) = observances_of(zone)
    assert observance.name == "STANDARD"
    assert observance.decoded("tzoffsetto") == ZoneInfo(zone).utcoffset(datetime.combine(FIRST_DAY, time()))
