"""Tables of the catalogue. A CHECK guards every term of a closed list, a foreign key every link."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.changes.tables import check_in
from app.kit.closed_lists import list_words
from app.kit.database import UtcDateTime
from app.rules import vocabulary

ORIGINS = ("seed", "api")
"""Who wrote a record last: the seed files, or an edit over the API."""


PICTURE_PHASES = ("start", "end")
"""What an uploaded picture shows: the posture at the start or at the end."""
IS_SHARED = sa.text("slug = replace(slug, '--', '-')")
"""The condition of an index of shared records: their slugs have no two hyphens in a row."""


def _slug_check() -> sa.CheckConstraint:
    return sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name="slug_formed")


# Lists and objects that no query looks into are JSON: filters work on the snapshot, not on the database.
def _json_column() -> Any:
    return Field(sa_type=sa.JSON)


def _owner_key(table: str) -> Any:
    """A part of the primary key that names a record of `table`; the row is deleted with that record."""
    return Field(foreign_key=f"{table}.slug", ondelete="CASCADE", primary_key=True)


class RecordBase(SQLModel):
    """Columns of every record of the catalogue."""

    slug: str = Field(primary_key=True, max_length=80)
    origin: str
    serial: int = Field(sa_type=sa.BigInteger)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ReferenceRow(RecordBase, table=True):
    """A source."""

    __tablename__ = "reference"
    __table_args__ = (
        _slug_check(),
        check_in("origin", ORIGINS),
        check_in("kind", list_words(vocabulary.ReferenceKind)),
        check_in("certainty", list_words(vocabulary.Certainty)),
        sa.CheckConstraint("year BETWEEN 1800 AND 2200", name="year_sane"),
    )

    authors: str | None
    title: str
    year: int | None
    year_printed: int | None
    container: str | None
    doi: str | None = Field(unique=True)
    url: str | None
    kind: str
    certainty: str
    note: str


class ExerciseRow(RecordBase, table=True):
    """An exercise; its goals, links and evidence have tables of their own."""

    __tablename__ = "exercise"
    __table_args__ = (
        _slug_check(),
        check_in("origin", ORIGINS),
        check_in("category", list_words(vocabulary.Category)),
        check_in("pattern", list_words(vocabulary.Pattern)),
        check_in("position", list_words(vocabulary.Position)),
        check_in("load_group", list_words(vocabulary.LoadGroup)),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_range"),
        sa.CheckConstraint("est_duration_s > 0", name="takes_time"),
        # Of shared exercises: two partners may use a name, and neither may learn of the other by a refusal.
        sa.Index("uq_exercise_shared_name", "name", unique=True, sqlite_where=IS_SHARED, postgresql_where=IS_SHARED),
    )

    name: str
    summary: str
    category: str
    pattern: str
    position: str
    level: int
    unilateral: bool
    est_duration_s: int
    breathing: str
    load_group: str
    family: str = Field(index=True)
    reviewed_by: str | None
    aliases: list[Any] = _json_column()
    suits: list[Any] = _json_column()
    movements: list[Any] = _json_column()
    phases: list[Any] = _json_column()
    equipment: list[Any] = _json_column()
    dose: dict[str, Any] = _json_column()
    steps: list[Any] = _json_column()
    cues: list[Any] = _json_column()
    mistakes: list[Any] = _json_column()
    muscles: dict[str, Any] = _json_column()
    regions: list[Any] = _json_column()
    strains: list[Any] = _json_column()
    contraindications: list[Any] = _json_column()
    provenance: dict[str, Any] = _json_column()
    platform: dict[str, Any] = _json_column()
    sides: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    figure: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class ExercisePicture(SQLModel, table=True):
    """A picture that a partner uploaded for an exercise of its own: harmless, and in the frame of all pictures.

    `digest` is that of the drawing, as hexadecimal digits.
    """

    __tablename__ = "exercise_picture"
    __table_args__ = (
        check_in("phase", PICTURE_PHASES),
        sa.CheckConstraint("alt <> '' AND license <> ''", name="has_texts"),
    )

    exercise: str = _owner_key("exercise")
    phase: str = Field(primary_key=True)
    drawing: bytes = Field(sa_type=sa.LargeBinary)
    digest: str
    size_bytes: int
    alt: str
    license: str
    credit: str


class ExerciseGoal(SQLModel, table=True):
    """A goal of an exercise: `rank` is its place in the order, `weight` its importance (1 to 3)."""

    __tablename__ = "exercise_goal"
    __table_args__ = (
        check_in("goal", list_words(vocabulary.Goal)),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name="weight_range"),
        sa.UniqueConstraint("exercise", "rank"),
    )

    exercise: str = _owner_key("exercise")
    goal: str = Field(primary_key=True)
    weight: int
    rank: int


class ExerciseLink(SQLModel, table=True):
    """`harder` is the next step up from `easier`; the reverse link is read from the same row."""

    __tablename__ = "exercise_link"
    __table_args__ = (sa.CheckConstraint("easier <> harder", name="not_itself"),)

    easier: str = _owner_key("exercise")
    harder: str = _owner_key("exercise")


class ExerciseEvidence(SQLModel, table=True):
    """A source of an exercise, and what it supports."""

    __tablename__ = "exercise_evidence"

    exercise: str = _owner_key("exercise")
    reference: str = _owner_key("reference")
    rank: int
    supports: str


class GuidelineRow(RecordBase, table=True):
    """A guideline; its measures, exercises and evidence have tables of their own."""

    __tablename__ = "guideline"
    __table_args__ = (_slug_check(), check_in("origin", ORIGINS), check_in("topic", list_words(vocabulary.Topic)))

    topic: str
    title: str
    rule: str
    why: str
    how_to_check: str
    applies_to: list[Any] = _json_column()
    goals: list[Any] = _json_column()
    provenance: dict[str, Any] = _json_column()


class GuidelineMeasure(SQLModel, table=True):
    """A measure of a guideline. It comes from a `reference`, or `source` says `article` or `editorial`."""

    __tablename__ = "guideline_measure"
    __table_args__ = (
        sa.CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name="has_a_figure"),
        sa.CheckConstraint("low <= high", name="in_order"),
        sa.CheckConstraint("(source IS NULL) = (reference IS NOT NULL)", name="one_source"),
    )

    guideline: str = _owner_key("guideline")
    rank: int = Field(primary_key=True)
    name: str
    # Called `min` and `max` in the API; those are functions of SQL.
    low: float | None
    high: float | None
    unit: str
    qualifier: str | None
    source: str | None
    reference: str | None = Field(foreign_key="reference.slug")


class GuidelineExercise(SQLModel, table=True):
    """An exercise that a guideline recommends."""

    __tablename__ = "guideline_exercise"

    guideline: str = _owner_key("guideline")
    exercise: str = _owner_key("exercise")
    rank: int


class GuidelineEvidence(SQLModel, table=True):
    """A source of a guideline, and what it supports."""

    __tablename__ = "guideline_evidence"

    guideline: str = _owner_key("guideline")
    reference: str = _owner_key("reference")
    rank: int
    supports: str


class RoutineRow(RecordBase, table=True):
    """A routine: a recipe and the session built from it. Its exercise records are replaced by the present ones."""

    __tablename__ = "routine"
    __table_args__ = (
        _slug_check(),
        check_in("origin", ORIGINS),
        sa.CheckConstraint("duration_s BETWEEN 30 AND 3600", name="duration_range"),
    )

    name: str
    summary: str
    audience: str
    when_to_use: str
    duration_s: int
    suits: list[Any] = _json_column()
    recipe: dict[str, Any] = _json_column()
    session: dict[str, Any] = _json_column()
    provenance: dict[str, Any] = _json_column()


class RoutineExercise(SQLModel, table=True):
    """An exercise of a routine's session."""

    __tablename__ = "routine_exercise"

    routine: str = _owner_key("routine")
    exercise: str = _owner_key("exercise")


class SynonymRow(SQLModel, table=True):
    """A search term that people use, and the records and facets that it means."""

    __tablename__ = "synonym"

    term: str = Field(primary_key=True)
    content: dict[str, Any] = _json_column()
