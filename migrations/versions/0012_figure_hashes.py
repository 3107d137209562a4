"""A stored figure has a hash, by which a client knows whether its picture is still the same.

The hash of a drawing is made by the program, so what is stored gets one that no drawing has. The next seeding writes
the true ones into exercises and routines; a session that is stored keeps this one, and its pictures are cached shortly.

Revision 0012, after 0011.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
EXERCISE = sa.table("exercise", sa.column("slug"), sa.column("figure", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
SESSION = sa.table("session", sa.column("id"), sa.column("content", JSON))
FIGURE_FIELDS = {"svg", "png", "webp", "lottie", "drawn_side", "alt"}
UNKNOWN_HASH = "000000000000"
Figure = dict[str, Any]


def upgrade() -> None:
    convert_stored_figures(add_hash)


def downgrade() -> None:
    convert_stored_figures(remove_hash)


def add_hash(figure: Figure) -> Figure:
    return {"hash": UNKNOWN_HASH, **figure}


def remove_hash(figure: Figure) -> Figure:
    return {name: value for name, value in figure.items() if name != "hash"}


def convert_stored_figures(convert: Callable[[Figure], Figure]) -> None:
    """Convert the figures in every column that holds exercises or their cards."""
    connection = op.get_bind()
    for table, key, column in (
        (EXERCISE, EXERCISE.c.slug, EXERCISE.c.figure),
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (SESSION, SESSION.c.id, SESSION.c.content),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
    ):
        for row_key, value in connection.execute(sa.select(key, column)).all():
            converted = convert_figures_in(value, convert)
            if converted != value:
                connection.execute(sa.update(table).where(key == row_key).values({column.name: converted}))


def convert_figures_in(value: Any, convert: Callable[[Figure], Figure]) -> Any:
    """Return the JSON value with every figure converted."""
    if isinstance(value, list):
        return [convert_figures_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= FIGURE_FIELDS:
        return convert(value)
    return {name: convert_figures_in(item, convert) for name, item in value.items()}
