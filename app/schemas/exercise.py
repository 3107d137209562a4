"""The public JSON shape of an exercise and of its parts. Frozen: the snapshot holds these objects themselves."""

from typing import Annotated

from pydantic import Field

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.rules.conditions import Verdict
from app.rules.dose import Dose
from app.rules.equipment import EquipmentGroup
from app.rules.muscles import ExerciseMuscles
from app.rules.notices import Disclaimer, License
from app.rules.strains import ExerciseStrain, Strain
from app.rules.vocabulary import (
    Category,
    Condition,
    ContentSource,
    Goal,
    LoadGroup,
    Movement,
    Occasion,
    Pattern,
    Phase,
    Position,
    Region,
    Side,
)

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Lower-case words and digits with single hyphens between them, such as `open-book`."""
EXERCISE_SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*)?$"
"""The same, or such a slug of a partner, two hyphens and another one: `acme--wall-drill` is an exercise of its own."""

Slug = Annotated[
    str, Field(pattern=SLUG_PATTERN, max_length=80, description="Stable id, never reused.", examples=["open-book"])
]
"""The stable id of a record."""
ExerciseSlug = Annotated[
    str,
    Field(pattern=EXERCISE_SLUG_PATTERN, max_length=80, description="Stable id, never reused.", examples=["open-book"]),
]
"""The stable id of an exercise, which may be one of a partner's own."""


class Cue(FrozenModel):
    """A short instruction to speak aloud."""

    text: str
    strain: Strain | None = Field(
        description="The strain that the words ask for; a session with a caution for that strain does not speak them. "
        "Null where anyone may hear them."
    )


class Mistake(FrozenModel):
    """A common mistake, and what to do instead."""

    mistake: str
    instead: str


class Contraindication(FrozenModel):
    """A condition with which to avoid the exercise or take care, and the strains of the exercise that decide it."""

    condition: Condition
    verdict: Verdict
    strains: tuple[Strain, ...]
    advice: str = Field(description="How to take care, or that the exercise is to be left out.")


class Evidence(FrozenModel):
    """A source, and what it supports in this record."""

    reference: Slug
    supports: str


class Provenance(FrozenModel):
    """Where a record comes from."""

    source: ContentSource
    article_dose: str | None = Field(
        description="The dose as the article gives it, in our words; null where the dose is ours."
    )
    notes: tuple[str, ...] = Field(description="Editorial choices and doubts.")


class Figure(FrozenModel):
    """The illustration of an exercise, still and moving. Add `?side=left` or `?side=right` for the side that works."""

    hash: str = Field(
        description="Changes when the drawing or its motion changes. With `?v=` and this hash the pictures may be kept "
        "for good."
    )
    svg: str = Field(description="Vectors: still, or moving with `?phase=animated`.")
    png: str = Field(description="Pixels, still.")
    webp: str = Field(description="The motion in pixels; of an uploaded picture, a still.")
    gif: str | None = Field(
        description="The motion in pixels, for mail and slides; null where the picture was uploaded."
    )
    lottie: str | None = Field(
        description="The motion in vectors, for players of Lottie animations; null where the picture was uploaded."
    )
    drawn_side: Side = Field(description="The side that works where no `side` is asked for.")
    alt: str = Field(description="The text alternative: the postures in words, of the drawn side.")
    alt_other_side: str | None = Field(
        description="The text alternative for the other side; null where `drawn_side` is `both`."
    )
    license: str
    credit: str


class Platform(FrozenModel):
    """The activity type of the exercise on platforms where a session can be logged."""

    health_connect: str
    healthkit: str
    garmin: str


class ExerciseSides(FrozenModel):
    """What the sides of a one-sided exercise are. The lines are those of the left side, mirrored for the right one."""

    start: str | None = Field(description="How to get ready; null where the side does not matter for that.")
    work: str = Field(description="Which part of the body works, and how.")
    trains_other_side: bool = Field(
        description="Whether a side trains the other one: knees to the right turn the back."
    )


class Exercise(FrozenModel):
    """An exercise: purpose, instructions, dose, contraindications and sources."""

    slug: ExerciseSlug
    name: str
    aliases: tuple[str, ...]
    summary: str = Field(description="One sentence: what the exercise is good for.")
    category: Category
    goals: tuple[Goal, ...] = Field(description="Most important first.")
    goal_weights: dict[Goal, int] = Field(description="3: the main purpose, 2: clearly served, 1: served a little.")
    suits: tuple[Occasion, ...]
    movements: tuple[Movement, ...]
    pattern: Pattern
    phases: tuple[Phase, ...]
    position: Position
    equipment: tuple[EquipmentGroup, ...] = Field(
        description="One piece of every group is needed: `[{any_of: [chair, bench]}, {any_of: [resistance_band]}]` "
        "means (chair or bench) and band. A mat is optional and never needed."
    )
    level: int = Field(ge=1, le=5, description="1: anyone, 5: trained.")
    unilateral: bool = Field(description="True where the sides are trained one after the other.")
    sides: ExerciseSides | None = Field(description="What is said of each side; null: `Left side.`")
    dose: Dose
    est_duration_s: int = Field(description="Seconds that the dose takes, with changes of side and rests.")
    steps: tuple[str, ...]
    cues: tuple[Cue, ...]
    mistakes: tuple[Mistake, ...]
    breathing: str
    muscles: ExerciseMuscles = Field(description="By role; at least one muscle has one.")
    regions: tuple[Region, ...]
    load_group: LoadGroup = Field(
        description="What gets tired; a session does not put two exercises of one load group next to each other."
    )
    strains: tuple[ExerciseStrain, ...] = Field(
        description="Demands on the body, from which the contraindications follow."
    )
    contraindications: tuple[Contraindication, ...] = Field(description="At most one for each condition.")
    easier: tuple[ExerciseSlug, ...]
    harder: tuple[ExerciseSlug, ...]
    family: str = Field(
        description="Variants of one exercise have the same family; a session has at most one exercise of a family."
    )
    evidence: tuple[Evidence, ...]
    provenance: Provenance
    figure: Figure | None = Field(description="Null until it is drawn.")
    platform: Platform
    license: License
    stop_rules: tuple[str, ...]
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has reviewed the record; null: nobody yet.")
    updated_at: Timestamp
    serial: int = Field(description="The catalogue serial of its last change.")
