"""What is said of the sides of an exercise stands in its record.

What was stored says nothing of it; the next seeding writes it.

Revision 0020, after 0019.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
EXERCISE_FIELDS = {"slug", "category", "muscles", "regions"}
ConvertExercise = Callable[[dict[str, Any]], dict[str, Any]]


def upgrade() -> None:
    op.add_column("exercise", sa.Column("sides", JSON, nullable=True))
    convert_stored_exercises(lambda exercise: {**exercise, "sides": None})


def downgrade() -> None:
    convert_stored_exercises(lambda exercise: {name: value for name, value in exercise.items() if name != "sides"})
    with op.batch_alter_table("exercise") as batch_op:
        batch_op.drop_column("sides")


def convert_stored_exercises(convert: ConvertExercise) -> None:
    """Convert the exercises in every column that holds their records."""
    connection = op.get_bind()
    for table, key, column in (
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
    ):
        for row_key, value in connection.execute(sa.select(key, column)).all():
            converted = convert_exercises_in(value, convert)
            if converted != value:
                connection.execute(sa.update(table).where(key == row_key).values({column.name: converted}))


def convert_exercises_in(value: Any, convert: ConvertExercise) -> Any:
    """Return the JSON value with every exercise in it converted."""
    if isinstance(value, list):
        return [convert_exercises_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= EXERCISE_FIELDS:
        return convert(value)
    return {name: convert_exercises_in(item, convert) for name, item in value.items()}
