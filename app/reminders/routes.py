"""Reminders over HTTP: the breaks of a working day, as a list and as a calendar. Nothing is stored."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.catalogue.dependencies import CurrentCatalogue
from app.catalogue.snapshot import Snapshot
from app.kit import caching
from app.kit.errors import FormatUnavailable, InvalidRequest
from app.kit.linked_response import CurrentPublicAddress
from app.kit.links import PublicAddress
from app.reminders.revision import NO_ROUTINES, ContentRevision
from app.reminders.rotation import list_desk_break_routines
from app.reminders.schedule import ReminderSchedule, build_schedule
from app.reminders.workday import Workday

router = APIRouter(prefix="/v1", tags=["Reminders"])
ERROR_RESPONSES = InvalidRequest.openapi_responses()
WorkdayQuery = Annotated[Workday, Query()]
"""The working day, as the query of a link."""


@router.get(
    "/reminders", response_model=ReminderSchedule, responses=ERROR_RESPONSES, summary="List the breaks of a working day"
)
def list_reminders(address: CurrentPublicAddress, catalogue: CurrentCatalogue, workday: WorkdayQuery) -> Response:
    """The reminders of a working day, each break with a routine that fits its length; they take turns through the week.

    `/v1/reminders?timezone=Europe/Berlin&start=09:00&end=17:00&lunch=12:30-13:00&kinds=micro_break&kinds=eyes`.
    A short Friday and days off: `/v1/reminders?timezone=UTC&days=MO&days=FR=08:00-12:30&off=2026-12-24/2027-01-01`.
    Nothing is stored: the link holds everything. It contains nothing about health.
    """
    schedule = _build_schedule(workday, catalogue, address)
    headers = _catalogue_headers(catalogue, address)
    return Response(schedule.model_dump_json(), headers=headers, media_type="application/json")


@router.get(
    "/reminders.ics",
    response_class=Response,
    responses={
        200: {"description": "The calendar.", "content": {"text/calendar": {}}},
        **InvalidRequest.openapi_responses(FormatUnavailable),
    },
    summary="Get the breaks of a working day as a calendar",
)
def get_reminders_calendar(
    address: CurrentPublicAddress, catalogue: CurrentCatalogue, workday: WorkdayQuery
) -> Response:
    """The same as iCalendar, to download or to subscribe to: weekly events with an alarm, a picture and a page.

    Two downloads are equal to the byte, and importing the file again creates no duplicates. Some calendars (Google,
    Outlook) ignore the alarms of calendars that are subscribed to: set them there, or import the file.
    """
    try:
        # The library is an optional extra.
        from app.reminders.icalendar_file import render_calendar
    except ImportError as error:
        raise FormatUnavailable("Calendars need the extra `calendar` to be installed on this server.") from error
    last_change = catalogue.routines.last_change
    routines = ContentRevision(*last_change) if last_change else NO_ROUTINES
    calendar = render_calendar(workday, _build_schedule(workday, catalogue, address), routines)
    headers = _catalogue_headers(catalogue, address)
    headers["Content-Disposition"] = 'inline; filename="breaks.ics"'
    return Response(calendar, headers=headers, media_type="text/calendar; charset=utf-8; method=PUBLISH")


def _build_schedule(workday: Workday, catalogue: Snapshot, address: PublicAddress) -> ReminderSchedule:
    routines = list_desk_break_routines(catalogue.routines.records.values())
    return build_schedule(workday, routines, address)


def _catalogue_headers(catalogue: Snapshot, address: PublicAddress) -> dict[str, str]:
    # A shared cache must not keep links made from one client's Host header.
    cache_control = caching.CATALOGUE if address.is_configured else caching.HOST_DEPENDENT_LINKS
    return {"Cache-Control": cache_control, "X-Catalogue-Serial": str(catalogue.serial)}
