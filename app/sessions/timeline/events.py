"""The session to the second: what a player shows and says, and for how long."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.changeover_times import get_ready_s, switch_s
from app.rules.dose import Dose, set_work_s
from app.rules.extra_sets import begins_on_last_side
from app.rules.strains import Strain
from app.rules.vocabulary import BodySide, Side
from app.schemas.exercise import Exercise
from app.schemas.session import EventKind, SpokenLine, TimelineEvent
from app.sessions.problem.exercise_index import SETUP_S
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS
from app.sessions.solver.objective import FREE_IDLE_S
from app.sessions.timeline import cues
from app.sessions.timeline.sides import OTHER_SIDE

MAX_TRANSITION_S: Final = 10
"""Seconds up to which unused time lengthens a transition; it lengthens getting ready by `FREE_IDLE_S` at most."""


class TimelineItem(NamedTuple):
    """One exercise of the session, in its place."""

    exercise: Exercise
    dose: Dose
    needs_setup: bool
    """True where equipment must be fetched first."""
    cautioned: frozenset[Strain] = frozenset()
    """The strains for which a stated condition asks for care: no cue asks for them."""

    first_side: BodySide = "left"
    """The side that a one-sided exercise begins with."""
    extra_set: Dose | None = None
    """The set that the first side does more than the other one; None where both do the same."""
    has_time_limit: bool = False
    """True where a stated condition limits the seconds of such exercises: unused time does not lengthen it."""

    def cue_of_set(self, number: int) -> str:
        """The cue of a set: those that suit the person take turns."""
        spoken = [cue.text for cue in self.exercise.cues if cue.strain is None or cue.strain not in self.cautioned]
        return spoken[(number - 1) % len(spoken)] if spoken else self.exercise.name

    def sides_of_set(self, number: int) -> tuple[Side, ...]:
        """The sides of a set in order; an even set begins on the side where the one before ended."""
        if not self.dose.per_side:
            return ("both",)
        other = OTHER_SIDE[self.first_side]
        # The person need not turn round between sets.
        return (self.first_side, other) if number % 2 else (other, self.first_side)


class Segment(NamedTuple):
    """An event before its start is known."""

    item: int
    """Place of the exercise in the session, from 0."""
    kind: EventKind
    duration_s: int
    side: Side | None = None
    set: int | None = None
    reps: int | None = None
    say: tuple[SpokenLine, ...] = ()


def build_timeline(items: Sequence[TimelineItem], budget_s: int) -> tuple[tuple[TimelineEvent, ...], list[int]]:
    """Return events from 0 without a gap, and the seconds of each item from moving to it until its last set ends."""
    segments = [segment for item_index in range(len(items)) for segment in _item_segments(item_index, items)]
    durations = _distribute_slack(segments, items, budget_s)
    events = []
    item_seconds = [0] * len(items)
    start_s = 0
    for segment, duration_s in zip(segments, durations, strict=True):
        item = items[segment.item]
        events.append(
            TimelineEvent(
                at_s=start_s,
                duration_s=duration_s,
                kind=segment.kind,
                slug=item.exercise.slug,
                side=segment.side,
                set=segment.set,
                reps=segment.reps,
                cue=segment.say[0].text,
                say=segment.say,
                pace=item.dose.tempo if segment.kind == "work" else None,
            )
        )
        start_s += duration_s
        item_seconds[segment.item] += duration_s
    return tuple(events), item_seconds


def _item_segments(item_index: int, items: Sequence[TimelineItem]) -> list[Segment]:
    """Moving there, getting ready, every set with its sides, and the extra set of a stiffer side."""
    item = items[item_index]
    exercise, dose = item.exercise, item.dose
    segments: list[Segment] = []
    transition_s = _transition_s(items[item_index - 1].exercise, exercise) if item_index else 0
    if transition_s:
        segments.append(Segment(item_index, "transition", transition_s, say=_at_start(cues.transition_line(exercise))))
    ready_s = get_ready_s(exercise.position) + (SETUP_S if item.needs_setup else 0)
    ready_line = cues.ready_line(exercise, item.sides_of_set(1)[0], ready_s, was_named=bool(transition_s))
    segments.append(Segment(item_index, "get_ready", ready_s, say=_at_start(ready_line)))
    for number in range(1, dose.sets + 1):
        segments += _set_segments(item_index, number, item)
        if number < dose.sets and dose.rest_s:
            line = cues.rest_line(exercise, item.sides_of_set(number + 1)[0], number + 1, dose.rest_s)
            segments.append(Segment(item_index, "rest", dose.rest_s, set=number, say=_at_start(line)))
    return segments if item.extra_set is None else [*segments, *_extra_segments(item_index, item, item.extra_set)]


def _at_start(text: str) -> tuple[SpokenLine, ...]:
    return (SpokenLine(at_s=0, text=text),)


def _set_segments(item_index: int, number: int, item: TimelineItem) -> list[Segment]:
    """One set on each of its sides."""
    exercise, dose = item.exercise, item.dose
    segments = []
    for side_number, side in enumerate(item.sides_of_set(number)):
        if side_number:
            change_s = switch_s(exercise.position)
            line = cues.switch_line(exercise, side, change_s)
            segments.append(Segment(item_index, "switch", change_s, set=number, say=_at_start(line)))
        part: cues.SetPart = "second_side" if side_number else "first_side" if dose.per_side else "both_sides"
        lines = cues.list_work_lines(item.cue_of_set(number), dose, exercise.slug, side, part)
        segments.append(Segment(item_index, "work", set_work_s(dose), side, number, dose.breaths or dose.reps, lines))
    return segments


def _extra_segments(item_index: int, item: TimelineItem, extra_set: Dose) -> list[Segment]:
    """A rest or a change of sides, and the set that the stiffer side does more."""
    exercise, dose = item.exercise, item.dose
    on_same_side = begins_on_last_side(dose)
    kind: EventKind = "rest" if on_same_side else "switch"
    before_s = dose.rest_s if on_same_side else switch_s(exercise.position)
    segments = []
    if before_s:
        line = cues.extra_set_line(exercise, item.first_side, before_s, on_same_side=on_same_side)
        segments.append(Segment(item_index, kind, before_s, set=dose.sets, say=_at_start(line)))
    number = dose.sets + 1
    lines = cues.list_work_lines(item.cue_of_set(number), extra_set, exercise.slug, item.first_side, "extra")
    reps = extra_set.breaths or extra_set.reps
    return [*segments, Segment(item_index, "work", set_work_s(extra_set), item.first_side, number, reps, lines)]


def _transition_s(before: Exercise, after: Exercise) -> int:
    return TRANSITIONS.seconds[POSITION_ID[before.position]][POSITION_ID[after.position]]


def _distribute_slack(segments: Sequence[Segment], items: Sequence[TimelineItem], budget_s: int) -> list[int]:
    """The durations with the unused seconds given to getting ready and to transitions, one each in turn."""
    durations = [segment.duration_s for segment in segments]
    max_durations = [_max_duration(segment, items[segment.item]) for segment in segments]
    slack_s = budget_s - sum(durations)
    while slack_s > 0:
        extensible = [number for number, seconds in enumerate(durations) if seconds < max_durations[number]]
        if not extensible:
            break
        # One second each in turn: no pause becomes much longer than another.
        for number in extensible[:slack_s]:
            durations[number] += 1
        slack_s -= min(slack_s, len(extensible))
    return durations


def _max_duration(segment: Segment, item: TimelineItem) -> int:
    if segment.kind == "get_ready" and not item.has_time_limit:
        return segment.duration_s + FREE_IDLE_S
    if segment.kind == "transition":
        return max(segment.duration_s, MAX_TRANSITION_S)
    return segment.duration_s
