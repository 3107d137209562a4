"""The equipment of an exercise is stored as groups that are objects.

`[["chair", "bench"], ["resistance_band"]]` becomes `[{"any_of": ["chair", "bench"]}, {"any_of": ["resistance_band"]}]`,
because a list of lists of words makes several generators of clients write code that fails.

Revision 0004, after 0003.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
EXERCISE = sa.table("exercise", sa.column("slug"), sa.column("equipment", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))

ConvertGroup = Callable[[Any], Any]
"""Returns a group in its other form; a group that has this form already as it is."""


def upgrade() -> None:
    convert_stored_groups(to_object)


def downgrade() -> None:
    convert_stored_groups(to_list)


def to_object(group: Any) -> Any:
    return {"any_of": group} if isinstance(group, list) else group


def to_list(group: Any) -> Any:
    return group["any_of"] if isinstance(group, dict) else group


def convert_stored_groups(convert: ConvertGroup) -> None:
    """Convert the groups in every column and every change row that holds exercises."""
    update_column(EXERCISE, EXERCISE.c.slug, EXERCISE.c.equipment, lambda groups: [convert(group) for group in groups])
    for table, key, column in (
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
    ):
        update_column(table, key, column, lambda record: convert_groups_in(record, convert))


def update_column(
    table: sa.TableClause, key: sa.ColumnClause[Any], column: sa.ColumnClause[Any], convert: Callable[[Any], Any]
) -> None:
    """Convert the JSON of one column, row by row."""
    connection = op.get_bind()
    for row_key, value in connection.execute(sa.select(key, column)).all():
        converted = convert(value)
        if converted != value:
            connection.execute(sa.update(table).where(key == row_key).values({column.name: converted}))


def convert_groups_in(value: Any, convert: ConvertGroup) -> Any:
    """Return the JSON value with the groups of every exercise converted, also of those inside sessions."""
    if isinstance(value, list):
        return [convert_groups_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: [convert(group) for group in item]
        if name == "equipment" and isinstance(item, list)
        else convert_groups_in(item, convert)
        for name, item in value.items()
    }
