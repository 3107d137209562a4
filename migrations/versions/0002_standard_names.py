"""Stored records use the standard names of the public contract.

A routine has a `name`, as an exercise has; it was called `title`. The feature that decides a contraindication is its
`feature`; it was called `because`. A goal has a `requested_share` and an `actual_share`; they were called `asked_share`
and `given_share`.

Revision 0002, after 0001.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("kind"), sa.column("record", JSON))
EXERCISE = sa.table("exercise", sa.column("slug"), sa.column("contraindications", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
FIELDS = {"asked_share": "requested_share", "given_share": "actual_share"}
"""Fields that have a new name wherever they stand."""
FEATURE = ("because", "feature")
"""Renamed in a contraindication only: elsewhere `because` is another field."""
TITLE = ("title", "name")
"""Renamed in a routine only, and there not in its session."""


def upgrade() -> None:
    rename_stored_fields(FIELDS, FEATURE, TITLE)


def downgrade() -> None:
    backwards = {new: old for old, new in FIELDS.items()}
    rename_stored_fields(backwards, FEATURE[::-1], TITLE[::-1])


def rename_stored_fields(fields: Mapping[str, str], feature: tuple[str, str], title: tuple[str, str]) -> None:
    """Rename the fields in every column and every change row that holds records."""
    op.execute(f"ALTER TABLE routine RENAME COLUMN {title[0]} TO {title[1]}")
    update_column(EXERCISE, EXERCISE.c.slug, EXERCISE.c.contraindications, fields, feature)
    update_column(ROUTINE, ROUTINE.c.slug, ROUTINE.c.session, fields, feature)
    update_column(CHANGE, CHANGE.c.serial, CHANGE.c.record, fields, feature)
    connection = op.get_bind()
    routines = sa.select(CHANGE.c.serial, CHANGE.c.record).where(CHANGE.c.kind == "routine")
    for serial, record in connection.execute(routines).all():
        if record is not None:
            renamed = {title[1] if field == title[0] else field: value for field, value in record.items()}
            connection.execute(sa.update(CHANGE).where(CHANGE.c.serial == serial).values(record=renamed))


def update_column(
    table: sa.TableClause,
    key: sa.ColumnClause[Any],
    column: sa.ColumnClause[Any],
    fields: Mapping[str, str],
    feature: tuple[str, str],
) -> None:
    """Rename the fields in the JSON of one column, row by row."""
    connection = op.get_bind()
    for row_key, value in connection.execute(sa.select(key, column)).all():
        renamed = rename_fields(value, fields, feature)
        if renamed != value:
            connection.execute(sa.update(table).where(key == row_key).values({column.name: renamed}))


def rename_fields(value: Any, fields: Mapping[str, str], feature: tuple[str, str]) -> Any:
    """Return the JSON value with its fields renamed, in the same order."""
    if isinstance(value, list):
        return [rename_fields(item, fields, feature) for item in value]
    if not isinstance(value, dict):
        return value
    names = {**fields, feature[0]: feature[1]} if "verdict" in value else fields
    return {names.get(name, name): rename_fields(item, fields, feature) for name, item in value.items()}
