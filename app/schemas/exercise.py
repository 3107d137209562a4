"""The public shape of an exercise and of what it is made of. Frozen: the snapshot holds these very objects."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.conditions import Verdict
from app.rules.dose import Dose
from app.rules.notices import Disclaimer, License
from app.rules.vocabulary import (
    Category,
    Condition,
    Equipment,
    Feature,
    Goal,
    LoadGroup,
    Movement,
    Occasion,
    Pattern,
    Phase,
    Position,
    Region,
    Source,
)

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Lower-case words and digits with single hyphens between them, such as `open-book`."""

Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=80, description="Stable id, never reused.")]
"""The stable id of a record."""


class Mistake(FrozenModel):
    """A common fault and what to do instead."""

    mistake: str
    instead: str


class Contraindication(FrozenModel):
    """What a condition says of an exercise, and the feature that decides it."""

    condition: Condition
    verdict: Verdict
    feature: Feature


class Evidence(FrozenModel):
    """A source and what it supports here."""

    reference: Slug
    supports: str


class Provenance(FrozenModel):
    """Where a record comes from."""

    source: Source
    article_dose: str | None = Field(
        description="The dose as the article gives it, in our words; null where it is ours."
    )
    notes: tuple[str, ...] = Field(description="Editorial choices and doubts.")


class Figure(FrozenModel):
    """The illustration of an exercise."""

    svg: str
    png: str
    alt: str = Field(description="The posture in words.")
    license: str
    credit: str


class Platform(FrozenModel):
    """What the exercise is called on the platforms where a session may be logged."""

    health_connect: str
    healthkit: str
    garmin: str


class Exercise(FrozenModel):
    """One exercise, whole: what it is for, how to do it, how much, for whom not, and where it comes from."""

    slug: Slug
    name: str
    aliases: tuple[str, ...]
    summary: str = Field(description="One sentence that says what it is good for.")
    category: Category
    goals: tuple[Goal, ...] = Field(description="Most important first.")
    goal_weights: dict[Goal, int] = Field(description="3 what it is for, 2 clearly serves it, 1 touches it.")
    suits: tuple[Occasion, ...]
    movements: tuple[Movement, ...]
    pattern: Pattern
    phases: tuple[Phase, ...]
    position: Position
    equipment: tuple[tuple[Equipment, ...], ...] = Field(
        description="Every group is needed, any one of a group will do: `[[chair, bench], [resistance_band]]` reads "
        "(chair or bench) and band. A mat is a comfort and never needed."
    )
    level: int = Field(ge=1, le=5, description="1 anyone, 5 trained.")
    unilateral: bool = Field(description="True where each side is done in turn.")
    dose: Dose
    est_duration_s: int = Field(description="Seconds that the dose takes, changes of side and rests included.")
    steps: tuple[str, ...]
    cues: tuple[str, ...] = Field(description="Short lines to speak.")
    mistakes: tuple[Mistake, ...]
    breathing: str
    muscles: tuple[str, ...]
    regions: tuple[Region, ...]
    load_group: LoadGroup = Field(description="What tires; a session never puts two of a kind side by side.")
    features: tuple[Feature, ...] = Field(description="Facts from which the contraindications follow.")
    contraindications: tuple[Contraindication, ...]
    easier: tuple[Slug, ...]
    harder: tuple[Slug, ...]
    family: str = Field(description="Forms of one drill; a session holds one of a family.")
    evidence: tuple[Evidence, ...]
    provenance: Provenance
    figure: Figure | None = Field(description="Null until drawn.")
    platform: Platform
    license: License
    stop_rules: tuple[str, ...]
    disclaimer: Disclaimer
    reviewed_by: str | None = Field(description="The clinician who has read it; null: nobody yet.")
    updated_at: datetime
    serial: int = Field(description="The catalogue serial of its last change.")
