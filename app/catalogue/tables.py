"""Stored shapes of the catalogue: every vocabulary word under a CHECK, every link under a foreign key."""

from datetime import datetime
from typing import Any, get_args

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.changes.tables import check_in
from app.kit.database import UtcDateTime
from app.rules import vocabulary as words

ORIGINS = ("seed", "api")


def _slug(column: str = "slug") -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} <> '' AND {column} = lower({column})", name=f"{column}_formed")


def _json() -> Any:
    return Field(sa_type=sa.JSON)


def _to(target: str, **more: Any) -> Any:
    return Field(foreign_key=f"{target}.slug", ondelete="CASCADE", primary_key=True, **more)


class Record(SQLModel):
    """What every record of the catalogue has."""

    slug: str = Field(primary_key=True, max_length=80)
    origin: str
    serial: int = Field(sa_type=sa.BigInteger)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ReferenceRow(Record, table=True):
    """A source."""

    __tablename__ = "reference"
    __table_args__ = (
        _slug(),
        check_in("origin", ORIGINS),
        check_in("kind", get_args(words.ReferenceKind)),
        check_in("certainty", get_args(words.Certainty)),
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


class ExerciseRow(Record, table=True):
    """An exercise; its goals, links and evidence stand in tables of their own."""

    __tablename__ = "exercise"
    __table_args__ = (
        _slug(),
        check_in("origin", ORIGINS),
        check_in("category", get_args(words.Category)),
        check_in("pattern", get_args(words.Pattern)),
        check_in("position", get_args(words.Position)),
        check_in("load_group", get_args(words.LoadGroup)),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_range"),
        sa.CheckConstraint("est_duration_s > 0", name="takes_time"),
    )

    name: str = Field(unique=True)
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
    aliases: list[Any] = _json()
    suits: list[Any] = _json()
    movements: list[Any] = _json()
    phases: list[Any] = _json()
    equipment: list[Any] = _json()
    dose: dict[str, Any] = _json()
    steps: list[Any] = _json()
    cues: list[Any] = _json()
    mistakes: list[Any] = _json()
    muscles: list[Any] = _json()
    regions: list[Any] = _json()
    features: list[Any] = _json()
    contraindications: list[Any] = _json()
    provenance: dict[str, Any] = _json()
    platform: dict[str, Any] = _json()
    figure: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class ExerciseGoal(SQLModel, table=True):
    """What an exercise is for: `rank` is the order, `weight` how much."""

    __tablename__ = "exercise_goal"
    __table_args__ = (
        check_in("goal", get_args(words.Goal)),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name="weight_range"),
        sa.UniqueConstraint("exercise", "rank"),
    )

    exercise: str = _to("exercise")
    goal: str = Field(primary_key=True)
    weight: int
    rank: int


class ExerciseLink(SQLModel, table=True):
    """`harder` is the next step up from `easier`; each row is read both ways."""

    __tablename__ = "exercise_link"
    __table_args__ = (sa.CheckConstraint("easier <> harder", name="not_itself"),)

    easier: str = _to("exercise")
    harder: str = _to("exercise")


class ExerciseEvidence(SQLModel, table=True):
    """What a source supports of an exercise."""

    __tablename__ = "exercise_evidence"

    exercise: str = _to("exercise")
    reference: str = _to("reference")
    rank: int
    supports: str


class GuidelineRow(Record, table=True):
    """A guideline; measures, exercises and evidence stand in tables of their own."""

    __tablename__ = "guideline"
    __table_args__ = (_slug(), check_in("origin", ORIGINS), check_in("topic", get_args(words.Topic)))

    topic: str
    title: str
    rule: str
    why: str
    how_to_check: str
    applies_to: list[Any] = _json()
    goals: list[Any] = _json()
    provenance: dict[str, Any] = _json()


class GuidelineMeasure(SQLModel, table=True):
    """A figure of a guideline. `source` is a reference, or the article, or our own choice."""

    __tablename__ = "guideline_measure"
    __table_args__ = (
        sa.CheckConstraint("low IS NOT NULL OR high IS NOT NULL", name="has_a_figure"),
        sa.CheckConstraint("low <= high", name="in_order"),
        sa.CheckConstraint("(source IS NULL) = (reference IS NOT NULL)", name="one_source"),
    )

    guideline: str = _to("guideline")
    rank: int = Field(primary_key=True)
    name: str
    low: float | None
    high: float | None
    unit: str
    qualifier: str | None
    source: str | None
    reference: str | None = Field(foreign_key="reference.slug")


class GuidelineExercise(SQLModel, table=True):
    """An exercise that goes with a guideline."""

    __tablename__ = "guideline_exercise"

    guideline: str = _to("guideline")
    exercise: str = _to("exercise")
    rank: int


class GuidelineEvidence(SQLModel, table=True):
    """What a source supports of a guideline."""

    __tablename__ = "guideline_evidence"

    guideline: str = _to("guideline")
    reference: str = _to("reference")
    rank: int
    supports: str


class RoutineRow(Record, table=True):
    """A routine: a recipe, and the session that was built from it."""

    __tablename__ = "routine"
    __table_args__ = (
        _slug(),
        check_in("origin", ORIGINS),
        sa.CheckConstraint("duration_s BETWEEN 30 AND 3600", name="duration_range"),
    )

    name: str
    summary: str
    audience: str
    when_to_use: str
    duration_s: int
    suits: list[Any] = _json()
    recipe: dict[str, Any] = _json()
    session: dict[str, Any] = _json()
    provenance: dict[str, Any] = _json()


class RoutineExercise(SQLModel, table=True):
    """An exercise that a routine's session holds."""

    __tablename__ = "routine_exercise"

    routine: str = _to("routine")
    exercise: str = _to("exercise")


class SynonymRow(SQLModel, table=True):
    """A word that people use, and where it leads."""

    __tablename__ = "synonym"

    term: str = Field(primary_key=True)
    content: dict[str, Any] = _json()
