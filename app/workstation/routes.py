"""Workstation and reminders: a body is fitted, a desk is judged, a day gets its breaks. Nothing is stored."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi import Response as Answer
from pydantic import Field
from starlette.responses import Response

from app.catalogue.responses import CurrentCatalogue
from app.kit.caching import PUBLIC_1_MINUTE
from app.kit.errors import InvalidRequest, NotAcceptable
from app.kit.query import QueryModel
from app.workstation.assessment import WorkstationAssessment, WorkstationReport, assess
from app.workstation.body import WorkstationBody
from app.workstation.day import Day
from app.workstation.diagram import diagram
from app.workstation.fit import WorkstationFit, fit
from app.workstation.schedule import Schedule, offers, schedule

router = APIRouter(prefix="/v1")
REFUSED = InvalidRequest.openapi_responses()
FORGOTTEN = "no-store"


class DiagramChoice(QueryModel):
    """How to draw."""

    theme: Literal["light", "dark", "auto"] = Field(
        "auto", description="`auto` follows the reader's setting where the drawing is shown in a browser."
    )


@router.post("/workstation/fit", tags=["Workstation"], responses=REFUSED, summary="Fit a workstation to a body")
def fit_workstation(body: WorkstationBody, answer: Answer) -> WorkstationFit:
    """Where seat, desk, screen and armrests go, sitting and standing, each with tolerance, confidence and source.

    Only standing height is needed; own measures replace the estimates. A desk that cannot move is met by raising the
    chair and adding a footrest, by a keyboard tray, or by lowering it. Nothing of the body is stored.
    """
    answer.headers["Cache-Control"] = FORGOTTEN
    return fit(body)


@router.post("/workstation/assessment", tags=["Workstation"], responses=REFUSED, summary="Judge a workstation")
def assess_workstation(assessment: WorkstationAssessment, answer: Answer) -> WorkstationReport:
    """What is off at a desk, how far and what to move, gravest first and free fixes first, with a score.

    Inside one standard error of an estimated body nothing is called wrong. `break` is a request that
    `POST /v1/sessions` takes as it is. Nothing of the body is stored.
    """
    answer.headers["Cache-Control"] = FORGOTTEN
    return assess(assessment)


@router.post(
    "/workstation/diagram",
    tags=["Workstation"],
    response_class=Response,
    responses={200: {"description": "The drawing.", "content": {"image/svg+xml": {}}}, **REFUSED},
    summary="Draw a fitted workstation",
)
def draw_workstation(body: WorkstationBody, choice: Annotated[DiagramChoice, Query()]) -> Response:
    """The fitted desk from the side with its dimensions, as SVG, readable from 400 pixels of width."""
    return Response(diagram(body, choice.theme), headers={"Cache-Control": FORGOTTEN}, media_type="image/svg+xml")


@router.get("/reminders", tags=["Reminders"], response_model=Schedule, responses=REFUSED, summary="Breaks of a day")
def list_reminders(request: Request, catalogue: CurrentCatalogue, day: Annotated[Day, Query()]) -> Response:
    """The reminders of a working day, each break with a routine that fits its length.

    `/v1/reminders?timezone=Europe/Berlin&start=09:00&end=17:00&lunch=12:30-13:00&kinds=micro_break,eyes`. Nothing is
    stored: the link is the whole state. It holds nothing about health.
    """
    plan = schedule(day, offers(list(catalogue.routines.records.values())), _base(request))
    return Response(plan.model_dump_json(), headers=_caching(request, catalogue.serial), media_type="application/json")


@router.get(
    "/reminders.ics",
    tags=["Reminders"],
    response_class=Response,
    responses={
        200: {"description": "The calendar.", "content": {"text/calendar": {}}},
        **InvalidRequest.openapi_responses(NotAcceptable),
    },
    summary="Breaks of a day as a calendar",
)
def get_reminders_calendar(request: Request, catalogue: CurrentCatalogue, day: Annotated[Day, Query()]) -> Response:
    """The same as iCalendar, to download or to subscribe to: a weekly event for each time of day, with an alarm.

    Two downloads are the same to the byte, so importing again doubles nothing. Some calendars (Google, Outlook) ignore
    the alarms of calendars that are subscribed to: set them there, or import the file.
    """
    try:
        from app.workstation.calendar import calendar
    except ImportError as missing:
        raise NotAcceptable("Calendars need the extra `calendar` to be installed on this server.") from missing
    plan = schedule(day, offers(list(catalogue.routines.records.values())), _base(request))
    headers = {**_caching(request, catalogue.serial), "Content-Disposition": 'inline; filename="breaks.ics"'}
    return Response(calendar(day, plan), headers=headers, media_type="text/calendar; charset=utf-8; method=PUBLISH")


def _base(request: Request) -> str:
    """What absolute links start with."""
    return str(request.app.state.settings.public_url or request.base_url).rstrip("/")


def _caching(request: Request, serial: int) -> dict[str, str]:
    """Links made from the Host header are for this client only."""
    control = PUBLIC_1_MINUTE if request.app.state.settings.public_url else "private, no-cache"
    return {"Cache-Control": control, "X-Catalogue-Serial": str(serial)}
