"""The VTIMEZONE component against the zone data of the machine."""

from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.reminders.vtimezone import build_vtimezone


def observances_of(zone: str) -> list[Any]:
    component = build_vtimezone(zone, date(2026, 1, 1), date(2031, 1, 1))
    return [part for part in component.walk() if part.name in ("STANDARD", "DAYLIGHT")]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_the_offset_changes_at_the_exact_hour(zone: str) -> None:
    _, *changes = observances_of(zone)  # the first one is the offset at the start
    onsets = [
        (onset, part)
        for part in changes
        for onset in [part.decoded("dtstart"), *([item.dt for item in part["rdate"].dts] if "rdate" in part else [])]
    ]
    assert len(onsets) == 10
    for onset, part in onsets:
        moment = (onset - part.decoded("tzoffsetfrom")).replace(tzinfo=UTC)
        minute_before = moment - timedelta(minutes=1)
        assert minute_before.astimezone(ZoneInfo(zone)).utcoffset() == part.decoded("tzoffsetfrom")
        assert moment.astimezone(ZoneInfo(zone)).utcoffset() == part.decoded("tzoffsetto")


def test_a_zone_without_changes_has_one_offset() -> None:
    (observance,) = observances_of("Asia/Kolkata")
    assert observance.decoded("tzoffsetto") == timedelta(hours=5, minutes=30)
