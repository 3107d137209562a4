"""A working day's breaks: rhythm, lunch, night shifts, routines that fit, and links that are the whole state."""

import re
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.reminders.schedule import REMINDER_RULES, build_schedule, list_reminder_times
from app.reminders.texts import reminder_texts
from app.reminders.workday import Workday, parse_clock_min
from tests.reminders.workdays import EVERY_KIND, OFFERS, day, plan

SPOKEN_WORDS_PER_S = 3.0


def at(**said: Any) -> list[str]:
    return [f"{one.at} {one.kind}" for one in plan(**said).reminders]


def test_a_plain_day_has_a_break_each_half_hour_and_a_longer_one_each_hour() -> None:
    assert at(start="09:00", end="12:00") == [
        "09:30 micro_break",
        "10:00 active_break",
        "10:30 micro_break",
        "11:00 active_break",
        "11:30 micro_break",
    ]


def test_lunch_is_left_alone_and_the_rhythm_starts_anew_after_it() -> None:
    found = at(start="10:00", end="15:00", lunch="12:15-13:15")
    assert found == [
        "10:30 micro_break",
        "11:00 active_break",
        "11:30 micro_break",
        "12:00 active_break",
        "13:45 micro_break",
        "14:15 active_break",
        "14:45 micro_break",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("eyes", ["09:20", "09:40", "10:00", "10:20", "10:40"]),
        ("posture", ["09:30", "10:00", "10:30"]),
        ("sit_stand", ["09:20", "09:50", "10:20", "10:50"]),
        ("session", ["10:00"]),
    ],
)
def test_each_kind_has_its_rhythm(kind: str, expected: list[str]) -> None:
    assert [one.at for one in plan(start="09:00", end="11:00", kinds=kind).reminders] == expected


def test_the_session_comes_once_two_thirds_through_the_day() -> None:
    found = [one for one in plan(kinds="active_break,session", lunch="12:30-13:00").reminders if one.kind == "session"]
    assert [one.at for one in found] == ["14:00"]


def test_a_night_shift_crosses_midnight() -> None:
    found = plan(start="22:00", end="02:00", days="FR,SU", lunch="23:45-00:15")
    assert found.crosses_midnight
    assert [(one.at, one.next_day, one.days) for one in found.reminders] == [
        ("22:30", False, ("FR", "SU")),
        ("23:00", False, ("FR", "SU")),
        ("23:30", False, ("FR", "SU")),
        ("00:45", True, ("MO", "SA")),
        ("01:15", True, ("MO", "SA")),
        ("01:45", True, ("MO", "SA")),
    ]


def test_work_that_ends_at_midnight_does_not_cross_it() -> None:
    found = plan(start="20:00", end="00:00")
    assert not found.crosses_midnight
    assert not any(one.next_day for one in found.reminders)


starts = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(starts, st.integers(30, 16 * 60), st.sets(st.sampled_from(EVERY_KIND.split(",")), min_size=1))
def test_breaks_never_overlap_and_lie_within_the_working_day(start: str, length: int, kinds: set[str]) -> None:
    end = (parse_clock_min(start) + length) % (24 * 60)
    asked = day(start=start, end=f"{end // 60:02}:{end % 60:02}", kinds=",".join(sorted(kinds)))
    found = list_reminder_times(asked)
    assert [after for _, after in found] == sorted({after for _, after in found})
    for kind, after in found:
        assert kind in kinds
        assert 0 < after <= length - 10
        assert after * 60 + REMINDER_RULES[kind].duration_s <= length * 60
    busy = [one for one in found if one[0] != "sit_stand"]
    for (kind, after), (_, later) in pairwise(busy):
        assert after * 60 + REMINDER_RULES[kind].duration_s <= later * 60


@pytest.mark.parametrize("kind", ["micro_break", "active_break", "sit_stand", "session"])
def test_each_break_names_a_routine_that_fits_its_length(kind: str) -> None:
    found = [one for one in plan(kinds=kind).reminders if one.kind == kind]
    assert found
    for one in found:
        assert one.routine is not None
        assert one.routine.duration_s <= one.duration_s
        assert one.routine.url == f"https://example.org/v1/routines/{one.routine.slug}"


def test_standing_breaks_need_no_chair_and_routines_of_one_length_take_turns() -> None:
    standing = {one.routine.slug for one in plan(kinds="sit_stand").reminders if one.routine}
    assert standing == {"desk-break-3-min-no-kit"}
    active = [one.routine.slug for one in plan(kinds="active_break").reminders if one.routine]
    assert active[:3] == ["desk-break-3-min-chair", "desk-break-3-min-no-kit", "desk-break-3-min-chair"]


def test_without_routines_the_reminders_stay() -> None:
    found = build_schedule(day(), (), "https://example.org").reminders
    assert found
    assert all(one.routine is None for one in found)


@pytest.mark.parametrize("kind", REMINDER_RULES)
def test_no_text_takes_longer_to_read_than_half_the_break(kind: Any) -> None:
    text, duration_s = reminder_texts().reminders[kind], REMINDER_RULES[kind].duration_s
    assert len(re.findall(r"\w+", text.title + text.text)) / SPOKEN_WORDS_PER_S <= max(duration_s / 2, 8)


def test_the_calendar_link_holds_all_that_was_asked_and_nothing_else() -> None:
    said = {"timezone": "America/New_York", "start": "08:00", "lunch": "12:00-12:30", "days": "MO,WE"}
    link = urlsplit(build_schedule(Workday.model_validate(said), OFFERS, "https://example.org").calendar_url)
    assert link.path == "/v1/reminders.ics"
    assert dict(parse_qsl(link.query)) == said
    assert Workday.model_validate(dict(parse_qsl(link.query))) == Workday.model_validate(said)


def test_uids_differ_within_a_day_and_stay_between_days() -> None:
    first, second = plan(kinds=EVERY_KIND), plan(kinds=EVERY_KIND)
    uids = [one.uid for one in first.reminders]
    assert len(set(uids)) == len(uids)
    assert uids == [one.uid for one in second.reminders]
    shorter = plan(kinds="eyes", end="12:00")
    assert {one.uid for one in shorter.reminders} <= {one.uid for one in plan(kinds="eyes").reminders}


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"timezone": "Mars/Olympus"}, "IANA"),
        ({"timezone": "../etc/passwd"}, "IANA"),
        ({"timezone": "Europe"}, "IANA"),
        ({"start": "9:00"}, "pattern"),
        ({"start": "24:00"}, "pattern"),
        ({"end": "09:00"}, "16 hours"),
        ({"start": "09:00", "end": "08:00"}, "16 hours"),
        ({"days": "MO,MO"}, "only once"),
        ({"days": "MO, TU"}, "MO, TU, WE, TH, FR, SA, SU"),
        ({"days": ""}, "some of"),
        ({"kinds": "coffee"}, "posture, micro_break"),
        ({"lunch": "18:00-19:00"}, "within the working hours"),
        ({"lunch": "13:00-12:00"}, "within the working hours"),
        ({"lunch": "12:30"}, "pattern"),
        ({"first_day": "5"}, "YYYY-MM-DD"),
        ({"first_day": "1999-01-01"}, "2020"),
        ({"age": "40"}, "Extra inputs"),
    ],
    ids=str,
)
def test_a_day_that_makes_no_sense_is_refused(said: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        day(**said)
