"""Exports over HTTP: a session or routine as a table, subtitles or appointment; all exercises as CSV and NDJSON."""

import asyncio
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, RoutineSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.exports.document_examples import (
    EXERCISES_EXAMPLE,
    NDJSON_TYPE,
    document_file,
    document_session_formats,
)
from app.exports.exercise_table import write_exercise_table
from app.exports.export_query import MEDIA_TYPES, ExportFormat, ExportQuery
from app.exports.session_table import write_session_table
from app.exports.webvtt_file import write_webvtt
from app.kit import caching
from app.kit.errors import FormatUnavailable, InvalidRequest, NotAcceptable
from app.kit.linked_response import CurrentPublicAddress, LinkedResponse
from app.kit.links import PublicAddress
from app.kit.negotiation import choose_media_type
from app.kit.request_database import DatabaseUnavailable
from app.schemas.session import Session
from app.sessions.dependencies import SessionId, Sessions
from app.sessions.responses import SessionNotFound

router = APIRouter(prefix="/v1", tags=["Exports"])
Accept = Annotated[str, Header(include_in_schema=False)]
FORMATS_BY_MEDIA_TYPE = {media_type: name for name, media_type in MEDIA_TYPES.items()}


class ExportedSession(NamedTuple):
    """What is exported, and how long the answer may be kept."""

    name: str
    session: Session
    file_name: str
    """Without its ending."""
    page_path: str
    updated_at: datetime
    serial: int
    cache_control: str


@router.get(
    "/sessions/{session_id}/export",
    response_class=Response,
    responses={
        **document_session_formats(),
        **SessionNotFound.openapi_responses(
            RecordGone, NotAcceptable, InvalidRequest, FormatUnavailable, DatabaseUnavailable
        ),
    },
    summary="Export a session",
)
async def export_session(
    sessions: Sessions,
    session_id: SessionId,
    query: Annotated[ExportQuery, Query()],
    address: CurrentPublicAddress,
    accept: Accept = "",
) -> Response:
    """A session as a table (CSV), subtitles (WebVTT) or an appointment (iCalendar), by `format` or by `Accept`.

    `/v1/sessions/example/export?format=vtt`, `/v1/sessions/example/export?format=ics&start=2026-12-01T09:30`.
    """
    session = await sessions.read(session_id)
    exported = ExportedSession(
        name=session.title,
        session=session,
        file_name=f"session-{session.id}",
        page_path=f"/sessions/{session_id}",
        # A stored session never changes: what it says is as new as the newest of its records.
        updated_at=max(exercise.updated_at for exercise in session.exercises.values()),
        serial=session.catalogue_serial,
        cache_control=caching.STORED_SESSION,
    )
    return await _export(exported, query, accept, address)


@router.get(
    "/routines/{slug}/export",
    response_class=Response,
    responses={
        **document_session_formats(),
        **RecordNotFound.openapi_responses(RecordGone, NotAcceptable, InvalidRequest, FormatUnavailable),
    },
    summary="Export a routine",
)
async def export_routine(
    request: Request,
    slug: RoutineSlug,
    catalogue: CurrentCatalogue,
    query: Annotated[ExportQuery, Query()],
    address: CurrentPublicAddress,
    accept: Accept = "",
) -> Response:
    """A routine as a table (CSV), subtitles (WebVTT) or an appointment (iCalendar), by `format` or by `Accept`.

    A table has a row for each exercise: `/v1/routines/desk-break-5-min-chair/export?format=csv`.
    Subtitles have a cue for each event of the timeline: `/v1/routines/desk-break-5-min-chair/export?format=vtt`.
    An appointment has an alarm, and a link to the page of the routine:
    `/v1/routines/desk-break-5-min-chair/export?format=ics&start=2026-12-01T09:30&timezone=Europe/Berlin`.
    """
    redirect = redirect_if_renamed(catalogue.routines, slug, request)
    if redirect is not None:
        return redirect
    routine = catalogue.routines.records[slug]
    exported = ExportedSession(
        name=routine.name,
        session=routine.session,
        file_name=slug,
        page_path=f"/routines/{slug}",
        updated_at=routine.updated_at,
        serial=catalogue.serial,
        cache_control=caching.CATALOGUE,
    )
    return await _export(exported, query, accept, address)


@router.get(
    "/exercises.csv",
    response_class=Response,
    responses={
        **document_file("All exercises as a table.", "text/csv", EXERCISES_EXAMPLE),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all exercises as CSV",
)
def export_exercises_as_csv(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """All exercises for a spreadsheet: UTF-8, a row for each, several values of a cell with ` | ` between them.

    No cell is a formula: a text that a spreadsheet program would take for one has an apostrophe before it.
    """
    content = write_exercise_table(catalogue.exercises.records.values(), address)
    headers = _describe_file("exercises.csv", catalogue.serial, _cache_control_of_links(caching.CATALOGUE, address))
    return Response(content, media_type="text/csv", headers=headers)


@router.get(
    "/exercises.ndjson",
    response_class=Response,
    responses={
        **document_file("All exercises, one on each line.", NDJSON_TYPE, '{"slug":"open-book","name":"Open book"}\n'),
        **InvalidRequest.openapi_responses(),
    },
    summary="Export all exercises as NDJSON",
)
async def export_exercises_as_ndjson(catalogue: CurrentCatalogue) -> Response:
    """All exercises for programs that read line by line: each line is the JSON of `GET /v1/exercises/{slug}`."""
    content = b"".join(record + b"\n" for record in catalogue.exercises.json_by_slug.values())
    headers = _describe_file("exercises.ndjson", catalogue.serial, caching.CATALOGUE)
    return LinkedResponse(content, media_type=NDJSON_TYPE, headers=headers)


async def _export(exported: ExportedSession, query: ExportQuery, accept: str, address: PublicAddress) -> Response:
    """Return a session in the format that the query names, else in the one that `Accept` prefers."""
    name: ExportFormat = query.format or FORMATS_BY_MEDIA_TYPE[choose_media_type(accept, (*FORMATS_BY_MEDIA_TYPE,))]
    cache_control = exported.cache_control
    if name == "ics":
        cache_control = _cache_control_of_links(cache_control, address)
        # In a thread: the rules of a time zone take a while.
        content = await asyncio.to_thread(_write_calendar, exported, query, address)
    else:
        content = write_webvtt(exported.session.timeline) if name == "vtt" else write_session_table(exported.session)
    headers = _describe_file(f"{exported.file_name}.{name}", exported.serial, cache_control)
    if query.format is None:
        headers["Vary"] = "Accept"
    return Response(content, media_type=MEDIA_TYPES[name], headers=headers)


def _write_calendar(exported: ExportedSession, query: ExportQuery, address: PublicAddress) -> bytes:
    start = query.require_start()
    try:
        # The library is an optional extra.
        from app.exports.appointment import Appointment, write_appointment
    except ImportError as error:
        raise FormatUnavailable(
            "Calendars need the extra `calendar` to be installed on this server; ask for csv or vtt.",
            available=["csv", "vtt"],
        ) from error
    appointment = Appointment(
        exported.name, exported.session, exported.page_path, exported.updated_at, start, query.timezone
    )
    return write_appointment(appointment, address)


def _cache_control_of_links(cache_control: str, address: PublicAddress) -> str:
    """Return how long an answer with absolute links may be kept.

    A shared cache must not keep links made from one client's Host header.
    """
    return cache_control if address.is_configured else caching.HOST_DEPENDENT_LINKS


def _describe_file(file_name: str, serial: int, cache_control: str) -> dict[str, str]:
    return {
        "Cache-Control": cache_control,
        "X-Catalogue-Serial": str(serial),
        "Content-Disposition": f'inline; filename="{file_name}"',
    }
