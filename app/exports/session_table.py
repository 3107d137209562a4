"""A session as a table: a row for each exercise, in order."""

from typing import Final

from app.exports.csv_file import Cell, join_values, write_csv, write_truth_value
from app.rules.vocabulary import Phase
from app.schemas.session import Session, SessionItem

SESSION_COLUMNS: Final = (
    "position_in_session",
    "phase",
    "at_s",
    "duration_s",
    "slug",
    "name",
    "dose",
    "sets",
    "reps",
    "hold_s",
    "breaths",
    "rest_s",
    "per_side",
    "side",
    "extra_set_side",
    "extra_set",
    "goals",
    "why",
    "note",
)
"""Columns of the table, named as the fields of the JSON answer. `at_s` is the second in which the exercise begins."""


def write_session_table(session: Session) -> bytes:
    """Return a session as CSV."""
    rows: list[tuple[Cell, ...]] = []
    at_s = 0
    for phase in session.phases:
        for item in phase.items:
            rows.append(_make_row(item, phase.phase, at_s))
            at_s += item.duration_s
    return write_csv(SESSION_COLUMNS, rows)


def _make_row(item: SessionItem, phase: Phase, at_s: int) -> tuple[Cell, ...]:
    dose, extra_set = item.dose, item.extra_set
    return (
        item.position_in_session,
        phase,
        at_s,
        item.duration_s,
        item.exercise.slug,
        item.exercise.name,
        dose.text,
        dose.sets,
        dose.reps,
        dose.hold_s,
        dose.breaths,
        dose.rest_s,
        write_truth_value(dose.per_side),
        item.side,
        extra_set.side if extra_set else None,
        extra_set.text if extra_set else None,
        join_values(share.goal for share in item.serves),
        join_values(item.why),
        item.note,
    )
