"""The public JSON shape of a guideline."""

from pydantic import Field

from app.kit.models import FrozenModel
from app.kit.timestamps import Timestamp
from app.rules.notices import License
from app.rules.vocabulary import AppliesTo, ContentSource, Goal, Topic
from app.schemas.exercise import Evidence, Slug


class Measure(FrozenModel):
    """A range from `min` to `max`. Both are equal for a single value; one of them is null for a limit."""

    name: str
    min: float | None
    max: float | None
    unit: str
    qualifier: str | None = Field(description='Such as "at least", "at most", "about".')
    source: str = Field(description="Slug of a reference, or `article`, or `editorial`: our own choice.")


class GuidelineProvenance(FrozenModel):
    """Where a guideline comes from, and what is uncertain about it."""

    source: ContentSource
    doubt_note: str | None = Field(description="What the evidence does not support; null where nothing is in doubt.")


class Guideline(FrozenModel):
    """A guideline: what to do, why, and how to check it."""

    slug: Slug
    topic: Topic
    title: str
    rule: str
    why: str
    how_to_check: str
    measures: tuple[Measure, ...]
    applies_to: tuple[AppliesTo, ...]
    goals: tuple[Goal, ...]
    exercises: tuple[Slug, ...] = Field(description="Exercises that help to follow it.")
    evidence: tuple[Evidence, ...]
    provenance: GuidelineProvenance
    license: License
    updated_at: Timestamp
    serial: int = Field(description="The catalogue serial of its last change.")
