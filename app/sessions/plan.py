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
    """The objective of the selection, in points."""
    storable_reasons: tuple[tuple[str, ...], ...]
    """For each exercise in order, the reasons that may be stored: none tells of the person."""
    storable_notes: tuple[str, ...]
    """The notes that may be stored."""
    storable_timeline: tuple[TimelineEvent, ...]
    """The timeline that may be stored: which cues are missing tells nothing of which conditions were stated."""


BUILDER_ONLY_FIELDS = frozenset({"score", "storable_reasons", "storable_notes", "storable_timeline"})
"""Fields of a plan that a session does not have."""
