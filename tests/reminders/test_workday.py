"""The working day as the query of a link: what is rejected, and that the link holds everything."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

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
        ({"end": "09:00"}, "16 hours"),
        ({"start": "09:00", "end": "08:00"}, "16 hours"),
        ({"days": ["MO", "MO"]}, "only once"),
        ({"days": ["MO,TU"]}, "'MO', 'TU', 'WE', 'TH', 'FR', 'SA' or 'SU'"),
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
