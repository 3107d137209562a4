"""The public shapes of a built session: what an app plays, and why it is so."""

from typing import Literal, NamedTuple

from pydantic import Field

from app.kit.models import FrozenModel as Shape
from app.rules.dose import Dose, Tempo
from app.rules.notices import Disclaimer
from app.rules.vocabulary import Condition, Feature, Goal, Phase, Purpose
from app.schemas.exercise import Exercise, Figure, Slug

Kind = Literal["get_ready", "work", "switch", "rest", "transition"]
Side = Literal["left", "right", "both"]


class Serves(Shape):
    """Seconds of an exercise's work that count for a goal."""

    goal: Goal
    seconds: int


class Caution(Shape):
    """A stated condition that asks care with an exercise, and how."""

    condition: Condition
    feature: Feature
    advice: str


class ExerciseCard(Shape):
    """An exercise in a list; the whole record is under `exercises`."""

    slug: Slug
    name: str
    figure: Figure | None


class Item(Shape):
    """One exercise of a session, with its dose and the reasons for it."""

    position_in_session: int = Field(description="1 for the first exercise.")
    exercise: ExerciseCard
    dose: Dose
    duration_s: int = Field(description="Seconds from moving to it until its last set ends.")
    why: tuple[str, ...]
    serves: tuple[Serves, ...]
    cautions: tuple[Caution, ...] = Field(description="Only in the answer to the request that stated the conditions.")


class PhaseBlock(Shape):
    """A phase and its exercises in order."""

    phase: Phase
    duration_s: int
    items: tuple[Item, ...]


class Event(Shape):
    """A stretch of the timeline; the next begins where it ends."""

    at_s: int = Field(description="Seconds from the start.")
    duration_s: int
    kind: Kind
    slug: Slug = Field(description="The exercise that is done, or made ready for.")
    side: Side | None = Field(description="Null where nothing is being done.")
    set: int | None = Field(description="1 for the first set; null where no set is meant.")
    reps: int | None = Field(description="Repetitions, holds or breaths in this event.")
    cue: str = Field(description="A short line to speak at the start.")
    pace: Tempo | None = Field(description="Seconds out, held and back of each repetition or breath.")


class Coverage(Shape):
    """What a goal was asked to have and what it got."""

    goal: Goal
    asked_share: float = Field(description="Of the weights, 0-1.")
    given_share: float = Field(description="Of the seconds that serve any asked goal, 0-1.")
    seconds: int
    reason: str | None = Field(
        description="Why the shares differ by more than 0.1, or why so little of the session; else null."
    )


class FunnelStep(Shape):
    """How many exercises are left after a step."""

    step: Literal[
        "catalogue", "equipment", "position", "level", "purpose", "excluded", "history", "conditions", "eligible"
    ]
    left: int


class Excluded(Shape):
    """An exercise that a stated condition bars, why, and what serves the same goal instead."""

    slug: Slug
    condition: Condition
    feature: Feature
    alternative: Slug | None


class Plan(NamedTuple):
    """A built session before it is given an id: all that the builder has to say."""

    title: str
    duration_s: int
    purpose: Purpose
    seed: int
    phases: tuple[PhaseBlock, ...]
    timeline: tuple[Event, ...]
    coverage: tuple[Coverage, ...]
    funnel: tuple[FunnelStep, ...]
    excluded: tuple[Excluded, ...]
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
