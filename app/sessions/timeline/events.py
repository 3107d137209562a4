"""The session to the second: what a player shows and says, and for how long."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

from app.figures.picture_options import FigurePhase
from app.rules.strains import STRAINS
from app.rules.vocabulary import Side
from app.schemas.exercise import Exercise
from app.schemas.session import EventKind, TimelineEvent
from app.sessions.solver.objective import FREE_IDLE_S
from app.sessions.timeline import cues
from app.sessions.timeline.event_texts import describe_end
from app.sessions.timeline.items import TimelineItem
from app.sessions.timeline.segments import Segment, list_segments

MAX_TRANSITION_S: Final = 10
"""Seconds up to which unused time lengthens a transition; it lengthens getting ready by `FREE_IDLE_S` at most."""


COUNTED_DOWN: Final = frozenset({"get_ready", "switch", "rest"})
"""The kinds of event after which work begins: their last seconds are counted down."""


class Timeline(NamedTuple):
    """The events of a session, and how long each exercise takes."""

    events: tuple[TimelineEvent, ...]
    """From 0 without a gap; the last one is `done`."""
    item_seconds: list[int]
    """Of each item, the seconds from moving to it until its last set ends."""


Pairs: TypeAlias = Sequence[tuple[TimelineItem, Segment]]
"""The segments of a session in order, each with its item."""
Stretch: TypeAlias = Callable[[Pairs, int], list[int]]
"""Returns the seconds of each segment in so many seconds for all."""


def build_timeline(items: Sequence[TimelineItem], budget_s: int, stretch: Stretch | None = None) -> Timeline:
    """Return the events of these exercises; seconds of the budget that are left are given out by `stretch`.

    Without it they lengthen the preparations a little.
    """
    segments_of = [list_segments(item_index, items) for item_index in range(len(items))]
    pairs = [(item, segment) for item, segments in zip(items, segments_of, strict=True) for segment in segments]
    durations = (stretch or _distribute_slack)(pairs, budget_s)
    events: list[TimelineEvent] = []
    item_seconds = [0] * len(items)
    start_s = 0
    for position, (item, segments) in enumerate(zip(items, segments_of, strict=True), start=1):
        for segment in segments:
            duration_s = durations[len(events)]
            events.append(_make_event(position, item, segment, start_s, duration_s))
            start_s += duration_s
            item_seconds[position - 1] += duration_s
    # The end is an event, so that a player shows and says it as it does all others.
    end = Segment("done", 0, events[-1].side, describe_end(), cues.end_lines())
    return Timeline((*events, _make_event(len(items), items[-1], end, start_s, 0)), item_seconds)


def build_storable_timeline(
    items: Sequence[TimelineItem],
    timeline: tuple[TimelineEvent, ...],
    budget_s: int,
    stretch: Stretch | None = None,
    *,
    is_personal: bool,
) -> tuple[TimelineEvent, ...]:
    """Return the timeline to store, without any cue that asks for a strain where anything personal is stated.

    To leave out only the cues that the stated conditions speak against would tell which conditions these are.
    """
    cautioned = frozenset(STRAINS if is_personal else ())
    storable = [item._replace(cautioned=cautioned) for item in items]
    # To build it takes as long as explaining the session: not where it would say the same.
    if all(own.spoken_cues == other.spoken_cues for own, other in zip(items, storable, strict=True)):
        return timeline
    return build_timeline(storable, budget_s, stretch).events


def _make_event(position: int, item: TimelineItem, segment: Segment, at_s: int, duration_s: int) -> TimelineEvent:
    exercise = item.exercise
    tempo = item.dose.tempo if segment.kind == "work" else None
    return TimelineEvent(
        at_s=at_s,
        duration_s=duration_s,
        kind=segment.kind,
        slug=exercise.slug,
        name=exercise.name,
        position_in_session=position,
        phase=item.phase,
        side=segment.side,
        set=segment.set,
        sets=item.sets,
        reps=segment.reps,
        text=segment.text,
        figure=_figure_address(exercise, _figure_phase(segment.kind, is_paced=tempo is not None), segment.side),
        say=cues.add_countdown(segment.say, duration_s) if segment.kind in COUNTED_DOWN else segment.say,
        pace=tempo,
    )


def _figure_phase(kind: EventKind, *, is_paced: bool) -> FigurePhase:
    """The motion while it is explained or done, the end posture where it is held, else the posture to take."""
    if kind == "introduction":
        return "animated"
    if kind == "work":
        return "animated" if is_paced else "end"
    return "start"


def _figure_address(exercise: Exercise, phase: FigurePhase, side: Side) -> str | None:
    if exercise.figure is None:
        return None
    address = f"{exercise.figure.svg}?phase={phase}"
    return address if side == "both" else f"{address}&side={side}"


def _distribute_slack(pairs: Pairs, budget_s: int) -> list[int]:
    """The durations with the unused seconds given to getting ready and to transitions, one each in turn."""
    durations = [segment.duration_s for _, segment in pairs]
    max_durations = [_max_duration(segment, item) for item, segment in pairs]
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
