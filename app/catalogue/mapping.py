"""Converts between stored rows and public records: the one module that knows both."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session as Transaction
from sqlmodel import SQLModel, col, select

from app.catalogue import tables
from app.changes.owned_rows import is_shared, is_visible_to
from app.changes.ownership import is_visible, owner_of
from app.changes.record_kind import RecordKind
from app.kit.database import Database
from app.rules.notices import CONTENT_LICENSE, load_disclaimer, load_stop_rules
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline, Measure
from app.schemas.record import AnyRecord
from app.schemas.reference import Reference
from app.schemas.routine import Routine
from app.schemas.session import Session
from app.schemas.session_recipe import SessionRecipe

Row = TypeVar("Row", bound=tables.RecordBase)
ChildRow = TypeVar("ChildRow", bound=SQLModel)

SlugCondition = Callable[[Any], ColumnElement[bool]]
"""Returns the condition on a column of slugs under which rows are read."""
CONSTANT_FIELDS = {"license", "disclaimer", "stop_rules"}
"""Fields that have the same value in every record: added when a row is read, never stored."""


class StoredCatalogue(NamedTuple):
    """Everything that is stored: public records by slug, synonyms, and (kind, slug) -> origin of each record."""

    exercises: Mapping[str, Exercise]
    guidelines: Mapping[str, Guideline]
    references: Mapping[str, Reference]
    routines: Mapping[str, Routine]
    synonyms: Sequence[Mapping[str, Any]]
    origins: Mapping[tuple[RecordKind, str], str]

    def records_of(self, kind: RecordKind) -> Mapping[str, AnyRecord]:
        """Return the records of one kind by slug."""
        by_kind: dict[RecordKind, Mapping[str, AnyRecord]] = {
            RecordKind.EXERCISE: self.exercises,
            RecordKind.GUIDELINE: self.guidelines,
            RecordKind.REFERENCE: self.references,
            RecordKind.ROUTINE: self.routines,
        }
        return by_kind[kind]

    def with_exercises(self, exercises: Mapping[str, Exercise]) -> "StoredCatalogue":
        """Return the catalogue with further exercises."""
        return self._replace(exercises={**self.exercises, **exercises})

    @classmethod
    def empty(cls) -> "StoredCatalogue":
        """Return a catalogue without records."""
        return cls({}, {}, {}, {}, (), {})


def load_catalogue(transaction: Transaction, partner: str | None = None) -> StoredCatalogue:
    """Return everything that is shared, ordered by slug, and the own exercises of a partner after that.

    Makes one query for each table.
    """
    is_seen = partial(is_visible_to, partner=partner)
    exercise_rows = _load_rows(transaction, tables.ExerciseRow, is_seen)
    guideline_rows = _load_rows(transaction, tables.GuidelineRow)
    reference_rows = _load_rows(transaction, tables.ReferenceRow)
    routine_rows = _load_rows(transaction, tables.RoutineRow)
    rows_by_kind: dict[RecordKind, Sequence[tables.RecordBase]] = {
        RecordKind.EXERCISE: exercise_rows,
        RecordKind.GUIDELINE: guideline_rows,
        RecordKind.REFERENCE: reference_rows,
        RecordKind.ROUTINE: routine_rows,
    }
    synonym_rows = sorted(transaction.exec(select(tables.SynonymRow)), key=lambda row: row.term)
    exercises = _to_exercises(transaction, exercise_rows, is_seen)
    return StoredCatalogue(
        exercises=exercises,
        guidelines=_to_guidelines(transaction, guideline_rows),
        references={row.slug: Reference(**_columns(row), license=CONTENT_LICENSE) for row in reference_rows},
        routines={row.slug: _to_routine(row, exercises) for row in routine_rows},
        synonyms=tuple({"term": row.term, **row.content} for row in synonym_rows),
        origins={(kind, row.slug): row.origin for kind, rows in rows_by_kind.items() for row in rows},
    )


def load_own_exercises(transaction: Transaction, known: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """Return the own exercises of all partners, ordered by slug. Of those that are `known` already it reads no more.

    There may be many times as many of them as of the shared ones, and most are the same as before.
    """
    slug = col(tables.ExerciseRow.slug)
    stored = transaction.exec(select(slug, tables.ExerciseRow.serial).where(~is_shared(slug))).all()
    changed = [key for key, serial in stored if key not in known or known[key].serial != serial]
    # A list of all of them may be longer than a statement may be.
    is_read: SlugCondition = (lambda column: column.in_(changed)) if known else (lambda column: ~is_shared(column))
    read = _to_exercises(transaction, _load_rows(transaction, tables.ExerciseRow, is_read), is_read) if changed else {}
    return {key: read[key] if key in read else known[key] for key, _ in sorted(stored)}


def is_empty(database: Database) -> bool:
    """Whether the catalogue has no exercises yet."""
    with database.read_transaction() as transaction:
        return transaction.exec(select(tables.ExerciseRow.slug).limit(1)).first() is None


def to_rows(record: AnyRecord, origin: str) -> tuple[tables.RecordBase, list[SQLModel]]:
    """Return the row of a record, and the rows of other tables that belong to it."""
    if isinstance(record, Exercise):
        return _exercise_rows(record, origin)
    if isinstance(record, Guideline):
        return _guideline_rows(record, origin)
    if isinstance(record, Reference):
        return tables.ReferenceRow(**record.model_dump(exclude=CONSTANT_FIELDS), origin=origin), []
    return _routine_rows(record, origin)


def _load_rows(transaction: Transaction, table: type[Row], condition: SlugCondition = is_shared) -> Sequence[Row]:
    # Sorted here and not by the database: PostgreSQL's order depends on its locale, and many locales skip hyphens.
    return sorted(transaction.exec(select(table).where(condition(col(table.slug)))), key=lambda row: row.slug)


def _columns(row: tables.RecordBase) -> dict[str, Any]:
    """Return the values of a row that are fields of the public record."""
    return row.model_dump(exclude={"origin"})


def _load_children(
    transaction: Transaction, table: type[ChildRow], owner: str, order: str, condition: SlugCondition = is_shared
) -> dict[str, list[ChildRow]]:
    """Return the rows of a child table by the slug in column `owner`, sorted by column `order`."""
    children: dict[str, list[ChildRow]] = defaultdict(list)
    rows = transaction.exec(select(table).where(condition(getattr(table, owner))))
    for row in sorted(rows, key=lambda row: getattr(row, order)):
        children[getattr(row, owner)].append(row)
    return children


def _to_exercises(
    transaction: Transaction, rows: Sequence[tables.ExerciseRow], condition: SlugCondition
) -> dict[str, Exercise]:
    goals = _load_children(transaction, tables.ExerciseGoal, "exercise", "rank", condition)
    evidence = _load_children(transaction, tables.ExerciseEvidence, "exercise", "rank", condition)
    # One table, read both ways: "easier" and "harder" cannot contradict each other.
    links_up = _load_children(transaction, tables.ExerciseLink, "easier", "harder", condition)
    links_down = _load_children(transaction, tables.ExerciseLink, "harder", "easier", condition)
    return {
        row.slug: Exercise(
            **_columns(row),
            goals=[goal.goal for goal in goals[row.slug]],
            goal_weights={goal.goal: goal.weight for goal in goals[row.slug]},
            evidence=[_to_evidence(source) for source in evidence[row.slug]],
            # A shared exercise does not know those of partners that name it.
            easier=[link.easier for link in links_down[row.slug] if is_visible(link.easier, owner_of(row.slug))],
            harder=[link.harder for link in links_up[row.slug] if is_visible(link.harder, owner_of(row.slug))],
            license=CONTENT_LICENSE,
            disclaimer=load_disclaimer(),
            stop_rules=load_stop_rules(),
        )
        for row in rows
    }


def _to_guidelines(transaction: Transaction, rows: Sequence[tables.GuidelineRow]) -> dict[str, Guideline]:
    measures = _load_children(transaction, tables.GuidelineMeasure, "guideline", "rank")
    exercises = _load_children(transaction, tables.GuidelineExercise, "guideline", "rank")
    evidence = _load_children(transaction, tables.GuidelineEvidence, "guideline", "rank")
    return {
        row.slug: Guideline(
            **_columns(row),
            measures=[_to_measure(measure) for measure in measures[row.slug]],
            exercises=[link.exercise for link in exercises[row.slug]],
            evidence=[_to_evidence(source) for source in evidence[row.slug]],
            license=CONTENT_LICENSE,
        )
        for row in rows
    }


def _to_evidence(row: tables.ExerciseEvidence | tables.GuidelineEvidence) -> dict[str, Any]:
    return {"reference": row.reference, "supports": row.supports}


def _to_measure(row: tables.GuidelineMeasure) -> Measure:
    return Measure(
        name=row.name,
        min=row.low,
        max=row.high,
        unit=row.unit,
        qualifier=row.qualifier,
        source=row.reference or cast(str, row.source),  # a CHECK of the table makes sure that one of them is there
    )


def _to_routine(row: tables.RoutineRow, exercises: Mapping[str, Exercise]) -> Routine:
    """Return a routine whose session holds the exercise records as they are now, not as they were stored with it."""
    records = {slug: exercises[slug] for slug in sorted(row.session["exercises"])}
    kept = {"stored": True, "not_stored_reason": None}  # not in rows of an earlier version
    session = Session(**{**kept, **row.session, "catalogue_serial": row.serial, "exercises": records})
    recipe = SessionRecipe(**row.recipe)
    columns = row.model_dump(exclude={"origin", "duration_s", "recipe", "session"})
    goals = [goal.goal for goal in recipe.goals]
    return Routine(**columns, recipe=recipe, session=session, goals=goals, license=CONTENT_LICENSE)


def _exercise_rows(exercise: Exercise, origin: str) -> tuple[tables.RecordBase, list[SQLModel]]:
    stored_elsewhere = {"goals", "goal_weights", "evidence", "easier", "harder", "updated_at"}
    columns = exercise.model_dump(mode="json", exclude=CONSTANT_FIELDS | stored_elsewhere)
    row = tables.ExerciseRow(**columns, updated_at=exercise.updated_at, origin=origin)
    slug = exercise.slug
    goals = [
        tables.ExerciseGoal(exercise=slug, goal=goal, weight=exercise.goal_weights[goal], rank=rank)
        for rank, goal in enumerate(exercise.goals)
    ]
    links = [tables.ExerciseLink(easier=slug, harder=harder) for harder in exercise.harder]
    if owner_of(slug) is not None:  # a shared exercise does not name it, so both of its links to one are its own
        shared = (easier for easier in exercise.easier if owner_of(easier) is None)
        links += [tables.ExerciseLink(easier=easier, harder=slug) for easier in shared]
    evidence = [
        tables.ExerciseEvidence(exercise=slug, reference=source.reference, rank=rank, supports=source.supports)
        for rank, source in enumerate(exercise.evidence)
    ]
    return row, [*goals, *links, *evidence]


def _guideline_rows(guideline: Guideline, origin: str) -> tuple[tables.RecordBase, list[SQLModel]]:
    stored_elsewhere = {"measures", "exercises", "evidence", "updated_at"}
    columns = guideline.model_dump(mode="json", exclude=CONSTANT_FIELDS | stored_elsewhere)
    row = tables.GuidelineRow(**columns, updated_at=guideline.updated_at, origin=origin)
    slug = guideline.slug
    measures = [_measure_row(slug, rank, measure) for rank, measure in enumerate(guideline.measures)]
    exercises = [
        tables.GuidelineExercise(guideline=slug, exercise=exercise, rank=rank)
        for rank, exercise in enumerate(guideline.exercises)
    ]
    evidence = [
        tables.GuidelineEvidence(guideline=slug, reference=source.reference, rank=rank, supports=source.supports)
        for rank, source in enumerate(guideline.evidence)
    ]
    return row, [*measures, *exercises, *evidence]


def _measure_row(guideline: str, rank: int, measure: Measure) -> tables.GuidelineMeasure:
    # A reference has a column of its own, because a foreign key guards it.
    is_reference = measure.source not in ("article", "editorial")
    return tables.GuidelineMeasure(
        guideline=guideline,
        rank=rank,
        name=measure.name,
        low=measure.min,
        high=measure.max,
        unit=measure.unit,
        qualifier=measure.qualifier,
        source=None if is_reference else measure.source,
        reference=measure.source if is_reference else None,
    )


def _routine_rows(routine: Routine, origin: str) -> tuple[tables.RecordBase, list[SQLModel]]:
    columns = routine.model_dump(mode="json", exclude=CONSTANT_FIELDS | {"goals", "updated_at"})
    row = tables.RoutineRow(
        **columns, duration_s=routine.recipe.duration_s, updated_at=routine.updated_at, origin=origin
    )
    slugs = sorted(routine.session.exercises)
    return row, [tables.RoutineExercise(routine=routine.slug, exercise=slug) for slug in slugs]
