"""The rows of other tables that belong to a record."""

from sqlalchemy import ColumnElement
from sqlmodel import Session as Transaction
from sqlmodel import SQLModel, col, delete

from app.catalogue import tables
from app.changes.owned_rows import is_shared
from app.changes.ownership import owner_of
from app.changes.record_kind import RecordKind

CHILD_TABLES: dict[RecordKind, tuple[tuple[type[SQLModel], str], ...]] = {
    RecordKind.EXERCISE: (
        (tables.ExerciseGoal, "exercise"),
        (tables.ExerciseEvidence, "exercise"),
    ),
    RecordKind.GUIDELINE: (
        (tables.GuidelineMeasure, "guideline"),
        (tables.GuidelineExercise, "guideline"),
        (tables.GuidelineEvidence, "guideline"),
    ),
    RecordKind.REFERENCE: (),
    RecordKind.ROUTINE: ((tables.RoutineExercise, "routine"),),
}
"""Kind of record -> the tables with rows that belong to a record, each with the column that holds its slug."""


def delete_children(transaction: Transaction, kind: RecordKind, slug: str) -> None:
    """Delete the rows of other tables that belong to a record."""
    for table, owner_column in CHILD_TABLES[kind]:
        transaction.exec(delete(table).where(getattr(table, owner_column) == slug))
    if kind is RecordKind.EXERCISE:
        transaction.exec(delete(tables.ExerciseLink).where(_is_link_of(slug)))


def _is_link_of(slug: str) -> ColumnElement[bool]:
    """Return the condition that a link belongs to an exercise: to the easier one, unless only the other is owned."""
    easier, harder = col(tables.ExerciseLink.easier), col(tables.ExerciseLink.harder)
    if owner_of(slug) is None:
        return (easier == slug) & is_shared(harder)
    return (easier == slug) | ((harder == slug) & is_shared(easier))
