"""A session or routine in the format that a request chooses."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from fastapi import Request
from starlette.responses import Response

from app.catalogue.dependencies import find_snapshot
from app.catalogue.figure_responses import find_drawing
from app.catalogue.own_figure_responses import OwnPictureReader, OwnPictures, draw_own_picture
from app.catalogue.snapshot import Snapshot
from app.exports.export_query import FILE_ENDINGS, MEDIA_TYPES, ExportFormat, ExportQuery
from app.exports.fhir.elements import write_resource
from app.exports.fhir.plan_definition import PlannedSession, describe_plan
from app.exports.fit.workout import write_workout
from app.exports.handouts.content import (
    Handout,
    Picture,
    describe_routine,
    describe_session,
    label_phases,
)
from app.exports.handouts.page import render_handout_page
from app.exports.handouts.printer import HandoutPrinter
from app.exports.responses import cache_control_of_links, describe_headers
from app.exports.session_table import write_session_table
from app.exports.webvtt_file import write_webvtt
from app.kit.errors import FormatUnavailable
from app.kit.links import PublicAddress
from app.kit.negotiation import choose_media_type
from app.schemas.routine import Routine
from app.schemas.session import Session

FORMATS_BY_MEDIA_TYPE: Final = {media_type: name for name, media_type in MEDIA_TYPES.items()}
LINKED_FORMATS: Final[frozenset[ExportFormat]] = frozenset({"ics", "pdf", "html", "fhir"})
"""Formats that hold links, which are absolute: the file is read outside of an HTTP client."""


class ExportedSession(NamedTuple):
    """What is exported, and how long the answer may be kept."""

    name: str
    session: Session
    routine: Routine | None
    """The routine that the session is of; None for a built session."""
    file_name: str
    """Without its ending."""
    page_path: str
    updated_at: datetime
    serial: int
    cache_control: str

    def describe_handout(self, address: PublicAddress, catalogue: Snapshot, own_pictures: OwnPictures) -> Handout:
        """Return what its hand-out says. The drawings are found in this catalogue, also after a rename."""
        find, pictures = partial(find_drawing, catalogue), _describe_own_pictures(self.session, own_pictures)
        if self.routine is None:
            return describe_session(self.session, self.page_path, address, find, pictures)
        return describe_routine(self.routine, self.page_path, address, find, pictures)

    def write_plan(self, address: PublicAddress) -> bytes:
        """Return it as a plan of FHIR."""
        if self.routine:
            planned = PlannedSession.of_routine(self.routine)
        else:
            planned = PlannedSession(self.name, self.session, None, self.page_path, self.serial, self.updated_at)
        return write_resource(describe_plan(planned, address))


async def answer_export(
    request: Request, exported: ExportedSession, query: ExportQuery, accept: str, address: PublicAddress
) -> Response:
    """Return a session in the format that the query names, else in the one that `Accept` prefers."""
    name: ExportFormat = query.format or FORMATS_BY_MEDIA_TYPE[choose_media_type(accept, (*FORMATS_BY_MEDIA_TYPE,))]
    cache_control = exported.cache_control
    if name in LINKED_FORMATS:
        cache_control = cache_control_of_links(cache_control, address)
    file_name = f"{exported.file_name}.{FILE_ENDINGS.get(name, name)}"
    headers = describe_headers(file_name, exported.serial, cache_control)
    if query.format is None:
        headers["Vary"] = "Accept"
    if name == "html":
        own_pictures = await _read_own_pictures(request, exported)
        handout = exported.describe_handout(address, find_snapshot(request), own_pictures)
        page = await asyncio.to_thread(render_handout_page, handout, query.paper)
        content, headers["Content-Security-Policy"] = page.content, page.policy
    else:
        content = await _write_file(request, exported, name, query, address)
    return Response(content, media_type=MEDIA_TYPES[name], headers=headers)


async def _read_own_pictures(request: Request, exported: ExportedSession) -> OwnPictures:
    """Return the pictures that a partner uploaded for exercises of the session. Raises `DatabaseUnavailable`."""
    reader: OwnPictureReader = request.app.state.own_picture_reader
    return await reader.read(list(exported.session.exercises))


def _describe_own_pictures(session: Session, own_pictures: OwnPictures) -> dict[str, tuple[Picture, ...]]:
    """Return the pictures of own exercises as a hand-out shows them, by slug."""
    labels = label_phases()
    return {
        slug: tuple(
            Picture(
                label=labels[phase],
                svg=draw_own_picture(pictures[phase], session.exercises[slug].name).decode(),
                alt=pictures[phase].alt,
            )
            for phase in labels
            if phase in pictures
        )
        for slug, pictures in own_pictures.items()
    }


async def _write_file(
    request: Request, exported: ExportedSession, name: ExportFormat, query: ExportQuery, address: PublicAddress
) -> bytes:
    if name == "pdf":
        printer: HandoutPrinter = request.app.state.handout_printer
        catalogue = find_snapshot(request)
        own_pictures = await _read_own_pictures(request, exported)
        handout = await asyncio.to_thread(exported.describe_handout, address, catalogue, own_pictures)
        return await printer.print_pdf(request, handout, query.paper, is_shared=exported.routine is not None)
    if name == "ics":
        # In a thread: the rules of a time zone take a while.
        return await asyncio.to_thread(_write_calendar, exported, query, address)
    if name == "fhir":
        return await asyncio.to_thread(exported.write_plan, address)
    if name == "fit":
        return await asyncio.to_thread(
            write_workout, exported.name, exported.session, exported.page_path, exported.updated_at
        )
    return write_webvtt(exported.session.timeline) if name == "vtt" else write_session_table(exported.session)


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
