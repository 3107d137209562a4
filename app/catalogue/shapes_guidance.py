"""The public shapes of guidelines, references and routines."""

from datetime import datetime
from typing import Any

from pydantic import Field

from app.catalogue.shapes import Evidence, Shape, Slug
from app.rules.notices import License
from app.rules.vocabulary import AppliesTo, Certainty, Goal, ReferenceKind, Source, Suit, Topic


class Measure(Shape):
    """A figure: from `min` to `max`, the same twice where it is one value, one of them null where it is a limit."""

    name: str
    min: float | None
    max: float | None
    unit: str
    qualifier: str | None = Field(description='Such as "at least", "at most", "about".')
    source: str = Field(description='Slug of a reference; or "article"; or "editorial": a choice of ours.')


class GuidelineProvenance(Shape):
    """Where a guideline comes from, and what is doubtful about it."""

    source: Source
    doubt_note: str | None = Field(description="What the evidence does not carry; null where nothing is in doubt.")


class Guideline(Shape):
    """One guideline: what to do, why, and how to check it."""

    slug: Slug
    topic: Topic
    title: str
    rule: str
    why: str
    how_to_check: str
    measures: tuple[Measure, ...]
    applies_to: tuple[AppliesTo, ...]
    goals: tuple[Goal, ...]
    exercises: tuple[Slug, ...] = Field(description="Exercises that go with it.")
    evidence: tuple[Evidence, ...]
    provenance: GuidelineProvenance
    license: License
    updated_at: datetime
    serial: int = Field(description="The catalogue serial of its last change.")


class Reference(Shape):
    """One source."""

    slug: Slug
    authors: str | None
    title: str
    year: int | None
    year_printed: int | None = Field(description="The year as the article prints it; null where it does not cite this.")
    container: str | None = Field(description="Journal, publisher or site.")
    doi: str | None
    url: str | None
    kind: ReferenceKind
    certainty: Certainty = Field(description="How sure it is that this is the source meant.")
    note: str = Field(description="What it supports, and its limits.")
    license: License
    updated_at: datetime
    serial: int = Field(description="The catalogue serial of its last change.")


class RoutineProvenance(Shape):
    """Where a routine comes from."""

    source: Source
    notes: tuple[str, ...]


class Routine(Shape):
    """One routine: a recipe, and the session built from it, ready to play."""

    slug: Slug
    title: str
    summary: str
    audience: str
    when_to_use: str
    goals: tuple[Goal, ...]
    suits: tuple[Suit, ...]
    recipe: dict[str, Any] = Field(
        description="The session request that it is built from; send it to POST /v1/sessions."
    )
    session: dict[str, Any] = Field(description="The built session, whole: a player needs nothing else.")
    provenance: RoutineProvenance
    license: License
    updated_at: datetime
    serial: int = Field(description="The catalogue serial of its last change.")
