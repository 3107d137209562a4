"""What is done in one exercise of a session, step by step: getting ready, sets, changes of side, rests."""

from collections.abc import Sequence
from typing import NamedTuple

from app.rules.changeover_times import get_ready_s, switch_s
from app.rules.dose import Dose, set_work_s
from app.rules.extra_sets import begins_on_last_side
from app.rules.vocabulary import Side
from app.schemas.exercise import Exercise
from app.schemas.session import EventKind, SpokenLine
from app.sessions.problem.exercise_index import SETUP_S
from app.sessions.problem.introductions import introduce_exercise
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS
from app.sessions.timeline import cues
from app.sessions.timeline.event_texts import (
    describe_all_sets,
    describe_introduction,
    describe_next_set,
    describe_set,
    describe_switch,
)
from app.sessions.timeline.items import TimelineItem


class Segment(NamedTuple):
    """An event before its start is known."""

    kind: EventKind
    duration_s: int
    side: Side
    """The side that works, or the one that comes."""
    text: str
    say: tuple[SpokenLine, ...]
    set: int | None = None
    reps: int | None = None


def list_segments(item_index: int, items: Sequence[TimelineItem]) -> list[Segment]:
    """Return all of one exercise: moving there, introduction, getting ready, sets with their sides, the extra set."""
    item = items[item_index]
    exercise, dose, first_side = item.exercise, item.dose, item.sides_of_set(1)[0]
    text = describe_all_sets(exercise, dose, item.only_side)
    segments: list[Segment] = []
    transition_s = _transition_s(items[item_index - 1].exercise, exercise) if item_index else 0
    if transition_s:
        line = cues.transition_line(exercise)
        segments.append(Segment("transition", transition_s, first_side, text, _at_start(line)))
    if item.has_introduction or item.note is not None:
        introduction = introduce_exercise(
            exercise, item.note, has_steps=item.has_introduction, was_named=bool(segments)
        )
        shown = describe_introduction() if item.note is None else item.note
        segments.append(Segment("introduction", introduction.duration_s, first_side, shown, introduction.lines))
    ready_s = _get_ready_s(items[item_index - 1] if item_index else None, item)
    line = cues.ready_line(exercise, first_side, ready_s, was_named=bool(segments))
    segments.append(Segment("get_ready", ready_s, first_side, text, _at_start(line)))
    for number in range(1, dose.sets + 1):
        segments += _set_segments(number, item)
        if number < dose.sets and dose.rest_s:
            segments.append(_rest_segment(number, item))
    return segments if item.extra_set is None else [*segments, *_extra_segments(item, item.extra_set)]


def _get_ready_s(before: TimelineItem | None, item: TimelineItem) -> int:
    """The seconds to take the position, and to fetch equipment."""
    position = item.exercise.position
    ready_s = get_ready_s(position) + (SETUP_S if item.needs_setup else 0)
    return max(ready_s, switch_s(position)) if before is not None and _turns_round(before, item) else ready_s


def _turns_round(before: TimelineItem, item: TimelineItem) -> bool:
    """True where the same exercise comes again on the other side: to roll over takes as long as within a set."""
    last_side = before.sides_of_set(before.dose.sets)[-1]
    return before.exercise.slug == item.exercise.slug and last_side != item.sides_of_set(1)[0]


def _at_start(text: str) -> tuple[SpokenLine, ...]:
    return (SpokenLine(at_s=0, text=text),)


def _set_segments(number: int, item: TimelineItem) -> list[Segment]:
    """One set on each of its sides."""
    first_side, *other_side = item.sides_of_set(number)
    part: cues.SetPart = "first_side" if other_side else "both_sides"
    segments = [_work_segment(number, first_side, part, item, item.dose)]
    for side in other_side:
        segments += [_switch_segment(number, side, item), _work_segment(number, side, "second_side", item, item.dose)]
    return segments


def _work_segment(number: int, side: Side, part: cues.SetPart, item: TimelineItem, dose: Dose) -> Segment:
    lines = cues.list_work_lines(item.cue_of_set(number), dose, item.exercise, side, part)
    text = describe_set(item.exercise, dose, side)
    return Segment("work", set_work_s(dose), side, text, lines, number, dose.breaths or dose.reps)


def _switch_segment(number: int, side: Side, item: TimelineItem) -> Segment:
    change_s = switch_s(item.exercise.position)
    line = cues.switch_line(item.exercise, side, change_s)
    return Segment("switch", change_s, side, describe_switch(side), _at_start(line), number)


def _rest_segment(number: int, item: TimelineItem) -> Segment:
    """The rest after a set; another set comes."""
    exercise, rest_s, next_side = item.exercise, item.dose.rest_s, item.sides_of_set(number + 1)[0]
    line = cues.rest_line(exercise, next_side, number + 1, rest_s)
    text = describe_next_set(number + 1, item.sets, next_side)
    return Segment("rest", rest_s, next_side, text, _at_start(line), number)


def _extra_segments(item: TimelineItem, extra_set: Dose) -> list[Segment]:
    """A rest or a change of sides, and the set that the stiffer side does more."""
    exercise, dose, side = item.exercise, item.dose, item.first_side
    on_same_side = begins_on_last_side(dose)
    kind: EventKind = "rest" if on_same_side else "switch"
    before_s = dose.rest_s if on_same_side else switch_s(exercise.position)
    segments = []
    if before_s:
        line = cues.extra_set_line(exercise, side, before_s, on_same_side=on_same_side)
        text = describe_next_set(item.sets, item.sets, side)
        segments.append(Segment(kind, before_s, side, text, _at_start(line), dose.sets))
    return [*segments, _work_segment(item.sets, side, "extra", item, extra_set)]


def _transition_s(before: Exercise, after: Exercise) -> int:
    return TRANSITIONS.seconds[POSITION_ID[before.position]][POSITION_ID[after.position]]
