"""All exercises as a table: a row for each, by slug."""

from collections.abc import Iterable
from typing import Final

from app.exports.csv_file import Cell, join_values, write_csv, write_truth_value
from app.kit.links import PublicAddress
from app.kit.timestamps import format_timestamp
from app.schemas.exercise import Exercise

EXERCISE_COLUMNS: Final = (
    "slug",
    "name",
    "summary",
    "category",
    "goals",
    "suits",
    "movements",
    "regions",
    "muscles",
    "position",
    "equipment",
    "level",
    "unilateral",
    "dose",
    "est_duration_s",
    "steps",
    "breathing",
    "contraindications",
    "easier",
    "harder",
    "references",
    "source",
    "license",
    "attribution",
    "reviewed_by",
    "updated_at",
    "page_url",
)
"""Columns of the table, named as the fields of the JSON answer."""


def write_exercise_table(exercises: Iterable[Exercise], address: PublicAddress) -> bytes:
    """Return exercises as CSV, with absolute links to their pages."""
    return write_csv(EXERCISE_COLUMNS, (_make_row(exercise, address) for exercise in exercises))


def _make_row(exercise: Exercise, address: PublicAddress) -> tuple[Cell, ...]:
    return (
        exercise.slug,
        exercise.name,
        exercise.summary,
        exercise.category,
        join_values(exercise.goals),
        join_values(exercise.suits),
        join_values(exercise.movements),
        join_values(exercise.regions),
        join_values(f"{muscle}: {role}" for muscle, role in exercise.muscles.list_with_roles()),
        exercise.position,
        join_values("/".join(group.any_of) for group in exercise.equipment),
        exercise.level,
        write_truth_value(exercise.unilateral),
        exercise.dose.text,
        exercise.est_duration_s,
        join_values(exercise.steps),
        exercise.breathing,
        join_values(f"{entry.condition}: {entry.verdict}" for entry in exercise.contraindications),
        join_values(exercise.easier),
        join_values(exercise.harder),
        join_values(evidence.reference for evidence in exercise.evidence),
        exercise.provenance.source,
        exercise.license.id,
        exercise.license.attribution,
        exercise.reviewed_by,
        format_timestamp(exercise.updated_at),
        address.absolute_link(f"/exercises/{exercise.slug}"),
    )
