"""Shortens answers that are texts: the first rows of a table, the first event of a calendar."""

import csv
import io

TABLE_ROWS = 3
"""Rows of a table that are kept; the first one has the names of the columns."""
EVENT_END, CALENDAR_END = "END:VEVENT\r\n", "END:VCALENDAR\r\n"
TABLE_TYPE, LINES_TYPE, CALENDAR_TYPE, SUBTITLES_TYPE = "text/csv", "application/x-ndjson", "text/calendar", "text/vtt"
TEXT_TYPES = frozenset({TABLE_TYPE, LINES_TYPE, CALENDAR_TYPE, SUBTITLES_TYPE})
"""Media types of answers that people read as a text."""


def shorten_text(text: str, media_type: str) -> str:
    """Return the start of a text, complete as a document of its media type."""
    if media_type == TABLE_TYPE:
        shortened = io.StringIO(newline="")
        csv.writer(shortened).writerows(list(csv.reader(io.StringIO(text, newline="")))[:TABLE_ROWS])
        return shortened.getvalue()
    if media_type == LINES_TYPE:
        return text.partition("\n")[0] + "\n"
    if media_type == CALENDAR_TYPE:
        return text.partition(EVENT_END)[0] + EVENT_END + CALENDAR_END
    return text
