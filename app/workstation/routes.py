"""Workstation over HTTP: fit one to a body, assess one, draw one. Nothing is stored."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.figures.palette import Theme
from app.figures.persons import DEFAULT_SITTING_PERSON, SittingPerson, SkinTone
from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.query import QueryModel
from app.workstation.assessment import WorkstationAssessment, WorkstationReport, compute_assessment
from app.workstation.body import WorkstationBody
from app.workstation.drawing.diagram import draw_diagram
from app.workstation.fit import WorkstationFit, compute_fit

router = APIRouter(prefix="/v1/workstation", tags=["Workstation"])
ERROR_RESPONSES = InvalidRequest.openapi_responses()


class DiagramQuery(QueryModel):
    """The query of a drawing."""

    theme: Theme = Field(
        "auto", description="`auto` follows the reader's setting where the drawing is shown in a browser."
    )
    person: SittingPerson = Field(DEFAULT_SITTING_PERSON, description="Who sits at the desk.")
    skin: SkinTone | None = Field(None, description="Absent: that of the person.")


@router.post("/fit", responses=ERROR_RESPONSES, summary="Fit a workstation to a body")
def fit_workstation(body: WorkstationBody, response: Response) -> WorkstationFit:
    """Where seat, desk, screen and armrests go, sitting and standing, each with tolerance, confidence and source.

    Only stature is needed; measurements of the body replace the estimates. Where a desk cannot be adjusted, the
    advice is to raise the chair and add a footrest, to fit a keyboard tray, or to lower the desk. Nothing is stored.
    """
    response.headers["Cache-Control"] = caching.NO_STORE
    return compute_fit(body)


@router.post("/assessment", responses=ERROR_RESPONSES, summary="Assess a workstation")
def assess_workstation(assessment: WorkstationAssessment, response: Response) -> WorkstationReport:
    """What is wrong at a workstation, by how much and what to change, most severe first, with a score.

    Inside one standard error of an estimated body there is no finding. Findings on seat, desk, feet and screen are one
    plan: a fit of the same desk gives the same heights. `break` is a request that
    `POST /v1/sessions` takes as it is. Nothing of the body is stored.
    """
    response.headers["Cache-Control"] = caching.NO_STORE
    return compute_assessment(assessment)


@router.post(
    "/diagram",
    response_class=Response,
    responses={
        200: {
            "description": "The drawing.",
            "content": {"image/svg+xml": {"schema": {"type": "string", "format": "binary"}}},
        },
        **ERROR_RESPONSES,
    },
    summary="Draw a fitted workstation",
)
def draw_workstation(body: WorkstationBody, query: Annotated[DiagramQuery, Query()]) -> Response:
    """The fitted desk from the side with its dimensions, as SVG, readable from 400 pixels of width."""
    drawing = draw_diagram(body, query.theme, query.person, query.skin)
    return Response(drawing, headers={"Cache-Control": caching.NO_STORE}, media_type="image/svg+xml")
