"""Times inside stored records lose their fractions of a second, as answers give them.

`2026-11-28T01:34:28.836108Z` becomes `2026-11-28T01:34:28Z` in the records that change rows hold, because a stored
session is answered with them as they are.

Revision 0006, after 0005.
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
FRACTION = re.compile(r"(?<=T\d\d:\d\d:\d\d)\.\d+")


def upgrade() -> None:
    connection = op.get_bind()
    for serial, record in connection.execute(sa.select(CHANGE.c.serial, CHANGE.c.record)).all():
        whole = drop_fractions(record)
        if whole != record:
            connection.execute(sa.update(CHANGE).where(CHANGE.c.serial == serial).values(record=whole))


def downgrade() -> None:
    """Leave the times as they are: the revision below reads them as well."""


def drop_fractions(value: Any) -> Any:
    """Return the JSON value with every `updated_at` in whole seconds."""
    if isinstance(value, list):
        return [drop_fractions(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: FRACTION.sub("", item) if name == "updated_at" else drop_fractions(item) for name, item in value.items()
    }
