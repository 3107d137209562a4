"""The reminders of a working day: rhythm, lunch, night shifts, routines that fit, stable ids."""

import re
from itertools import pairwise
from typing import Any

import pytest

from app.reminders.rhythm import REMINDER_RULES
from app.reminders.rotation import ReminderSlot
from app.reminders.schedule import build_schedule
from app.reminders.texts import reminder_texts
from app.reminders.working_hours import WorkSpan, leave_out_lunch
from tests.reminders.workdays import (
    ADDRESS,
    ALL_KINDS,
    BASE_URL,
    FIGURE,
    ROUTINES,
    make_option,
    make_schedule,
    make_workday,
)

READ_WORDS_PER_S = 3.0
"""As quickly as most people read without haste."""


def reminders_of(day: str = "MO", **fields: Any) -> list[str]:
    reminders = make_schedule(**fields).reminders
    return [f"{reminder.at} {reminder.kind}" for reminder in reminders if day in reminder.days]


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
        ("posture", ["09:15", "09:45", "10:15", "10:45"]),
        ("sit_stand", ["09:20", "09:50", "10:20", "10:50"]),
        ("session", ["10:00"]),
    ],
)
def test_each_kind_has_its_rhythm(kind: str, clocks: list[str]) -> None:
    assert reminders_of(start="09:00", end="11:00", kinds=[kind]) == [f"{clock} {kind}" for clock in clocks]


def test_the_session_comes_once_two_thirds_through_the_day() -> None:
    reminders = reminders_of(kinds=["active_break", "session"], lunch="12:30-13:00")
    assert [reminder for reminder in reminders if "session" in reminder] == ["14:00 session"]


def test_a_night_shift_crosses_midnight() -> None:
    schedule = make_schedule(start="22:00", end="02:00", days=["MO", "TH"], lunch="23:45-00:15")
    assert schedule.crosses_midnight
    assert [(reminder.at, reminder.next_day, reminder.days) for reminder in schedule.reminders] == [
        ("22:30", False, ("MO", "TH")),
        ("23:00", False, ("MO", "TH")),
        ("23:30", False, ("MO", "TH")),
        ("00:45", True, ("TU", "FR")),
        ("01:15", True, ("TU", "FR")),
        ("01:45", True, ("TU", "FR")),
    ]


def test_work_that_ends_at_midnight_does_not_cross_it() -> None:
    schedule = make_schedule(start="20:00", end="00:00")
    assert not schedule.crosses_midnight
    assert not any(reminder.next_day for reminder in schedule.reminders)


@pytest.mark.parametrize("kind", ["micro_break", "active_break", "sit_stand", "session"])
def test_each_break_names_a_routine_that_fits_its_length(kind: str) -> None:
    reminders = [reminder for reminder in make_schedule(kinds=[kind]).reminders if reminder.kind == kind]
    assert reminders
    for reminder in reminders:
        assert reminder.routine is not None
        assert reminder.routine.duration_s <= reminder.duration_s
        assert reminder.routine.url == f"{BASE_URL}/v1/routines/{reminder.routine.slug}"


def choices_of(kind: str, day: str = "MO", **fields: Any) -> list[tuple[str | None, str]]:
    reminders = make_schedule(kinds=[kind], **fields).reminders
    chosen = [reminder for reminder in reminders if day in reminder.days]
    return [(reminder.routine.slug if reminder.routine else None, reminder.text) for reminder in chosen]


def test_a_routine_beside_a_raised_desk_needs_no_chair() -> None:
    assert {routine for routine, _ in choices_of("sit_stand")} == {"desk-break-3-min-no-kit"}


def test_routines_and_texts_take_turns_through_the_day() -> None:
    fitting = ["desk-arch-1-min", "desk-break-1-min", "desk-turn-1-min", "standing-arch-1-min"]
    texts = reminder_texts().reminders["micro_break"].texts
    chosen = choices_of("micro_break")
    assert len(chosen) == 15
    assert chosen == [(fitting[number % 4], texts[number % len(texts)]) for number in range(15)]


def test_neighbouring_days_begin_with_different_routines() -> None:
    firsts = [choices_of("micro_break", day)[0] for day in ("MO", "TU", "WE", "TH", "FR")]
    assert all(before != after for before, after in pairwise(firsts))
    assert len(set(firsts)) == 3


def test_an_event_has_one_routine_on_all_of_its_days() -> None:
    """A calendar shows one text for all occurrences of an event, so each day has each of its times once."""
    for day in ("MO", "TU", "WE", "TH", "FR"):
        times = reminders_of(day, kinds=ALL_KINDS)
        assert times == sorted(set(times))
        assert times == reminders_of("MO", kinds=ALL_KINDS)


def test_the_events_are_few() -> None:
    """At most three for each time of day; calendars become slow with thousands."""
    assert len(make_schedule().reminders) == 45
    assert len(make_schedule(kinds=ALL_KINDS).reminders) <= 3 * len(reminders_of(kinds=ALL_KINDS))


def test_a_weekday_has_its_own_hours() -> None:
    fields = {"days": ["MO", "FR=08:00-10:00"], "start": "09:00", "end": "11:00"}
    assert reminders_of("MO", **fields) == ["09:30 micro_break", "10:00 active_break", "10:30 micro_break"]
    assert reminders_of("FR", **fields) == ["08:30 micro_break", "09:00 active_break", "09:30 micro_break"]
    hours = [(span.day, span.start, span.end) for span in make_schedule(**fields).hours]
    assert hours == [("MO", "09:00", "11:00"), ("FR", "08:00", "10:00")]


def test_two_stretches_of_work_a_day_have_one_session() -> None:
    fields = {"days": ["MO=08:00-10:00", "MO=15:00-19:00"], "kinds": ["micro_break", "session"]}
    reminders = reminders_of("MO", **fields)
    assert [reminder for reminder in reminders if "session" in reminder] == ["16:00 session"]
    assert reminders[:3] == ["08:30 micro_break", "09:00 micro_break", "09:30 micro_break"]
    assert reminders[3] == "15:30 micro_break"


def test_lunch_cuts_only_the_hours_that_it_falls_into() -> None:
    fields = {"days": ["MO=10:00-14:00", "FR=08:00-12:45"], "lunch": "12:30-13:00", "kinds": ["posture"]}
    assert reminders_of("MO", **fields)[-1] == "13:45 posture"
    assert "12:30 posture" not in reminders_of("MO", **fields)
    assert reminders_of("FR", **fields)[-1] == "12:15 posture"


def test_a_break_shows_its_routine_as_a_page_and_as_a_picture() -> None:
    schedule = make_schedule()
    for reminder in schedule.reminders:
        assert reminder.routine is not None
        assert reminder.routine.page_url == f"{reminder.routine.url}.html"
        assert reminder.figure is not None
        assert reminder.figure.png == f"{BASE_URL}{FIGURE.png}"
        assert reminder.figure.alt == FIGURE.alt
    assert schedule.webcal_url == schedule.calendar_url.replace("https:", "webcal:")


def test_without_routines_the_reminders_stay() -> None:
    reminders = build_schedule(make_workday(), (), ADDRESS).reminders
    assert reminders
    assert all(reminder.routine is None for reminder in reminders)


@pytest.mark.parametrize("kind", REMINDER_RULES)
def test_a_text_is_read_in_half_of_its_break(kind: Any) -> None:
    texts, duration_s = reminder_texts().reminders[kind], REMINDER_RULES[kind].duration_s
    for text in texts.texts:
        assert len(re.findall(r"\w+", f"{texts.title} {text}")) / READ_WORDS_PER_S <= max(duration_s / 2, 8)


def test_uids_differ_within_a_day_and_never_change() -> None:
    uids = uids_of(kinds=ALL_KINDS)
    assert len(set(uids)) == len(uids)
    assert uids == uids_of(kinds=ALL_KINDS)
    assert set(uids_of(kinds=["eyes"], end="12:00")) <= set(uids_of(kinds=["eyes"]))


def test_uids_stay_when_the_catalogue_gets_another_routine() -> None:
    more = (*ROUTINES, make_option("desk-reach-1-min", 60))
    before, after = (build_schedule(make_workday(), options, ADDRESS).reminders for options in (ROUTINES, more))
    assert [reminder.uid for reminder in before] == [reminder.uid for reminder in after]
    assert before != after


def uids_of(**fields: Any) -> list[str]:
    return [reminder.uid for reminder in make_schedule(**fields).reminders]


def test_a_change_of_position_comes_beside_micro_breaks() -> None:
    kinds = [one.split()[1] for one in reminders_of(kinds=["posture", "micro_break", "active_break"])]
    assert kinds.count("posture") >= 10
    assert kinds.count("micro_break") >= 6


@pytest.mark.parametrize(
    ("hours", "lunch", "parts"),
    [
        ([(540, 765), (770, 1020)], "12:30-13:00", [(540, 750), (780, 1020)]),
        ([(765, 1020)], "12:30-13:00", [(780, 1020)]),
        ([(540, 1020)], "12:30-13:00", [(540, 750), (780, 1020)]),
        ([(540, 720), (810, 1020)], "12:30-13:00", [(540, 720), (810, 1020)]),
        ([(750, 780)], "12:30-13:00", []),
        ([(1320, 1800)], "01:00-01:30", [(1320, 1500), (1530, 1800)]),
        ([(0, 360)], "23:45-00:15", [(15, 360)]),
    ],
)
def test_lunch_is_no_work_in_any_stretch(
    hours: list[tuple[int, int]], lunch: str, parts: list[tuple[int, int]]
) -> None:
    assert leave_out_lunch([WorkSpan(*span) for span in hours], lunch) == [WorkSpan(*part) for part in parts]


def test_a_routine_and_a_text_are_not_always_together() -> None:
    for routines, texts in (("abc", "xyz"), ("abcd", "xy"), ("abcd", "vwxyz")):
        count = len(routines) * len(texts)
        slots = [ReminderSlot(0, "micro_break", turn, ()) for turn in range(count)]
        pairs = {(slot.choose(routines), slot.choose_beside(texts, len(routines))) for slot in slots}
        assert len(pairs) == count
