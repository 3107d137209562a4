"""The introduction of an exercise that the person does not know yet: its steps, spoken before it."""

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


def introduce_exercise(exercise: Exercise) -> Introduction:
    """Return the name and every step of an exercise, each said when the one before is over."""
    return _introduce(exercise.name, exercise.steps)


# Cached by what is said: a build asks for the seconds of every exercise that fits.
@lru_cache(maxsize=1024)
def _introduce(name: str, steps: tuple[str, ...]) -> Introduction:
    lines = []
    start_s = 0
    for text in (load_texts(CueTexts).introduction.fill(exercise=name), *steps):
        lines.append(SpokenLine(at_s=start_s, text=text))
        start_s += speech_s(text) + STEP_PAUSE_S
    return Introduction(tuple(lines), start_s)
