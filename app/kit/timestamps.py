"""Times as answers give them: RFC 3339 in UTC, whole seconds, `Z`."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer, WithJsonSchema


def format_timestamp(moment: datetime) -> str:
    """Return a time in UTC without fractions of a second, such as `2026-11-28T01:34:28Z`."""
    # The usual reader of iOS refuses fractions, and some readers refuse an offset in place of the Z.
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def drop_fraction(moment: datetime) -> datetime:
    """Return a time without its fraction of a second."""
    return moment.replace(microsecond=0)


Timestamp = Annotated[
    datetime,
    AfterValidator(drop_fraction),
    PlainSerializer(format_timestamp, return_type=str, when_used="json"),
    Field(description="UTC, in whole seconds: `2026-11-28T01:34:28Z`."),
    WithJsonSchema({"type": "string", "format": "date-time"}),  # read or sent: else a shape that is both has two names
]
"""The type of every time in an answer: whole where it is read, and where it is sent. Columns may be more precise."""
