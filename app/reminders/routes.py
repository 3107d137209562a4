"""Reminders over HTTP: the breaks of a working day, as a list and as a calendar. Nothing is stored."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue
from app.kit.caching import PRIVATE_REVALIDATED, PUBLIC_1_MINUTE
from app.kit.errors import InvalidRequest, NotAcceptable
from app.reminders.schedule import ReminderSchedule, build_schedule, list_desk_break_routines
from app.reminders.workday import Workday

router = APIRouter(prefix="/v1", tags=["Reminders"])
ERROR_RESPONSES = InvalidRequest.openapi_responses()


@router.get("/reminders", response_model=ReminderSchedule, responses=ERROR_RESPONSES, summary="Breaks of a day")
def list_reminders(request: Request, catalogue: CurrentCatalogue, day: Annotated[Workday, Query()]) -> Response:
    """The reminders of a working day, each break with a routine that fits its length.

    `/v1/reminders?timezone=Europe/Berlin&start=09:00&end=17:00&lunch=12:30-13:00&kinds=micro_break,eyes`. Nothing is
    stored: the link is the whole state. It holds nothing about health.
    """
    plan = build_schedule(day, list_desk_break_routines(list(catalogue.routines.records.values())), _base_url(request))
    return Response(
        plan.model_dump_json(), headers=_caching_headers(request, catalogue.serial), media_type="application/json"
    )


@router.get(
    "/reminders.ics",
    response_class=Response,
    responses={
        200: {"description": "The calendar.", "content": {"text/calendar": {}}},
        **InvalidRequest.openapi_responses(NotAcceptable),
    },
    summary="Breaks of a day as a calendar",
)
def get_reminders_calendar(request: Request, catalogue: CurrentCatalogue, day: Annotated[Workday, Query()]) -> Response:
    """The same as iCalendar, to download or to subscribe to: a weekly event for each time of day, with an alarm.

    Two downloads are the same to the byte, so importing again doubles nothing. Some calendars (Google, Outlook) ignore
    the alarms of calendars that are subscribed to: set them there, or import the file.
    """
    try:
        from app.reminders.icalendar_file import render_calendar
    except ImportError as missing:
        raise NotAcceptable("Calendars need the extra `calendar` to be installed on this server.") from missing
    plan = build_schedule(day, list_desk_break_routines(list(catalogue.routines.records.values())), _base_url(request))
    headers = {**_caching_headers(request, catalogue.serial), "Content-Disposition": 'inline; filename="breaks.ics"'}
    return Response(
        render_calendar(day, plan), headers=headers, media_type="text/calendar; charset=utf-8; method=PUBLISH"
    )


def _base_url(request: Request) -> str:
    """What absolute links start with."""
    return str(request.app.state.settings.public_url or request.base_url).rstrip("/")


def _caching_headers(request: Request, serial: int) -> dict[str, str]:
    """Links made from the Host header are for this client only."""
    control = PUBLIC_1_MINUTE if request.app.state.settings.public_url else PRIVATE_REVALIDATED
    return {"Cache-Control": control, "X-Catalogue-Serial": str(serial)}
