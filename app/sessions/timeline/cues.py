"""What a player says in each event, and when: short lines of calm speech that fit into their seconds."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final, Literal

from app.rules.dose import Dose, set_work_s
from app.rules.vocabulary import Side
from app.schemas.exercise import Exercise
from app.schemas.session import SpokenLine
from app.sessions.problem.cue_texts import CueTexts
from app.sessions.problem.speech import SPOKEN_WORDS_PER_MINUTE, count_spoken_words, speech_s
from app.sessions.timeline.sides import side_line, start_line
from app.texts.loader import load_texts

SetPart = Literal["both_sides", "first_side", "second_side", "extra"]
"""Which part of a set an event is; `extra` is what the stiffer side does more."""
MAX_REST_CUE_WORDS: Final = 10
"""Words that a rest says at most: what is heard once, between efforts, must be short."""
MIN_HALF_WAY_S: Final = 40
"""Seconds of work from which on the half is told."""
MIN_LAST_REPS: Final = 3
"""Repetitions from which on the last one is told."""
COUNTDOWN_S: Final = 3
"""Seconds before the end at which the countdown begins."""
MIN_COUNTDOWN_S: Final = 15
"""Seconds of a set from which on its end is counted down."""
MIN_SILENCE_S: Final = 4
"""Seconds between the starts of two lines, so that none interrupts another."""


def describe_amount(dose: Dose) -> str:
    """Return how much a set is on one side: "8 times.", "10 breaths.", "Hold for 30 seconds."."""
    texts = load_texts(CueTexts).amounts
    if dose.breaths is not None:
        return texts.breaths.fill(count=dose.breaths)
    if dose.tempo is not None:
        return texts.repetitions.fill(count=dose.reps or 1)
    hold_s = dose.hold_s or 0
    if (dose.reps or 1) > 1:
        return texts.holds.fill(count=dose.reps, seconds=hold_s)
    return texts.hold.fill(seconds=hold_s)


def list_work_lines(cue: str, dose: Dose, exercise: Exercise, side: Side, part: SetPart) -> tuple[SpokenLine, ...]:
    """Return the lines of one set on one side: what works, how many, a cue, half way, and the end.

    The second side does not repeat how many.
    """
    texts = load_texts(CueTexts)
    work_s = set_work_s(dose)
    amount = [] if part == "second_side" else [describe_amount(dose)]
    then = [texts.then_other_side] if part == "first_side" else []
    extra = [texts.extra_set] if part == "extra" else []
    working = [line for line in (side_line(exercise, side),) if line is not None]
    starts = (
        [*extra, *working, *amount, *then, cue],
        [*extra, *working, *amount, cue],
        [*working, *amount],
        [*working, cue],
        [*amount, cue],
        working or amount,
    )
    lines = [SpokenLine(at_s=0, text=_fullest_line(starts, work_s))]
    lines += [SpokenLine(at_s=work_s // 2, text=texts.half_way)] if work_s >= MIN_HALF_WAY_S else []
    lines += _ending_lines(dose, work_s)
    return _without_collisions(lines)


def transition_line(exercise: Exercise) -> str:
    """Return what is said while the person moves to an exercise."""
    return load_texts(CueTexts).transition.fill(exercise=exercise.name)


def ready_line(exercise: Exercise, side: Side, ready_s: int, *, was_named: bool) -> str:
    """Return what is said while the person takes the position: the name, but not again after a transition."""
    texts = load_texts(CueTexts)
    line = texts.get_ready_again if was_named else texts.get_ready.fill(exercise=exercise.name)
    return _with_start(line, exercise, side, ready_s)


def rest_line(exercise: Exercise, next_side: Side, next_set: int, rest_s: int) -> str:
    """Return what comes after a rest, as fully as can be said in its seconds."""
    texts = load_texts(CueTexts)
    lines = (
        texts.rest_before_set_of_exercise[next_side].fill(set=next_set, exercise=exercise.name),
        texts.rest_before_set[next_side].fill(set=next_set),
    )
    max_words = min(MAX_REST_CUE_WORDS, rest_s * SPOKEN_WORDS_PER_MINUTE // 60)
    return next((line for line in lines if count_spoken_words(line) <= max_words), texts.rest)


def switch_line(exercise: Exercise, side: Side, seconds: int) -> str:
    """Return what is said while the person changes to a side."""
    return _with_start(load_texts(CueTexts).switch, exercise, side, seconds)


def extra_set_line(exercise: Exercise, side: Side, seconds: int, *, on_same_side: bool) -> str:
    """Return what is said in the rest or the change of sides before the extra set of a stiffer side."""
    texts = load_texts(CueTexts)
    if on_same_side:
        return _fullest_line([[texts.rest_before_extra_set], [texts.rest]], seconds)
    return _with_start(texts.switch_before_extra_set, exercise, side, seconds)


def end_lines() -> tuple[SpokenLine, ...]:
    """Return what is said at the end of a session."""
    return (SpokenLine(at_s=0, text=load_texts(CueTexts).done),)


def _with_start(line: str, exercise: Exercise, side: Side, seconds: int) -> str:
    """The line with how to get ready for the side, where there is time to say both."""
    start = start_line(exercise, side)
    return line if start is None else _fullest_line([[line, start], [line]], seconds)


def _fullest_line(versions: Sequence[Sequence[str]], seconds: int) -> str:
    """The first of the versions, each several sentences, that can be said in the seconds; else the last."""
    lines = [" ".join(version) for version in versions]
    max_words = seconds * SPOKEN_WORDS_PER_MINUTE // 60
    return next((line for line in lines if count_spoken_words(line) <= max_words), lines[-1])


def _ending_lines(dose: Dose, work_s: int) -> list[SpokenLine]:
    """Return the lines that tell the end: the last repetition or breath, and the last seconds."""
    texts = load_texts(CueTexts)
    count = dose.breaths or dose.reps or 1
    lines = []
    last_s = work_s
    if count >= MIN_LAST_REPS:
        last_s = work_s // count
        text = texts.last_breath if dose.breaths else texts.last_repetition
        lines = [SpokenLine(at_s=work_s - last_s, text=text)]
    # Nobody breathes to a countdown, and of several holds each is let go before the seconds of the set are over.
    is_counted = work_s >= MIN_COUNTDOWN_S and (count == 1 or dose.tempo is not None) and not dose.breaths
    return [*lines, _countdown(work_s)] if is_counted and last_s >= COUNTDOWN_S + MIN_SILENCE_S else lines


def add_countdown(lines: tuple[SpokenLine, ...], duration_s: int) -> tuple[SpokenLine, ...]:
    """Return the lines before work and a countdown of its last seconds, where there is time for it."""
    countdown = _countdown(duration_s)
    free_s = max(MIN_SILENCE_S, *(line.at_s + speech_s(line.text) for line in lines))
    return (*lines, countdown) if countdown.at_s >= free_s else lines


def _countdown(end_s: int) -> SpokenLine:
    return SpokenLine(at_s=end_s - COUNTDOWN_S, text=load_texts(CueTexts).countdown)


def _without_collisions(lines: list[SpokenLine]) -> tuple[SpokenLine, ...]:
    """Return the first line and the later ones that begin after it is spoken; of two that collide the last stays."""
    first, *later = lines
    first_end_s = speech_s(first.text)
    later = [line for line in later if line.at_s >= first_end_s]
    spaced = [
        line
        for line, following in zip_longest(later, later[1:])
        if following is None or following.at_s - line.at_s >= MIN_SILENCE_S
    ]
    return first, *spaced
