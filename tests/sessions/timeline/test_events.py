"""The session to the second: one change of sides a set, rests are kept, and the seconds are those of the dose."""

import pytest

from app.rules.dose import total_duration_s
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.timeline.events import build_timeline
from app.sessions.timeline.items import TimelineItem
from benchmarks.catalogues import index_of


def timeline_item(exercises: tuple[Exercise, ...], slug: str, **amounts: int) -> TimelineItem:
    exercise = next(item for item in exercises if item.slug == slug)
    return TimelineItem(exercise, exercise.dose.model_copy(update=amounts), "mobilise", needs_setup=False)


def event_rows(item: TimelineItem) -> list[tuple[str, str, int]]:
    events, _ = build_timeline([item], total_duration_s(item.dose, item.exercise.position))
    return [(event.kind, event.side, event.duration_s) for event in events if event.kind != "done"]


def test_the_second_set_begins_on_the_side_that_the_first_ended_on(exercises: tuple[Exercise, ...]) -> None:
    assert event_rows(timeline_item(exercises, "standing-side-bend", sets=2, hold_s=20, rest_s=10)) == [
        ("get_ready", "left", 5),
        ("work", "left", 20),
        ("switch", "right", 5),
        ("work", "right", 20),
        ("rest", "right", 10),
        ("work", "right", 20),
        ("switch", "left", 5),
        ("work", "left", 20),
    ]


@pytest.mark.parametrize(
    ("slug", "ready_s", "switch_s"),
    [
        ("seated-thoracic-rotation", 5, 5),
        ("standing-side-bend", 5, 5),
        ("half-kneeling-wall-rotation", 5, 8),
        ("quadruped-thoracic-rotation", 8, 5),
        ("supine-spinal-twist", 8, 5),
        ("open-book", 8, 10),
        ("side-plank", 8, 10),
        ("lunge-with-rotation", 5, 8),
        ("cat-cow", 8, None),
    ],
)
def test_getting_ready_and_changing_sides_take_as_long_as_the_position_needs(
    exercises: tuple[Exercise, ...], slug: str, ready_s: int, switch_s: int | None
) -> None:
    rows = event_rows(timeline_item(exercises, slug, sets=2))
    assert [seconds for kind, _, seconds in rows if kind == "get_ready"] == [ready_s]
    assert {seconds for kind, _, seconds in rows if kind == "switch"} == ({switch_s} if switch_s else set())


@pytest.mark.parametrize("rest_s", [0, 3, 5, 6, 30])
@pytest.mark.parametrize("slug", ["open-book", "cat-cow", "dead-hang", "side-plank", "diaphragmatic-breathing"])
def test_the_events_last_as_long_as_the_dose_says(exercises: tuple[Exercise, ...], slug: str, rest_s: int) -> None:
    item = timeline_item(exercises, slug, rest_s=rest_s)
    events, item_seconds = build_timeline([item], total_duration_s(item.dose, item.exercise.position))
    assert item_seconds == [total_duration_s(item.dose, item.exercise.position)]
    assert all(event.duration_s > 0 for event in events[:-1])


@pytest.mark.parametrize(
    ("slug", "sets", "rest_s", "cues"),
    [
        (
            "open-book",
            3,
            10,
            ["Rest. Next: set 2 of Open book, right side.", "Rest. Next: set 3 of Open book, left side."],
        ),
        ("cat-cow", 2, 10, ["Rest. Next: set 2 of Cat-cow."]),
        ("quadruped-thoracic-rotation", 2, 10, ["Rest. Next: set 2 of Quadruped thoracic rotation, right side."]),
        # Eleven words with the name, "half-kneeling" as two.
        ("half-kneeling-wall-rotation", 2, 10, ["Rest. Next: set 2, right side."]),
        ("open-book", 2, 3, ["Rest. Next: set 2, right side."]),
        ("open-book", 2, 1, ["Rest."]),
    ],
)
def test_a_rest_says_what_comes_next_as_fully_as_there_is_time(
    exercises: tuple[Exercise, ...], slug: str, sets: int, rest_s: int, cues: list[str]
) -> None:
    item = timeline_item(exercises, slug, sets=sets, rest_s=rest_s)
    events, _ = build_timeline([item], total_duration_s(item.dose, item.exercise.position))
    assert [event.say[0].text for event in events if event.kind == "rest"] == cues


@pytest.mark.parametrize(
    ("conditions", "slug", "cue"),
    [
        (["cervical_radiculopathy"], "seated-open-book", "Eyes on the moving hand."),
        (["vertigo"], "seated-open-book", "Eyes on the moving hand."),
        (["cervical_radiculopathy"], "standing-trunk-rotation", "Eyes go with the chest."),
        (["vertigo"], "seated-cat-cow", "Start from the hips, end with the head."),
        (["osteoporosis"], "supine-spinal-twist", "Let the weight do the work."),
    ],
)
def test_a_cue_that_contradicts_a_caution_is_not_spoken(
    exercises: tuple[Exercise, ...], conditions: list[str], slug: str, cue: str
) -> None:
    fields = {
        "duration_s": 600,
        "goals": [{"goal": "rotation"}, {"goal": "flexion"}],
        "available_equipment": ["chair", "mat"],
        "include": [slug],
    }
    spoken = {}
    for stated in ([], conditions):
        request = SessionRequest.model_validate({**fields, "conditions": stated})
        plan = build_session(request, index_of(exercises))
        spoken[bool(stated)] = [
            event.say[0].text for event in plan.timeline if event.slug == slug and event.kind == "work"
        ]
    by_slug = {exercise.slug: exercise for exercise in exercises}
    assert cue in [one.text for one in by_slug[slug].cues]
    assert spoken[True]
    assert not any(cue in line for line in spoken[True])
    if by_slug[slug].cues[0].text == cue:
        assert any(cue in line for line in spoken[False])


@pytest.mark.parametrize(("limited", "lengthened"), [((False, False), 10), ((True, False), 5), ((True, True), 0)])
def test_unused_time_does_not_lengthen_what_a_condition_limits(
    exercises: tuple[Exercise, ...], limited: tuple[bool, bool], lengthened: int
) -> None:
    items = [
        timeline_item(exercises, slug)._replace(has_time_limit=has_limit)
        for slug, has_limit in zip(("knee-rolls", "floor-angel"), limited, strict=True)
    ]
    shortest, _ = build_timeline(items, 0)
    longest, seconds = build_timeline(items, 3600)
    ready = [sum(event.duration_s for event in events if event.kind == "get_ready") for events in (shortest, longest)]
    assert ready[1] - ready[0] == lengthened
    assert sum(seconds) == sum(event.duration_s for event in longest)
