"""Exports of one session or routine over HTTP, in the formats of other programs."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, RoutineSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.exports.document_formats import document_session_formats
from app.exports.export_query import ExportQuery
from app.exports.responses import Accept
from app.exports.session_export import ExportedSession, answer_export
from app.kit import caching
from app.kit.errors import FormatUnavailable, InvalidRequest, NotAcceptable, WorkerUnavailable
from app.kit.linked_response import CurrentPublicAddress
from app.kit.request_database import DatabaseUnavailable
from app.kit.work_limiter import ServiceBusy
from app.sessions.dependencies import SessionId, Sessions
from app.sessions.responses import SessionNotFound

router = APIRouter(prefix="/v1", tags=["Exports"])
BUSY = (ServiceBusy, WorkerUnavailable)
"""Why a hand-out may not be printed now."""


@router.get(
    "/sessions/{session_id}/export",
    response_class=Response,
    responses={
        **document_session_formats(),
        **SessionNotFound.openapi_responses(
            RecordGone, NotAcceptable, InvalidRequest, FormatUnavailable, DatabaseUnavailable, *BUSY
        ),
    },
    summary="Export a session",
)
async def export_session(
    request: Request,
    sessions: Sessions,
    session_id: SessionId,
    query: Annotated[ExportQuery, Query()],
    address: CurrentPublicAddress,
    accept: Accept = "",
) -> Response:
    """A session as a file: table, subtitles, appointment, hand-out to print, plan for clinics, workout for watches.

    By `format` or by `Accept`:

    `/v1/sessions/example/export?format=vtt`, `/v1/sessions/example/export?format=ics&start=2026-12-01T09:30`,
    `/v1/sessions/example/export?format=pdf&paper=letter`, `format=fhir` (HL7 FHIR R5), `format=fit`.
    """
    session = await sessions.read(session_id)
    exported = ExportedSession(
        name=session.title,
        session=session,
        routine=None,
        file_name=f"session-{session.id}",
        page_path=f"/sessions/{session_id}",
        # A stored session never changes: what it says is as new as the newest of its records.
        updated_at=max(exercise.updated_at for exercise in session.exercises.values()),
        serial=session.catalogue_serial,
        cache_control=caching.STORED_SESSION,
    )
    return await answer_export(request, exported, query, accept, address)


@router.get(
    "/routines/{slug}/export",
    response_class=Response,
    responses={
        **document_session_formats(),
        **RecordNotFound.openapi_responses(RecordGone, NotAcceptable, InvalidRequest, FormatUnavailable, *BUSY),
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
    """A routine as a file: table, subtitles, appointment, hand-out, plan, workout; by `format` or by `Accept`.

    A table has a row for each exercise: `/v1/routines/desk-break-5-min-chair/export?format=csv`.
    Subtitles have a cue for each event of the timeline: `/v1/routines/desk-break-5-min-chair/export?format=vtt`.
    An appointment has an alarm, and a link to the page of the routine:
    `/v1/routines/desk-break-5-min-chair/export?format=ics&start=2026-12-01T09:30&timezone=Europe/Berlin`.
    A hand-out has pictures, doses, steps, cautions, a table to tick for two weeks and a QR code that leads to the page:
    `/v1/routines/desk-break-5-min-chair/export?format=pdf`, or `format=html` to print from a browser.
    A plan for clinics is a `PlanDefinition` of HL7 FHIR R5: `/v1/routines/desk-break-5-min-chair/export?format=fhir`.
    A workout for sports watches is a FIT file: `/v1/routines/desk-break-5-min-chair/export?format=fit`.
    """
    redirect = redirect_if_renamed(catalogue.routines, slug, request)
    if redirect is not None:
        return redirect
    routine = catalogue.routines.records[slug]
    exported = ExportedSession(
        name=routine.name,
        session=routine.session,
        routine=routine,
        file_name=slug,
        page_path=f"/routines/{slug}",
        updated_at=routine.updated_at,
        serial=catalogue.serial,
        cache_control=caching.CATALOGUE,
    )
    return await answer_export(request, exported, query, accept, address)
