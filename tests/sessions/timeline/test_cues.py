"""What is said: how many, half way, the last one; every line fits into its time and none interrupts another."""

from itertools import pairwise

import pytest

from app.rules.dose import total_duration_s
from app.rules.dose_options import DosingContext, list_dose_options
from app.rules.extra_sets import FAVOURED_PATTERNS, make_extra_set
from app.schemas.exercise import Exercise
from app.sessions.problem.speech import SPOKEN_WORDS_PER_MINUTE, count_spoken_words
from app.sessions.timeline.events import build_timeline
from app.sessions.timeline.items import TimelineItem


def work_lines(exercises: tuple[Exercise, ...], slug: str, **amounts: int) -> list[list[tuple[int, str]]]:
    exercise = next(item for item in exercises if item.slug == slug)
    item = TimelineItem(exercise, exercise.dose.model_copy(update=amounts), "mobilise", needs_setup=False)
    events, _ = build_timeline([item], total_duration_s(item.dose, exercise.position))
    return [[(line.at_s, line.text) for line in event.say] for event in events if event.kind == "work"]


def test_a_set_says_how_many_half_way_and_the_last_one(exercises: tuple[Exercise, ...]) -> None:
    first, second = work_lines(exercises, "open-book", sets=1)
    assert first == [
        (0, "The left arm opens. 8 times. Then the other side. Let your chest open, not just your arm."),
        (36, "Half way."),
        (63, "Last one."),
        (69, "Three, two, one."),
    ]
    assert second[0] == (0, "The right arm opens. Let your chest open, not just your arm.")


@pytest.mark.parametrize(
    ("slug", "amounts", "first_words", "last"),
    [
        (
            "supine-spinal-twist",
            {"sets": 1, "hold_s": 45},
            "Both knees go to the left. Hold for 45 seconds. Then the other side.",
            (42, "Three, two, one."),
        ),
        ("dead-hang", {"sets": 1, "hold_s": 20}, "Hold for 20 seconds.", (17, "Three, two, one.")),
        ("diaphragmatic-breathing", {"breaths": 12}, "12 breaths.", (110, "Last breath.")),
        ("scapular-squeeze", {"reps": 8, "hold_s": 5}, "8 holds of 5 seconds.", (49, "Last one.")),
        ("cat-cow", {"sets": 1, "reps": 8}, "8 times.", None),
    ],
)
def test_each_kind_of_amount_is_said(
    exercises: tuple[Exercise, ...],
    slug: str,
    amounts: dict[str, int],
    first_words: str,
    last: tuple[int, str] | None,
) -> None:
    lines = work_lines(exercises, slug, **amounts)[0]
    assert lines[0][1].startswith(first_words)
    assert lines[-1] == last if last else lines[-1][1] == "Last one."


def test_every_line_of_the_catalogue_fits_and_none_interrupts_another(exercises: tuple[Exercise, ...]) -> None:
    for exercise in exercises:
        halved = DosingContext(halved=True)
        doses = list_dose_options(exercise.dose, exercise.pattern, exercise.load_group, exercise.position, halved)
        for dose in (exercise.dose, *doses):
            extra_set = make_extra_set(dose) if dose.per_side and exercise.pattern in FAVOURED_PATTERNS else None
            item = TimelineItem(
                exercise, dose, "mobilise", needs_setup=True, extra_set=extra_set, has_introduction=True
            )
            events, _ = build_timeline([item], total_duration_s(dose, exercise.position) + 5)
            for event in events[:-1]:
                ends = [line.at_s for line in event.say[1:]] + [event.duration_s]
                for line, end_s in zip(event.say, ends, strict=True):
                    assert count_spoken_words(line.text) * 60 <= (end_s - line.at_s) * SPOKEN_WORDS_PER_MINUTE, line
                assert all(first.at_s < second.at_s for first, second in pairwise(event.say))
