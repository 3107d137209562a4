"""The reminders of a working day: rhythm, lunch, night shifts, routines that fit, stable ids."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reminders.schedule import REMINDER_RULES, build_schedule, list_reminder_times
from app.reminders.texts import reminder_texts
from app.reminders.workday import parse_clock_min
from tests.reminders.workdays import ADDRESS, ALL_KINDS, BASE_URL, make_schedule, make_workday

READ_WORDS_PER_S = 3.0
"""As quickly as most people read without haste."""


def reminders_of(**fields: Any) -> list[str]:
    return [f"{reminder.at} {reminder.kind}" for reminder in make_schedule(**fields).reminders]


def test_a_plain_day_has_a_break_each_half_hour_and_a_longer_one_each_hour() -> None:
    assert reminders_of(start="09:00", end="12:00") == [
        "09:30 micro_break",
        "10:00 active_break",
        "10:30 micro_break",
        "11:00 active_break",
        "11:30 micro_break",
    ]


def test_no_reminder_comes_at_lunch_and_the_rhythm_begins_again_after_it() -> None:
    assert reminders_of(start="10:00", end="15:00", lunch="12:15-13:15") == [
        "10:30 micro_break",
        "11:00 active_break",
        "11:30 micro_break",
        "12:00 active_break",
        "13:45 micro_break",
        "14:15 active_break",
        "14:45 micro_break",
    ]


@pytest.mark.parametrize(
    ("kind", "clocks"),
    [
        ("eyes", ["09:20", "09:40", "10:00", "10:20", "10:40"]),
        ("posture", ["09:30", "10:00", "10:30"]),
        ("sit_stand", ["09:20", "09:50", "10:20", "10:50"]),
        ("session", ["10:00"]),
    ],
)
def test_each_kind_has_its_rhythm(kind: str, clocks: list[str]) -> None:
    assert [reminder.at for reminder in make_schedule(start="09:00", end="11:00", kinds=[kind]).reminders] == clocks


def test_the_session_comes_once_two_thirds_through_the_day() -> None:
    reminders = make_schedule(kinds=["active_break", "session"], lunch="12:30-13:00").reminders
    assert [reminder.at for reminder in reminders if reminder.kind == "session"] == ["14:00"]


def test_a_night_shift_crosses_midnight() -> None:
    schedule = make_schedule(start="22:00", end="02:00", days=["FR", "SU"], lunch="23:45-00:15")
    assert schedule.crosses_midnight
    assert [(reminder.at, reminder.next_day, reminder.days) for reminder in schedule.reminders] == [
        ("22:30", False, ("FR", "SU")),
        ("23:00", False, ("FR", "SU")),
        ("23:30", False, ("FR", "SU")),
        ("00:45", True, ("MO", "SA")),
        ("01:15", True, ("MO", "SA")),
        ("01:45", True, ("MO", "SA")),
    ]


def test_work_that_ends_at_midnight_does_not_cross_it() -> None:
    schedule = make_schedule(start="20:00", end="00:00")
    assert not schedule.crosses_midnight
    assert not any(reminder.next_day for reminder in schedule.reminders)


clocks = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(clocks, st.integers(30, 16 * 60), st.sets(st.sampled_from(ALL_KINDS), min_size=1))
def test_reminders_never_overlap_and_lie_within_the_working_day(start: str, length_min: int, kinds: set[str]) -> None:
    end = (parse_clock_min(start) + length_min) % (24 * 60)
    workday = make_workday(start=start, end=f"{end // 60:02}:{end % 60:02}", kinds=sorted(kinds))
    times = list_reminder_times(workday)
    offsets = [time.offset_min for time in times]
    assert offsets == sorted(set(offsets))
    for kind, offset_min in times:
        assert kind in kinds
        assert 0 < offset_min <= length_min - 10
        assert offset_min * 60 + REMINDER_RULES[kind].duration_s <= length_min * 60
    breaks = [time for time in times if time.kind != "sit_stand"]
    for current, following in pairwise(breaks):
        assert current.offset_min * 60 + REMINDER_RULES[current.kind].duration_s <= following.offset_min * 60


@pytest.mark.parametrize("kind", ["micro_break", "active_break", "sit_stand", "session"])
def test_each_break_names_a_routine_that_fits_its_length(kind: str) -> None:
    reminders = [reminder for reminder in make_schedule(kinds=[kind]).reminders if reminder.kind == kind]
    assert reminders
    for reminder in reminders:
        assert reminder.routine is not None
        assert reminder.routine.duration_s <= reminder.duration_s
        assert reminder.routine.url == f"{BASE_URL}/v1/routines/{reminder.routine.slug}"


def routines_of(kind: str) -> list[str]:
    return [reminder.routine.slug for reminder in make_schedule(kinds=[kind]).reminders if reminder.routine]


def test_a_routine_beside_a_raised_desk_needs_no_chair() -> None:
    assert set(routines_of("sit_stand")) == {"desk-break-3-min-no-kit"}


def test_routines_of_one_length_take_turns() -> None:
    first_three = routines_of("active_break")[:3]
    assert first_three == ["desk-break-3-min-chair", "desk-break-3-min-no-kit", "desk-break-3-min-chair"]


def test_without_routines_the_reminders_stay() -> None:
    reminders = build_schedule(make_workday(), (), ADDRESS).reminders
    assert reminders
    assert all(reminder.routine is None for reminder in reminders)


@pytest.mark.parametrize("kind", REMINDER_RULES)
def test_a_text_is_read_in_half_of_its_break(kind: Any) -> None:
    text, duration_s = reminder_texts().reminders[kind], REMINDER_RULES[kind].duration_s
    assert len(re.findall(r"\w+", text.title + text.text)) / READ_WORDS_PER_S <= max(duration_s / 2, 8)


def test_uids_differ_within_a_day_and_never_change() -> None:
    uids = uids_of(kinds=ALL_KINDS)
    assert len(set(uids)) == len(uids)
    assert uids == uids_of(kinds=ALL_KINDS)
    assert set(uids_of(kinds=["eyes"], end="12:00")) <= set(uids_of(kinds=["eyes"]))


def uids_of(**fields: Any) -> list[str]:
    return [reminder.uid for reminder in make_schedule(**fields).reminders]
