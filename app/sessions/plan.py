"""A built session before it is given an id: all that the builder has to say."""

from typing import NamedTuple

from app.rules.notices import Disclaimer
from app.rules.vocabulary import Purpose
from app.schemas.exercise import Exercise
from app.schemas.session import Coverage, EligibilityStep, ExcludedExercise, SessionPhase, TimelineEvent


class Plan(NamedTuple):
    """A built session before it is given an id: all that the builder has to say."""

    title: str
    duration_s: int
    purpose: Purpose
    seed: int
    phases: tuple[SessionPhase, ...]
    timeline: tuple[TimelineEvent, ...]
    coverage: tuple[Coverage, ...]
    funnel: tuple[EligibilityStep, ...]
    excluded: tuple[ExcludedExercise, ...]
    exercises: dict[str, Exercise]
    shortfall_s: int
    shortfall_reason: str | None
    notes: tuple[str, ...]
    stop_rules: tuple[str, ...]
    disclaimer: Disclaimer
    score: int
    stored_why: dict[str, tuple[str, ...]]
    """Of each exercise, the reasons that may be kept: none tells of the person."""
    stored_notes: tuple[str, ...]


INTERNAL = frozenset({"score", "stored_why", "stored_notes"})
"""What the builder says of a plan and no player needs."""
