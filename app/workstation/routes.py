"""Workstation over HTTP: a body is fitted, a desk is assessed, the fit is drawn. Nothing is stored."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Response as Answer
from pydantic import Field
from starlette.responses import Response

from app.figures.palette import Theme
from app.kit.caching import NO_STORE
from app.kit.errors import InvalidRequest
from app.kit.query import QueryModel
from app.workstation.assessment import WorkstationAssessment, WorkstationReport, compute_assessment
from app.workstation.body import WorkstationBody
from app.workstation.drawing.diagram import draw_diagram
from app.workstation.fit import WorkstationFit, compute_fit

router = APIRouter(prefix="/v1")
ERROR_RESPONSES = InvalidRequest.openapi_responses()


class DiagramQuery(QueryModel):
    """How to draw."""

    theme: Theme = Field(
        "auto", description="`auto` follows the reader's setting where the drawing is shown in a browser."
    )


@router.post("/workstation/fit", tags=["Workstation"], responses=ERROR_RESPONSES, summary="Fit a workstation to a body")
def fit_workstation(body: WorkstationBody, answer: Answer) -> WorkstationFit:
    """Where seat, desk, screen and armrests go, sitting and standing, each with tolerance, confidence and source.

    Only standing height is needed; own measures replace the estimates. A desk that cannot move is met by raising the
    chair and adding a footrest, by a keyboard tray, or by lowering it. Nothing of the body is stored.
    """
    answer.headers["Cache-Control"] = NO_STORE
    return compute_fit(body)


@router.post("/workstation/assessment", tags=["Workstation"], responses=ERROR_RESPONSES, summary="Assess a workstation")
def assess_workstation(assessment: WorkstationAssessment, answer: Answer) -> WorkstationReport:
    """What is off at a desk, how far and what to move, gravest first and free fixes first, with a score.

    Inside one standard error of an estimated body nothing is called wrong. `break` is a request that
    `POST /v1/sessions` takes as it is. Nothing of the body is stored.
    """
    answer.headers["Cache-Control"] = NO_STORE
    return compute_assessment(assessment)


@router.post(
    "/workstation/diagram",
    tags=["Workstation"],
    response_class=Response,
    responses={200: {"description": "The drawing.", "content": {"image/svg+xml": {}}}, **ERROR_RESPONSES},
    summary="Draw a fitted workstation",
)
def draw_workstation(body: WorkstationBody, choice: Annotated[DiagramQuery, Query()]) -> Response:
    """The fitted desk from the side with its dimensions, as SVG, readable from 400 pixels of width."""
    return Response(draw_diagram(body, choice.theme), headers={"Cache-Control": NO_STORE}, media_type="image/svg+xml")
