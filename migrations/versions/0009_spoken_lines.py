"""Every stored event of a timeline has `say`: the lines that are spoken in it.

An event had one line, its cue. It becomes the first line of `say`, spoken at the start. The next seeding writes the
routines with all of their lines; a stored session keeps the one that it was built with.

Revision 0009, after 0008.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
CHANGE = sa.table("change", sa.column("serial"), sa.column("record", JSON))
ROUTINE = sa.table("routine", sa.column("slug"), sa.column("session", JSON))
SESSION = sa.table("session", sa.column("id"), sa.column("content", JSON))
Event = dict[str, Any]


def upgrade() -> None:
    convert_stored_timelines(add_lines)


def downgrade() -> None:
    convert_stored_timelines(remove_lines)


def add_lines(event: Event) -> Event:
    return event if "say" in event else {**event, "say": [{"at_s": 0, "text": event["cue"]}]}


def remove_lines(event: Event) -> Event:
    return {name: value for name, value in event.items() if name != "say"}


def convert_stored_timelines(convert: Callable[[Event], Event]) -> None:
    """Convert the timelines of routines, of the history of changes and of stored sessions."""
    connection = op.get_bind()
    for table, key, column in (
        (ROUTINE, ROUTINE.c.slug, ROUTINE.c.session),
        (CHANGE, CHANGE.c.serial, CHANGE.c.record),
        (SESSION, SESSION.c.id, SESSION.c.content),
    ):
        for name, value in connection.execute(sa.select(key, column)).all():
            converted = convert_timelines_in(value, convert)
            if converted != value:
                connection.execute(sa.update(table).where(key == name).values({column.name: converted}))


def convert_timelines_in(value: Any, convert: Callable[[Event], Event]) -> Any:
    """Return the JSON value with every event of a timeline in it converted."""
    if isinstance(value, list):
        return [convert_timelines_in(item, convert) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: [convert(event) for event in item] if name == "timeline" else convert_timelines_in(item, convert)
        for name, item in value.items()
    }
