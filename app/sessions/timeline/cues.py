"""What a player says in each event, and when: short lines of calm speech that fit into their seconds."""

import re
from itertools import zip_longest
from typing import Final

from app.rules.dose import Dose, set_work_s
from app.rules.vocabulary import Side
from app.schemas.exercise import Exercise
from app.schemas.session import SpokenLine
from app.sessions.texts import CueTexts, load_texts

MAX_REST_CUE_WORDS: Final = 10
"""Words that a rest says at most: what is heard once, between efforts, must be short."""
SPOKEN_WORDS_PER_MINUTE: Final = 150
"""Rate of calm speech, which a line must fit into its time."""
MIN_HALF_WAY_S: Final = 40
"""Seconds of work from which on the half is told."""
MIN_LAST_REPS: Final = 3
"""Repetitions from which on the last one is told."""
COUNTDOWN_S: Final = 3
"""Seconds before its end at which a hold counts down."""
MIN_COUNTDOWN_S: Final = 15
"""Seconds of a hold from which on its end is counted down."""
MIN_SILENCE_S: Final = 4
"""Seconds between the starts of two lines, so that none interrupts another."""


def describe_amount(dose: Dose) -> str:
    """Return how much a set is on one side: "8 each side", "10 breaths", "Hold for 30 seconds"."""
    texts = load_texts(CueTexts).amounts
    if dose.breaths is not None:
        return texts.breaths.fill(count=dose.breaths)
    if dose.tempo is not None:
        template = texts.repetitions_each_side if dose.per_side else texts.repetitions
        return template.fill(count=dose.reps or 1)
    hold_s = dose.hold_s or 0
    if (dose.reps or 1) > 1:
        return texts.holds.fill(count=dose.reps, seconds=hold_s)
    template = texts.hold_each_side if dose.per_side else texts.hold
    return template.fill(seconds=hold_s)


def list_work_lines(cue: str, dose: Dose, side: Side, *, is_first_side: bool) -> tuple[SpokenLine, ...]:
    """Return the lines of one set on one side: how many and a cue, half way, the last one or a countdown.

    The second side does not repeat how many.
    """
    texts = load_texts(CueTexts)
    work_s = set_work_s(dose)
    amount = describe_amount(dose) if is_first_side else None
    lines = [SpokenLine(at_s=0, text=_start_line(side, amount, cue, work_s))]
    lines += [SpokenLine(at_s=work_s // 2, text=texts.half_way)] if work_s >= MIN_HALF_WAY_S else []
    lines += _ending_lines(dose, work_s)
    return _without_collisions(lines)


def transition_line(exercise: Exercise) -> str:
    """Return what is said while the person moves to an exercise."""
    return load_texts(CueTexts).transition.fill(exercise=exercise.name)


def ready_line(exercise: Exercise, *, was_named: bool) -> str:
    """Return what is said while the person takes the position: the name, but not again after a transition."""
    texts = load_texts(CueTexts)
    return texts.get_ready_again if was_named else texts.get_ready.fill(exercise=exercise.name)


def rest_line(exercise: Exercise, next_side: Side, next_set: int, rest_s: int) -> str:
    """Return what comes after a rest, as fully as can be said in its seconds."""
    texts = load_texts(CueTexts)
    lines = (
        texts.rest_before_set_of_exercise[next_side].fill(set=next_set, exercise=exercise.name),
        texts.rest_before_set[next_side].fill(set=next_set),
    )
    max_words = min(MAX_REST_CUE_WORDS, rest_s * SPOKEN_WORDS_PER_MINUTE // 60)
    return next((line for line in lines if count_spoken_words(line) <= max_words), texts.rest)


def switch_line() -> str:
    """Return what is said while the person changes sides."""
    return load_texts(CueTexts).switch


def count_spoken_words(text: str) -> int:
    """Return the words of a text as they are spoken: "side-lying" is two, "2" is one."""
    return len(re.findall(r"[\w']+", text))


def _start_line(side: Side, amount: str | None, cue: str, work_s: int) -> str:
    """Return side, amount and cue; the amount is left out where it is None or the seconds are too short for it."""
    texts = load_texts(CueTexts)
    shorter = texts.work_without_amount[side].fill(cue=cue)
    if amount is None:
        return shorter
    line = texts.work[side].fill(amount=amount, cue=cue)
    return line if count_spoken_words(line) <= work_s * SPOKEN_WORDS_PER_MINUTE // 60 else shorter


def _ending_lines(dose: Dose, work_s: int) -> list[SpokenLine]:
    """Return the line that tells the end: the last repetition or breath, or the last seconds of a hold."""
    texts = load_texts(CueTexts)
    count = dose.breaths or dose.reps or 1
    if count >= MIN_LAST_REPS:
        text = texts.last_breath if dose.breaths else texts.last_repetition
        return [SpokenLine(at_s=work_s - work_s // count, text=text)]
    if count == 1 and work_s >= MIN_COUNTDOWN_S:
        return [SpokenLine(at_s=work_s - COUNTDOWN_S, text=texts.countdown)]
    return []


def _without_collisions(lines: list[SpokenLine]) -> tuple[SpokenLine, ...]:
    """Return the first line and the later ones that begin after it is spoken; of two that collide the last stays."""
    first, *later = lines
    first_end_s = -(-count_spoken_words(first.text) * 60 // SPOKEN_WORDS_PER_MINUTE)
    later = [line for line in later if line.at_s >= first_end_s]
    spaced = [
        line
        for line, following in zip_longest(later, later[1:])
        if following is None or following.at_s - line.at_s >= MIN_SILENCE_S
    ]
    return first, *spaced
