"""Recipes of routines are stored with every field, as answers give them.

They were stored as they were written: a field that was left out stood for its default.

Revision 0005, after 0004.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("kind"), sa.column("record", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("recipe", JSON))
DEFAULTS: dict[str, Any] = {
    "available_equipment": [],
    "positions": None,
    "level": 2,
    "age_band": None,
    "purpose": "standalone",
    "include": [],
    "exclude": [],
    "seed": 0,
}
"""What an absent field meant when this revision was written."""
DEFAULT_WEIGHT = 1


def upgrade() -> None:
    connection = op.get_bind()
    for slug, recipe in connection.execute(sa.select(ROUTINE.c.slug, ROUTINE.c.recipe)).all():
        values = {"recipe": complete_recipe(recipe)}
        connection.execute(sa.update(ROUTINE).where(ROUTINE.c.slug == slug).values(values))
    changes = sa.select(CHANGE.c.serial, CHANGE.c.record).where(CHANGE.c.kind == "routine")
    for serial, record in connection.execute(changes).all():
        if record is not None:
            whole = {**record, "recipe": complete_recipe(record["recipe"])}
            connection.execute(sa.update(CHANGE).where(CHANGE.c.serial == serial).values(record=whole))


def downgrade() -> None:
    """Leave the recipes whole: the revision below reads them as well."""


def complete_recipe(recipe: dict[str, Any]) -> dict[str, Any]:
    """Return a recipe with the value of each field that was left out."""
    goals = [{"goal": goal["goal"], "weight": goal.get("weight", DEFAULT_WEIGHT)} for goal in recipe["goals"]]
    return {**DEFAULTS, **recipe, "goals": goals}
