"""The session to the second: what a player shows and says, and for how long."""

from typing import NamedTuple

from app.rules.dose import GET_READY_S, SWITCH_S, Dose, set_work_s
from app.schemas.exercise import Exercise
from app.schemas.session import EventKind, Side, TimelineEvent
from app.sessions.problem.exercise_index import SET_UP_S
from app.sessions.problem.positions import POSITION_ID, TRANSITIONS
from app.sessions.solver.objective import FREE_IDLE_S

LONGEST_MOVE_S = 10
"""Leftover seconds lengthen a move up to this, and getting ready by `FREE_IDLE_S` at most."""


class Part(NamedTuple):
    """One exercise in its place in the session."""

    exercise: Exercise
    dose: Dose
    fetches: bool


class Stretch(NamedTuple):
    """An event before it is given its place in time."""

    part: int
    kind: EventKind
    duration_s: int
    side: Side | None = None
    set: int | None = None
    reps: int | None = None
    cue: str = ""


def timeline(parts: list[Part], budget: int) -> tuple[tuple[TimelineEvent, ...], list[int]]:
    """Events from 0 without a gap, and the seconds of each part from moving to it until its last set ends."""
    stretches = [stretch for n in range(len(parts)) for stretch in _part(n, parts)]
    lengths = _fill([s.duration_s for s in stretches], [s.kind for s in stretches], budget)
    events = []
    spent = [0] * len(parts)
    at = 0
    for stretch, seconds in zip(stretches, lengths, strict=True):
        part = parts[stretch.part]
        events.append(
            TimelineEvent(
                at_s=at,
                duration_s=seconds,
                kind=stretch.kind,
                slug=part.exercise.slug,
                side=stretch.side,
                set=stretch.set,
                reps=stretch.reps,
                cue=stretch.cue,
                pace=part.dose.tempo if stretch.kind == "work" else None,
            )
        )
        at += seconds
        spent[stretch.part] += seconds
    return tuple(events), spent


def _part(n: int, parts: list[Part]) -> list[Stretch]:
    """Moving there, making ready, and every set with its sides: the second set begins where the first ended."""
    part = parts[n]
    dose, exercise = part.dose, part.exercise
    made: list[Stretch] = []
    if n:
        moving = TRANSITIONS.seconds[POSITION_ID[parts[n - 1].exercise.position]][POSITION_ID[exercise.position]]
        if moving:
            made.append(Stretch(n, "transition", moving, cue=f"Next: {exercise.name}."))
    ready = GET_READY_S + (SET_UP_S if part.fetches else 0)
    made.append(Stretch(n, "get_ready", ready, cue=f"Get ready: {exercise.name}."))
    seconds = set_work_s(dose)
    count = dose.breaths or dose.reps
    for number in range(1, dose.sets + 1):
        sides: tuple[Side, ...] = ("both",)
        if dose.per_side:
            sides = ("left", "right") if number % 2 else ("right", "left")
        for turn, side in enumerate(sides):
            if turn:
                made.append(Stretch(n, "switch", SWITCH_S, set=number, cue="Switch sides."))
            made.append(Stretch(n, "work", seconds, side, number, count, _work_cue(exercise, side, number, dose)))
        if number < dose.sets and dose.rest_s:
            made.append(Stretch(n, "rest", dose.rest_s, set=number, cue="Rest."))
    return made


def _work_cue(exercise: Exercise, side: Side, number: int, dose: Dose) -> str:
    spoken = exercise.cues[(number - 1) % len(exercise.cues)] if exercise.cues else exercise.name
    return spoken if side == "both" else f"{side.capitalize()} side. {spoken}"


def _fill(lengths: list[int], kinds: list[EventKind], budget: int) -> list[int]:
    """Leftover seconds spread over getting ready and moving, a second at a time, within what each can bear."""
    left = budget - sum(lengths)
    most = [
        length + FREE_IDLE_S if kind == "get_ready" else max(length, LONGEST_MOVE_S) if kind == "transition" else length
        for length, kind in zip(lengths, kinds, strict=True)
    ]
    filled = list(lengths)
    while left > 0:
        open_ones = [n for n, seconds in enumerate(filled) if seconds < most[n]]
        if not open_ones:
            break
        for n in open_ones[:left]:
            filled[n] += 1
        left -= min(left, len(open_ones))
    return filled
