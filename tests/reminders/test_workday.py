"""The working day as the query of a link: what is rejected, and that the link holds everything."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from app.reminders.days_off import list_days_off
from app.reminders.schedule import build_schedule
from app.reminders.workday import Workday
from tests.reminders.workdays import ADDRESS, ROUTINES, make_workday


def test_the_calendar_link_holds_every_field_that_was_sent_and_no_other() -> None:
    fields = {"timezone": "America/New_York", "start": "08:00", "lunch": "12:00-12:30", "days": ["MO", "WE"]}
    link = urlsplit(build_schedule(Workday.model_validate(fields), ROUTINES, ADDRESS).calendar_url)
    assert link.path == "/v1/reminders.ics"
    assert {name: values if name == "days" else values[0] for name, values in parse_qs(link.query).items()} == fields


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"timezone": "Mars/Olympus"}, "IANA"),
        ({"timezone": "../etc/passwd"}, "IANA"),
        ({"timezone": "Europe"}, "IANA"),
        ({"start": "9:00"}, "pattern"),
        ({"start": "24:00"}, "pattern"),
        ({"start": "00:00"}, "16 hours"),
        ({"end": "09:00"}, "16 hours"),
        ({"start": "09:00", "end": "08:00"}, "16 hours"),
        ({"days": ["MO", "MO"]}, "only once"),
        ({"days": ["MO,TU,WE,TH,FR"]}, "MO, TU, WE, TH, FR, SA, SU, alone or with hours as MO=08:00-16:30; repeat"),
        ({"days": ["MO=8-16"]}, "MO=08:00-16:30"),
        ({"days": ["MO=16:00-08:30"]}, "16 hours"),
        ({"days": ["MO", "MO=16:00-18:00"]}, "hours of MO overlap with others of MO"),
        ({"days": ["SU=20:00-04:00", "MO=03:00-08:00"]}, "hours of SU overlap with others of MO"),
        ({"off": ["24.12.2026"]}, "2026-12-24/2027-01-01"),
        ({"off": ["2026-13-24"]}, "2026-12-24/2027-01-01"),
        ({"off": ["2026-12-24/"]}, "2026-12-24/2027-01-01"),
        ({"off": ["20261224"]}, "2026-12-24/2027-01-01"),
        ({"off": ["2026-12-24/2026-12-20"]}, "does not come before"),
        ({"off": ["2026-01-01/9999-12-31"]}, "at most 150"),
        ({"timezone": "W. Europe Standard Time"}, "try Europe/Berlin"),
        ({"timezone": "kathmandu"}, "try Asia/Kathmandu"),
        ({"days": []}, "at least 1"),
        ({"kinds": ["coffee"]}, "'posture', 'micro_break'"),
        ({"lunch": "18:00-19:00"}, "within the working hours"),
        ({"lunch": "13:00-12:00"}, "within the working hours"),
        ({"lunch": "12:30"}, "pattern"),
        ({"first_day": "5"}, "YYYY-MM-DD"),
        ({"first_day": "1999-01-01"}, "2020"),
        ({"age": "40"}, "Extra inputs"),
    ],
    ids=str,
)
def test_an_impossible_day_is_rejected(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make_workday(**fields)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("AMERICA/NEW YORK", "America/New_York"),
        ("utc", "UTC"),
        ("etc/gmt+5", "Etc/GMT+5"),
        ("Floating", "floating"),
    ],
)
def test_time_zones_are_known_in_any_case(name: str, zone: str) -> None:
    assert make_workday(timezone=name).timezone == zone


def test_stretches_of_work_may_follow_each_other_without_a_gap() -> None:
    workday = make_workday(days=["MO", "MO=17:00-01:00", "TU=01:00-09:00"])
    assert workday.hours == {"MO": ((540, 1020), (1020, 1500)), "TU": ((60, 540),)}


def test_days_off_are_listed_once_and_in_order() -> None:
    workday = make_workday(off=["2026-12-24/2026-12-26", "2026-05-01", "2026-12-25"])
    assert [str(day) for day in workday.days_off] == ["2026-05-01", "2026-12-24", "2026-12-25", "2026-12-26"]


def test_a_day_off_beyond_all_calendars_is_refused() -> None:
    with pytest.raises(ValueError, match="up to the year 2100"):
        list_days_off(["9999-12-31"])
    assert list_days_off(["2100-12-31"])
