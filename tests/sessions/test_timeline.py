"""The session to the second: sides take turns, rests are kept, and the seconds are those of the dose."""

import pytest

from app.catalogue.shapes import Exercise
from app.rules.dose import duration_s
from app.sessions.timeline import Part, timeline


def part(exercises: tuple[Exercise, ...], slug: str, **amounts: int) -> Part:
    exercise = next(one for one in exercises if one.slug == slug)
    return Part(exercise, exercise.dose.model_copy(update=amounts), fetches=False)


def said(one: Part) -> list[tuple[str, str | None, int]]:
    events, _ = timeline([one], duration_s(one.dose))
    return [(event.kind, event.side, event.duration_s) for event in events]


def test_without_a_rest_the_sides_take_turns(exercises: tuple[Exercise, ...]) -> None:
    assert said(part(exercises, "standing-side-bend", sets=2, hold_s=20, rest_s=0)) == [
        ("get_ready", None, 5),
        ("work", "left", 20),
        ("switch", None, 5),
        ("work", "right", 20),
        ("switch", None, 5),
        ("work", "left", 20),
        ("switch", None, 5),
        ("work", "right", 20),
    ]


def test_with_a_rest_one_changes_sides_in_it(exercises: tuple[Exercise, ...]) -> None:
    events, _ = timeline([part(exercises, "open-book", sets=2, reps=6, rest_s=15)], 600)
    pauses = [(event.kind, event.duration_s, event.cue) for event in events if event.kind in ("rest", "switch")]
    assert pauses == [
        ("switch", 5, "Switch sides."),
        ("rest", 15, "Rest and change sides."),
        ("switch", 5, "Switch sides."),
    ]


@pytest.mark.parametrize("rest_s", [0, 3, 5, 6, 30])
@pytest.mark.parametrize("slug", ["open-book", "cat-cow", "dead-hang", "side-plank", "diaphragmatic-breathing"])
def test_the_events_last_as_long_as_the_dose_says(exercises: tuple[Exercise, ...], slug: str, rest_s: int) -> None:
    one = part(exercises, slug, rest_s=rest_s)
    events, spent = timeline([one], duration_s(one.dose))
    assert spent == [duration_s(one.dose)]
    assert all(event.duration_s > 0 for event in events)
