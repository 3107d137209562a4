"""Routines have a name, as exercises have; it was called `title`.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANGE = sa.table("change", sa.column("serial"), sa.column("kind"), sa.column("record", sa.JSON(none_as_null=True)))


def upgrade() -> None:
    rename("title", "name")


def downgrade() -> None:
    rename("name", "title")


def rename(old: str, new: str) -> None:
    """Rename the column, and the field in the records that the change rows hold."""
    op.execute(f"ALTER TABLE routine RENAME COLUMN {old} TO {new}")
    connection = op.get_bind()
    routines = sa.select(CHANGE.c.serial, CHANGE.c.record).where(CHANGE.c.kind == "routine")
    for serial, record in connection.execute(routines).all():
        if record is not None:
            renamed = {new if field == old else field: value for field, value in record.items()}
            connection.execute(sa.update(CHANGE).where(CHANGE.c.serial == serial).values(record=renamed))
