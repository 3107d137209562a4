"""A stored figure has the addresses of its motion, the side that is drawn, and the text for the other side.

`{"svg", "png", "alt", ...}` gets `webp`, `gif`, `lottie`, `drawn_side` and `alt_other_side`, as the drawings of this
revision have them.

Revision 0008, after 0007.
"""

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
EXERCISE = sa.table("exercise", sa.column("slug"), sa.column("figure", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
SESSION = sa.table("session", sa.column("id"), sa.column("content", JSON))
DRAWN_LEFT = {
    *("bird-dog", "bretzel-stretch", "half-kneeling-wall-rotation", "open-book", "prone-scorpion"),
    *("side-lying-windmill", "thread-the-needle"),
}
DRAWN_RIGHT = {
    *("band-resisted-rotation", "bent-over-reach", "chair-twist", "childs-pose-side-reach", "doorway-pec-stretch"),
    *("dowel-rotation", "dumbbell-one-arm-row", "foam-roller-lat-roll", "knee-rolls", "kneeling-thoracic-opener"),
    *("levator-scapulae-stretch", "lunge-with-rotation", "massage-ball-release", "quadruped-thoracic-rotation"),
    *("seated-open-book", "seated-side-bend", "seated-thoracic-rotation", "side-plank", "side-plank-reach-through"),
    *("dead-bug-heel-tap", "seated-band-archer-row", "seated-band-diagonal", "seated-side-slide"),
    *("standing-dowel-rotation", "standing-side-bend", "standing-trunk-rotation", "standing-wall-rotation"),
    *("supine-spinal-twist",),
}
OPPOSITES = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
SIDE_WORD = re.compile(r"\b(left|right|Left|Right)\b")
FIGURE_FIELDS = {"svg", "png", "alt"}
ADDED_FIELDS = {"webp", "gif", "lottie", "drawn_side", "alt_other_side"}

ConvertFigure = Callable[[dict[str, Any]], dict[str, Any]]


def upgrade() -> None:
    convert_stored_figures(add_motion)


def downgrade() -> None:
    convert_stored_figures(remove_motion)


def add_motion(figure: dict[str, Any]) -> dict[str, Any]:
    base = figure["svg"].removesuffix(".svg")
    slug = base.split("/")[-2]
    side = "left" if slug in DRAWN_LEFT else "right" if slug in DRAWN_RIGHT else "both"
    other = None if side == "both" else SIDE_WORD.sub(lambda word: OPPOSITES[word[0]], figure["alt"])
    addresses = {"webp": f"{base}.webp", "gif": f"{base}.gif", "lottie": f"{base}.json"}
    return figure | addresses | {"drawn_side": side, "alt_other_side": other}


def remove_motion(figure: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figure.items() if name not in ADDED_FIELDS}


def convert_stored_figures(convert: ConvertFigure) -> None:
    """Convert the figures in every column that holds exercises or their cards."""
    for table, key, column in (
        (EXERCISE, EXERCISE.c.slug, EXERCISE.c.figure),
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (SESSION, SESSION.c.id, SESSION.c.content),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
    ):
        update_column(table, key, column, convert)


def update_column(
    table: sa.TableClause, key: sa.ColumnClause[Any], column: sa.ColumnClause[Any], convert: ConvertFigure
) -> None:
    """Convert the figures in the JSON of one column, row by row."""
    connection = op.get_bind()
    for row_key, value in connection.execute(sa.select(key, column)).all():
        converted = convert_figures_in(value, convert)
        if converted != value:
            connection.execute(sa.update(table).where(key == row_key).values({column.name: converted}))


def convert_figures_in(value: Any, convert: ConvertFigure) -> Any:
    """Return the JSON value with every figure converted."""
    if isinstance(value, list):
        return [convert_figures_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() >= FIGURE_FIELDS:
        return convert(value)
    return {name: convert_figures_in(item, convert) for name, item in value.items()}
