"""The formats of an exported session, and the query parameters that choose one."""

import re
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from typing_extensions import TypeAliasType

from app.exports.fhir.elements import FHIR_MEDIA_TYPE
from app.exports.handouts.paper import Paper
from app.kit.errors import InvalidRequest
from app.kit.query import QueryModel
from app.reminders.time_zones import FLOATING, find_time_zone

ExportFormat = TypeAliasType(
    "ExportFormat",
    Annotated[
        Literal["csv", "vtt", "ics", "html", "pdf", "fhir", "fit"],
        Field(
            description="The format of an exported session. `csv`: a table with a row for each exercise. `vtt`: "
            "subtitles (WebVTT) with a cue for each event of the timeline. `ics`: an appointment (iCalendar). "
            "`html`: a hand-out to print from a browser, in one file without scripts. `pdf`: the same hand-out, "
            "accessible (PDF/UA-1). `fhir`: a `PlanDefinition` of HL7 FHIR R5. `fit`: a workout for sports watches, "
            "with a step for each set and pause."
        ),
    ],
)
ExerciseExportFormat = TypeAliasType(
    "ExerciseExportFormat",
    Annotated[
        Literal["fhir"],
        Field(description="The format of an exported exercise. `fhir`: an `ActivityDefinition` of HL7 FHIR R5."),
    ],
)
PDF_TYPE: Final = "application/pdf"
MEDIA_TYPES: Final[dict[ExportFormat, str]] = {
    "csv": "text/csv",
    "vtt": "text/vtt",
    "ics": "text/calendar",
    "html": "text/html",
    "pdf": PDF_TYPE,
    "fhir": FHIR_MEDIA_TYPE,
    "fit": "application/vnd.ant.fit",
}
"""Media type of each format. The first one is for clients that accept anything."""
FILE_ENDINGS: Final[dict[ExportFormat, str]] = {"fhir": "fhir.json"}
"""Ending of a file where it is not the name of its format."""
START_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"
START_EXAMPLE = "2026-12-01T09:30"


def _check_start_form(value: Any) -> Any:
    """Return the value as it is. Raises `ValueError` for a text of another form, such as a number of seconds."""
    if isinstance(value, str) and not re.fullmatch(START_PATTERN, value):
        raise ValueError(f"Give a local date and time as YYYY-MM-DDTHH:MM, such as {START_EXAMPLE}")
    return value


LocalStart = Annotated[
    datetime,
    BeforeValidator(_check_start_form),
    Field(ge=datetime(2020, 1, 1), le=datetime(2035, 12, 31, 23, 59)),  # noqa: DTZ001 - local time of any zone
    WithJsonSchema({"type": "string", "pattern": START_PATTERN, "examples": [START_EXAMPLE]}),
]
"""A date and a time of day without a time zone."""


class ExerciseExportQuery(QueryModel):
    """In which format an exercise is exported."""

    format: ExerciseExportFormat | None = Field(None, description="Absent: `Accept` chooses.", examples=["fhir"])


class ExportQuery(QueryModel):
    """In which format a session is exported; when it takes place, for a calendar."""

    format: ExportFormat | None = Field(None, description="Absent: `Accept` chooses.", examples=["vtt"])
    start: LocalStart | None = Field(
        None,
        description="Local date and time of the appointment, 2020 to 2035. Needed for a calendar.",
        json_schema_extra={"example": START_EXAMPLE},
    )
    timezone: Annotated[str, Field(max_length=64, examples=["Europe/Berlin"]), AfterValidator(find_time_zone)] = Field(
        FLOATING,
        description="IANA name of the time zone of `start`, in any case. `floating`: the hour holds wherever the "
        "calendar is read.",
    )
    paper: Paper = Field("a4", description="For a hand-out.")

    def require_start(self) -> datetime:
        """Return the start of the appointment. Raises `InvalidRequest` where it is absent."""
        if self.start is None:
            detail = f"A calendar needs the local date and time of the appointment, such as start={START_EXAMPLE}."
            raise InvalidRequest(f"start: {detail}", errors=[{"in": "query", "name": "start", "detail": detail}])
        return self.start
