"""What the OpenAPI document shows of the answers: the formats of an exported session, each with an example."""

from typing import Any, Final

from app.exports.csv_file import write_csv
from app.exports.exercise_table import EXERCISE_COLUMNS
from app.exports.export_query import MEDIA_TYPES, ExportFormat
from app.exports.session_table import SESSION_COLUMNS

NDJSON_TYPE = "application/x-ndjson"
TABLE_EXAMPLE = write_csv(
    SESSION_COLUMNS,
    [
        [
            *(1, "mobilise", 0, 54, "standing-thoracic-extension", "Standing thoracic extension", "1 x 8, hold 2 s"),
            *(1, 8, 2, None, 0, "false", None, None, "extension | posture", "It works on extension and posture."),
        ]
    ],
).decode()
EXERCISES_EXAMPLE = f"{','.join(EXERCISE_COLUMNS)}\r\n"
SUBTITLE_EXAMPLE = (
    "WEBVTT\n\n1\n00:00:00.000 --> 00:00:06.000\nGet ready: Open book.\n6 turns each side\n\n"
    "2\n00:00:06.000 --> 00:00:36.000\nOpen book\n6 turns, left side\n"
)
CALENDAR_EXAMPLE = "\r\n".join(
    (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Thoracic Mobility API//Sessions 1//EN", "BEGIN:VEVENT"),
        *("SUMMARY:Open book", "DTSTART:20261201T093000", "DURATION:PT5M", "UID:0f3a@thoracic-mobility"),
        *("DTSTAMP:20261128T125000Z", "END:VEVENT", "END:VCALENDAR", ""),
    )
)
ACTIVITY_EXAMPLE: Final = {
    "resourceType": "ActivityDefinition",
    "id": "open-book",
    "url": "https://api.example.org/v1/exercises/open-book/export",
    "version": "3",
    "name": "ExerciseOpenBook",
    "title": "Open book",
    "status": "active",
    "kind": "ServiceRequest",
    "intent": "plan",
    "code": {"text": "Open book"},
    "quantity": {"value": 32, "unit": "repetitions"},
}
"""Some elements of a definition."""
EXAMPLES: Final[dict[ExportFormat, str]] = {
    "csv": TABLE_EXAMPLE,
    "vtt": SUBTITLE_EXAMPLE,
    "ics": CALENDAR_EXAMPLE,
}


def document_session_formats() -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful answer with an exported session."""
    content = {MEDIA_TYPES[name]: _describe(example) for name, example in EXAMPLES.items()}
    return {200: {"description": "The session in the chosen format.", "content": content}}


def document_file(description: str, media_type: str, example: str | dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful answer of one media type."""
    return {200: {"description": description, "content": {media_type: _describe(example)}}}


def _describe(example: str | dict[str, Any]) -> dict[str, Any]:
    return {"schema": {"type": "string" if isinstance(example, str) else "object"}, "example": example}
