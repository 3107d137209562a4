"""Rows to public shapes and back: the one place that knows both."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from sqlmodel import Session, SQLModel, select

from app.catalogue import tables
from app.rules.notices import CONTENT_LICENSE, load_disclaimer, load_stop_rules
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine

Shaped = Exercise | Guideline | Reference | Routine
R = TypeVar("R", bound=tables.Record)
C = TypeVar("C", bound=SQLModel)
NOT_STORED = {"license", "disclaimer", "stop_rules"}
"""The same for every record: added when read."""

WHOLE_ONLY = {"exercises", "catalogue_serial"}
"""Of a routine's session: told from the records beside it when read."""


class Stored(NamedTuple):
    """All that is stored, as public shapes by slug, and each record's origin by kind and slug."""

    exercises: dict[str, Exercise]
    guidelines: dict[str, Guideline]
    references: dict[str, Reference]
    routines: dict[str, Routine]
    synonyms: tuple[dict[str, Any], ...]
    origins: dict[tuple[str, str], str]


def load(session: Session) -> Stored:
    """Everything, one query a table, ordered by slug."""
    exercises = _all(session, tables.ExerciseRow)
    guidelines = _all(session, tables.GuidelineRow)
    references = _all(session, tables.ReferenceRow)
    routines = _all(session, tables.RoutineRow)
    kinds = {"exercise": exercises, "guideline": guidelines, "reference": references, "routine": routines}
    synonyms = sorted(session.exec(select(tables.SynonymRow)), key=lambda row: row.term)
    shaped = _exercises(session, exercises)
    return Stored(
        exercises=shaped,
        guidelines=_guidelines(session, guidelines),
        references={row.slug: Reference(**_own(row), license=CONTENT_LICENSE) for row in references},
        routines={row.slug: _routine(row, shaped) for row in routines},
        synonyms=tuple({"term": row.term, **row.content} for row in synonyms),
        origins={(kind, row.slug): row.origin for kind, rows in kinds.items() for row in rows},
    )


def _all(session: Session, table: type[R]) -> Sequence[R]:
    """Rows by slug: sorted here, since PostgreSQL's order depends on its locale (many skip the hyphens)."""
    return sorted(session.exec(select(table)), key=lambda row: row.slug)


def _own(row: tables.Record) -> dict[str, Any]:
    return row.model_dump(exclude={"origin"})


def _children(session: Session, table: type[C], owner: str, order: str) -> dict[str, list[C]]:
    """Rows of a child table by the slug that owns them."""
    found: dict[str, list[C]] = defaultdict(list)
    for row in sorted(session.exec(select(table)), key=lambda row: getattr(row, order)):
        found[getattr(row, owner)].append(row)
    return found


def _exercises(session: Session, rows: Sequence[tables.ExerciseRow]) -> dict[str, Exercise]:
    goals = _children(session, tables.ExerciseGoal, "exercise", "rank")
    evidence = _children(session, tables.ExerciseEvidence, "exercise", "rank")
    harder = _children(session, tables.ExerciseLink, "easier", "harder")
    easier = _children(session, tables.ExerciseLink, "harder", "easier")
    return {
        row.slug: Exercise(
            **_own(row),
            goals=[goal.goal for goal in goals[row.slug]],
            goal_weights={goal.goal: goal.weight for goal in goals[row.slug]},
            evidence=[{"reference": one.reference, "supports": one.supports} for one in evidence[row.slug]],
            easier=[link.easier for link in easier[row.slug]],
            harder=[link.harder for link in harder[row.slug]],
            license=CONTENT_LICENSE,
            disclaimer=load_disclaimer(),
            stop_rules=load_stop_rules(),
        )
        for row in rows
    }


def _guidelines(session: Session, rows: Sequence[tables.GuidelineRow]) -> dict[str, Guideline]:
    measures = _children(session, tables.GuidelineMeasure, "guideline", "rank")
    exercises = _children(session, tables.GuidelineExercise, "guideline", "rank")
    evidence = _children(session, tables.GuidelineEvidence, "guideline", "rank")
    return {
        row.slug: Guideline(
            **_own(row),
            measures=[
                {
                    "name": one.name,
                    "min": one.low,
                    "max": one.high,
                    "unit": one.unit,
                    "qualifier": one.qualifier,
                    "source": one.reference or one.source,
                }
                for one in measures[row.slug]
            ],
            exercises=[one.exercise for one in exercises[row.slug]],
            evidence=[{"reference": one.reference, "supports": one.supports} for one in evidence[row.slug]],
            license=CONTENT_LICENSE,
        )
        for row in rows
    }


def _routine(row: tables.RoutineRow, exercises: dict[str, Exercise]) -> Routine:
    """A routine with its session made whole: the records of its exercises stand beside the plan, never copied."""
    used = {item["exercise"]["slug"] for phase in row.session["phases"] for item in phase["items"]}
    whole = {
        **row.session,
        "catalogue_serial": row.serial,
        "exercises": {slug: exercises[slug].model_dump(mode="json") for slug in sorted(used)},
    }
    goals = [goal["goal"] for goal in row.recipe["goals"]]
    plain = row.model_dump(exclude={"origin", "duration_s", "session"})
    return Routine(**plain, session=whole, goals=goals, license=CONTENT_LICENSE)


def rows_of(shape: Shaped, origin: str) -> tuple[tables.Record, list[SQLModel]]:
    """The row of a record and the rows that hang on it, links to harder exercises among them."""
    if isinstance(shape, Exercise):
        return _exercise_rows(shape, origin)
    if isinstance(shape, Guideline):
        return _guideline_rows(shape, origin)
    if isinstance(shape, Reference):
        return tables.ReferenceRow(**shape.model_dump(exclude=NOT_STORED), origin=origin), []
    plain = shape.model_dump(mode="json", exclude=NOT_STORED | {"goals", "updated_at"})
    row = tables.RoutineRow(**plain, duration_s=shape.recipe["duration_s"], updated_at=shape.updated_at, origin=origin)
    used = sorted(shape.session["exercises"])
    return row, [tables.RoutineExercise(routine=shape.slug, exercise=slug) for slug in used]


def _exercise_rows(shape: Exercise, origin: str) -> tuple[tables.Record, list[SQLModel]]:
    apart = {"goals", "goal_weights", "evidence", "easier", "harder", "updated_at"}
    plain = shape.model_dump(mode="json", exclude=NOT_STORED | apart)
    row = tables.ExerciseRow(**plain, updated_at=shape.updated_at, origin=origin)
    goals = [
        tables.ExerciseGoal(exercise=shape.slug, goal=goal, weight=shape.goal_weights[goal], rank=rank)
        for rank, goal in enumerate(shape.goals)
    ]
    links = [tables.ExerciseLink(easier=shape.slug, harder=slug) for slug in shape.harder]
    evidence = [
        tables.ExerciseEvidence(exercise=shape.slug, reference=one.reference, rank=rank, supports=one.supports)
        for rank, one in enumerate(shape.evidence)
    ]
    return row, [*goals, *links, *evidence]


def _guideline_rows(shape: Guideline, origin: str) -> tuple[tables.Record, list[SQLModel]]:
    plain = shape.model_dump(mode="json", exclude=NOT_STORED | {"measures", "exercises", "evidence", "updated_at"})
    row = tables.GuidelineRow(**plain, updated_at=shape.updated_at, origin=origin)
    slug = shape.slug
    measures = [
        tables.GuidelineMeasure(
            guideline=slug,
            rank=rank,
            low=one.min,
            high=one.max,
            source=one.source if one.source in ("article", "editorial") else None,
            reference=one.source if one.source not in ("article", "editorial") else None,
            **one.model_dump(include={"name", "unit", "qualifier"}),
        )
        for rank, one in enumerate(shape.measures)
    ]
    exercises = [
        tables.GuidelineExercise(guideline=slug, exercise=other, rank=rank)
        for rank, other in enumerate(shape.exercises)
    ]
    evidence = [
        tables.GuidelineEvidence(guideline=slug, reference=one.reference, rank=rank, supports=one.supports)
        for rank, one in enumerate(shape.evidence)
    ]
    return row, [*measures, *exercises, *evidence]


CHILDREN: dict[str, tuple[tuple[type[SQLModel], str], ...]] = {
    "exercise": (
        (tables.ExerciseGoal, "exercise"),
        (tables.ExerciseLink, "easier"),
        (tables.ExerciseEvidence, "exercise"),
    ),
    "guideline": (
        (tables.GuidelineMeasure, "guideline"),
        (tables.GuidelineExercise, "guideline"),
        (tables.GuidelineEvidence, "guideline"),
    ),
    "reference": (),
    "routine": ((tables.RoutineExercise, "routine"),),
}
"""What hangs on a record of each kind, and by which column."""
