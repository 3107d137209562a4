"""Every stored item of a session has the side and the note of a prescription: none, because nothing was prescribed yet.

Revision 0018, after 0017.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
SESSION = sa.table("session", sa.column("id"), sa.column("content", JSON), sa.column("request", JSON))
NEW_FIELDS = ("side", "note")
Object = dict[str, Any]


def upgrade() -> None:
    convert_stored(lambda item: {**item, **dict.fromkeys(NEW_FIELDS)})


def downgrade() -> None:
    # The version before reads no prescription.
    connection = op.get_bind()
    for name, request in connection.execute(sa.select(SESSION.c.id, SESSION.c.request)).all():
        if "items" in request:
            connection.execute(sa.delete(SESSION).where(SESSION.c.id == name))
    convert_stored(lambda item: {name: value for name, value in item.items() if name not in NEW_FIELDS})


def convert_stored(convert: Callable[[Object], Object]) -> None:
    """Convert the items in the JSON of routines, of the history of changes and of stored sessions."""
    connection = op.get_bind()
    for table, key, column in (
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
        (SESSION, SESSION.c.id, SESSION.c.content),
    ):
        for name, value in connection.execute(sa.select(key, column)).all():
            converted = convert_items_in(value, convert)
            if converted != value:
                connection.execute(sa.update(table).where(key == name).values({column.name: converted}))


def convert_items_in(value: Any, convert: Callable[[Object], Object]) -> Any:
    """Return the JSON value of a session, a routine or another record with the items of its session converted."""
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("session"), dict):
        return {**value, "session": convert_items_in(value["session"], convert)}
    if not isinstance(value.get("phases"), list) or "timeline" not in value:
        return value
    phases = [{**phase, "items": [convert(item) for item in phase["items"]]} for phase in value["phases"]]
    return {**value, "phases": phases}
