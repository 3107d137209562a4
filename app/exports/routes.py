"""Exports of one session or routine over HTTP, in the formats of other programs."""

import asyncio
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, RoutineSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.exports.document_formats import document_session_formats
from app.exports.export_query import MEDIA_TYPES, ExportFormat, ExportQuery
from app.exports.responses import Accept, cache_control_of_links, describe_headers
from app.exports.session_table import write_session_table
from app.exports.webvtt_file import write_webvtt
from app.kit import caching
from app.kit.errors import FormatUnavailable, InvalidRequest, NotAcceptable
from app.kit.linked_response import CurrentPublicAddress
from app.kit.links import PublicAddress
from app.kit.negotiation import choose_media_type
from app.kit.request_database import DatabaseUnavailable
from app.schemas.session import Session
from app.sessions.dependencies import SessionId, Sessions
from app.sessions.responses import SessionNotFound

router = APIRouter(prefix="/v1", tags=["Exports"])
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


async def _export(exported: ExportedSession, query: ExportQuery, accept: str, address: PublicAddress) -> Response:
    """Return a session in the format that the query names, else in the one that `Accept` prefers."""
    name: ExportFormat = query.format or FORMATS_BY_MEDIA_TYPE[choose_media_type(accept, (*FORMATS_BY_MEDIA_TYPE,))]
    cache_control = exported.cache_control
    if name == "ics":
        cache_control = cache_control_of_links(cache_control, address)
        # In a thread: the rules of a time zone take a while.
        content = await asyncio.to_thread(_write_calendar, exported, query, address)
    else:
        content = write_webvtt(exported.session.timeline) if name == "vtt" else write_session_table(exported.session)
    headers = describe_headers(f"{exported.file_name}.{name}", exported.serial, cache_control)
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
