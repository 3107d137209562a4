"""The introduction of an exercise: its steps for a person who does not know it yet, and the note of a prescription."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from app.schemas.exercise import Exercise
from app.schemas.session import SpokenLine
from app.sessions.problem.cue_texts import CueTexts
from app.sessions.problem.speech import speech_s
from app.texts.loader import load_texts

STEP_PAUSE_S: Final = 1
"""Seconds after each step."""


class Introduction(NamedTuple):
    """What is spoken, and how long it takes."""

    lines: tuple[SpokenLine, ...]
    duration_s: int


def introduce_exercise(
    exercise: Exercise, note: str | None = None, *, has_steps: bool = True, was_named: bool = False
) -> Introduction:
    """Return the name, every step and the note of an exercise, each said when the one before is over.

    Without steps the name is left out where it was said just before.
    """
    if not has_steps:
        texts = load_texts(CueTexts)
        names = () if was_named else (texts.name_before_note.fill(exercise=exercise.name),)
        # Not kept: a note is anybody's text.
        return _say_in_turn((*names, *([] if note is None else [note])))
    introduction = _introduce(exercise.name, exercise.steps)
    if note is None:
        return introduction
    return _say_in_turn((*(line.text for line in introduction.lines), note))


# Cached by what is said: a build asks for the seconds of every exercise that fits.
@lru_cache(maxsize=1024)
def _introduce(name: str, steps: tuple[str, ...]) -> Introduction:
    return _say_in_turn((load_texts(CueTexts).introduction.fill(exercise=name), *steps))


def _say_in_turn(texts: Iterable[str]) -> Introduction:
    lines = []
    start_s = 0
    for text in texts:
        lines.append(SpokenLine(at_s=start_s, text=text))
        start_s += speech_s(text) + STEP_PAUSE_S
    return Introduction(tuple(lines), start_s)
