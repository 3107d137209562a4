"""Routes that read the catalogue: exercises, guidelines, references, routines and the vocabulary."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.alternatives import ExerciseAlternatives, find_alternatives
from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, GuidelineSlug, ReferenceSlug, RoutineSlug
from app.catalogue.facets import ExerciseFacets, count_facets
from app.catalogue.filters import (
    ExerciseFilter,
    ExerciseSelection,
    GuidelineFilter,
    ReferenceFilter,
    RoutineQuery,
    SessionQuery,
)
from app.catalogue.list_route import ListRoute
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.catalogue.responses import json_response, page_response, record_response
from app.catalogue.vocabulary import Vocabulary, build_vocabulary
from app.kit.errors import InvalidRequest
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.page import ExercisePage, GuidelinePage, ReferencePage, RoutinePage
from app.schemas.reference import Reference
from app.schemas.routine import Routine

router = APIRouter(prefix="/v1", route_class=ListRoute)
LIST_RESPONSES = InvalidRequest.openapi_responses()
"""The problems that a list can answer with."""
RECORD_RESPONSES = RecordNotFound.openapi_responses(RecordGone, InvalidRequest)
"""The problems that a route of one record can answer with."""


@router.get(
    "/exercises",
    tags=["Exercises"],
    response_model=ExercisePage,
    responses=LIST_RESPONSES,
    summary="List exercises",
)
async def list_exercises(
    request: Request, catalogue: CurrentCatalogue, query: Annotated[ExerciseFilter, Query()]
) -> Response:
    """Exercises that match every filter, by slug, or by relevance where `q` is given.

    Several values of one filter mean any of them: `/v1/exercises?goal=rotation&goal=extension`.
    With the equipment at hand: `/v1/exercises?available_equipment=chair&level_max=2`.
    With typing errors: `/v1/exercises?q=thorasic+rotaion&limit=5`.
    """
    return page_response(catalogue, catalogue.exercises, query, request)


@router.get(
    "/facets/exercises",
    tags=["Exercises"],
    response_model=ExerciseFacets,
    responses=LIST_RESPONSES,
    summary="Count exercises by filter",
)
async def get_exercise_facets(catalogue: CurrentCatalogue, query: Annotated[ExerciseSelection, Query()]) -> Response:
    """For each value of each filter how many exercises are left with it, under the other filters that are given.

    Takes the filters of `GET /v1/exercises`: `/v1/facets/exercises?goal=rotation&level_max=2`. A screen shows the
    counts beside its filters, so that nobody chooses what lists nothing.
    """
    return json_response(catalogue, count_facets(catalogue, query).model_dump_json().encode())


@router.get(
    "/exercises/{slug}",
    tags=["Exercises"],
    response_model=Exercise,
    responses=RECORD_RESPONSES,
    summary="Get an exercise",
)
async def get_exercise(request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue) -> Response:
    """One exercise, whole; `/v1/partial/exercises/open-book?fields=name&fields=steps` answers selected fields."""
    return record_response(catalogue, catalogue.exercises, slug, request)


@router.get(
    "/exercises/{slug}/alternatives",
    tags=["Exercises"],
    response_model=ExerciseAlternatives,
    responses=RECORD_RESPONSES,
    summary="List alternatives to an exercise",
)
async def get_exercise_alternatives(request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue) -> Response:
    """Exercises to do instead: the next easier and harder ones, and similar ones, each with the reason."""
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    exercises = catalogue.exercises.records
    alternatives = find_alternatives(exercises[slug], exercises)
    return json_response(catalogue, alternatives.model_dump_json().encode())


@router.get(
    "/guidelines",
    tags=["Guidelines"],
    response_model=GuidelinePage,
    responses=LIST_RESPONSES,
    summary="List guidelines",
)
async def list_guidelines(
    request: Request, catalogue: CurrentCatalogue, query: Annotated[GuidelineFilter, Query()]
) -> Response:
    """Guidelines on workplace, posture, habits and training: `/v1/guidelines?topic=workstation&applies_to=laptop`."""
    return page_response(catalogue, catalogue.guidelines, query, request)


@router.get(
    "/guidelines/{slug}",
    tags=["Guidelines"],
    response_model=Guideline,
    responses=RECORD_RESPONSES,
    summary="Get a guideline",
)
async def get_guideline(request: Request, slug: GuidelineSlug, catalogue: CurrentCatalogue) -> Response:
    """One guideline with its measures, sources and doubts."""
    return record_response(catalogue, catalogue.guidelines, slug, request)


@router.get(
    "/references",
    tags=["References"],
    response_model=ReferencePage,
    responses=LIST_RESPONSES,
    summary="List references",
)
async def list_references(
    request: Request, catalogue: CurrentCatalogue, query: Annotated[ReferenceFilter, Query()]
) -> Response:
    """The sources, each with its certainty: `/v1/references?certainty=unidentified`."""
    return page_response(catalogue, catalogue.references, query, request)


@router.get(
    "/references/{slug}",
    tags=["References"],
    response_model=Reference,
    responses=RECORD_RESPONSES,
    summary="Get a reference",
)
async def get_reference(request: Request, slug: ReferenceSlug, catalogue: CurrentCatalogue) -> Response:
    """One source: what it supports, and its limits."""
    return record_response(catalogue, catalogue.references, slug, request)


@router.get(
    "/routines",
    tags=["Routines"],
    response_model=RoutinePage,
    responses=LIST_RESPONSES,
    summary="List routines",
)
async def list_routines(
    request: Request, catalogue: CurrentCatalogue, query: Annotated[RoutineQuery, Query()]
) -> Response:
    """Routines ready to play: `/v1/routines?suits=desk_break&duration_s_max=300`."""
    json_by_slug = None if query.exercise_records else catalogue.routines_without_exercises
    return page_response(catalogue, catalogue.routines, query, request, json_by_slug=json_by_slug)


@router.get(
    "/routines/{slug}",
    tags=["Routines"],
    response_model=Routine,
    responses=RECORD_RESPONSES,
    summary="Get a routine",
)
async def get_routine(
    request: Request, slug: RoutineSlug, catalogue: CurrentCatalogue, query: Annotated[SessionQuery, Query()]
) -> Response:
    """One routine: its built session, and the recipe, a session request to change and send to `POST /v1/sessions`."""
    json_by_slug = None if query.exercise_records else catalogue.routines_without_exercises
    return record_response(catalogue, catalogue.routines, slug, request, json_by_slug=json_by_slug)


@router.get(
    "/vocabulary",
    tags=["Vocabulary"],
    response_model=Vocabulary,
    responses=LIST_RESPONSES,
    summary="List vocabulary terms",
)
async def get_vocabulary(catalogue: CurrentCatalogue) -> Response:
    """Every term of every closed list with label, description and count, and which parameters take it: a filter screen.

    The counts are those of the whole catalogue; `GET /v1/facets/exercises` counts under other filters.
    """
    return json_response(catalogue, build_vocabulary(catalogue).model_dump_json().encode())
