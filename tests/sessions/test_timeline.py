"""The session to the second: one change of sides a set, rests are kept, and the seconds are those of the dose."""

import pytest

from app.rules.dose import total_duration_s
from app.schemas.exercise import Exercise
from app.sessions.timeline import TimelineItem, build_timeline


def part(exercises: tuple[Exercise, ...], slug: str, **amounts: int) -> TimelineItem:
    exercise = next(one for one in exercises if one.slug == slug)
    return TimelineItem(exercise, exercise.dose.model_copy(update=amounts), needs_setup=False)


def said(one: TimelineItem) -> list[tuple[str, str | None, int]]:
    events, _ = build_timeline([one], total_duration_s(one.dose))
    return [(event.kind, event.side, event.duration_s) for event in events]


def test_the_second_set_begins_on_the_side_that_the_first_ended_on(exercises: tuple[Exercise, ...]) -> None:
    assert said(part(exercises, "standing-side-bend", sets=2, hold_s=20, rest_s=10)) == [
        ("get_ready", None, 5),
        ("work", "left", 20),
        ("switch", None, 5),
        ("work", "right", 20),
        ("rest", None, 10),
        ("work", "right", 20),
        ("switch", None, 5),
        ("work", "left", 20),
    ]


@pytest.mark.parametrize("rest_s", [0, 3, 5, 6, 30])
@pytest.mark.parametrize("slug", ["open-book", "cat-cow", "dead-hang", "side-plank", "diaphragmatic-breathing"])
def test_the_events_last_as_long_as_the_dose_says(exercises: tuple[Exercise, ...], slug: str, rest_s: int) -> None:
    one = part(exercises, slug, rest_s=rest_s)
    events, spent = build_timeline([one], total_duration_s(one.dose))
    assert spent == [total_duration_s(one.dose)]
    assert all(event.duration_s > 0 for event in events)
