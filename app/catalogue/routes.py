"""Reading the catalogue: exercises, guidelines, references, routines, vocabulary. All of it from the snapshot."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.catalogue.alternatives import ExerciseAlternatives, alternatives_of
from app.catalogue.filters import ExerciseFilter, GuidelineFilter, ReferenceFilter, RoutineFilter
from app.catalogue.responses import CurrentCatalogue, RecordGone, RecordNotFound, answer, locate, one, page
from app.catalogue.vocabulary import Vocabulary, vocabulary_of
from app.kit.dependencies import FieldsQueryParam
from app.kit.errors import InvalidRequest
from app.kit.models import FrozenModel
from app.schemas.exercise import Exercise
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine

router = APIRouter(prefix="/v1")


class Listed(FrozenModel):
    """A page of a list."""

    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")
    total: int = Field(description="Records that the filters let through, on all pages.")


class ExercisePage(Listed):
    items: tuple[Exercise, ...]


class GuidelinePage(Listed):
    items: tuple[Guideline, ...]


class ReferencePage(Listed):
    items: tuple[Reference, ...]


class RoutinePage(Listed):
    items: tuple[Routine, ...]


def _slug(example: str) -> object:
    return Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, description="Stable id.", examples=[example])


ExerciseSlug = Annotated[str, _slug("open-book")]
GuidelineSlug = Annotated[str, _slug("desk-height")]
ReferenceSlug = Annotated[str, _slug("cho-2017")]
RoutineSlug = Annotated[str, _slug("desk-break-5-min-chair")]
LIST = InvalidRequest.openapi_responses()
ITEM = RecordNotFound.openapi_responses(RecordGone, InvalidRequest)


@router.get("/exercises", tags=["Exercises"], response_model=ExercisePage, responses=LIST, summary="List exercises")
async def list_exercises(
    request: Request, catalogue: CurrentCatalogue, asked: Annotated[ExerciseFilter, Query()]
) -> Response:
    """Exercises that every filter lets through, by slug, or ranked where `q` is given.

    Several values of one filter mean any of them: `/v1/exercises?goal=rotation&goal=extension`.
    With what is at hand: `/v1/exercises?available_equipment=chair&level_max=2`.
    As one types: `/v1/exercises?q=thorasic+rotaion&limit=5&fields=slug,name,goals`.
    """
    shelf = catalogue.exercises
    return page(catalogue, shelf, shelf.choose(asked.admits, asked.q), asked, asked.asked(), request)


@router.get("/exercises/{slug}", tags=["Exercises"], response_model=Exercise, responses=ITEM, summary="Get an exercise")
async def get_exercise(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, asked: FieldsQueryParam
) -> Response:
    """One exercise, whole, or some fields of it: `/v1/exercises/open-book?fields=slug,steps,cues`."""
    return one(catalogue, catalogue.exercises, slug, request, asked)


@router.get(
    "/exercises/{slug}/alternatives",
    tags=["Exercises"],
    response_model=ExerciseAlternatives,
    responses=ITEM,
    summary="List alternatives to an exercise",
)
async def get_exercise_alternatives(request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue) -> Response:
    """What to do instead: the next steps down and up, and others that serve the same end, each with the reason."""
    moved = locate(catalogue.exercises, slug, request)
    if moved is not None:
        return moved
    found = alternatives_of(catalogue.exercises.records[slug], catalogue.exercises.records)
    return answer(catalogue, found.model_dump_json().encode())


@router.get("/guidelines", tags=["Guidelines"], response_model=GuidelinePage, responses=LIST, summary="List guidelines")
async def list_guidelines(
    request: Request, catalogue: CurrentCatalogue, asked: Annotated[GuidelineFilter, Query()]
) -> Response:
    """Guidelines on workplace, posture, habits and training: `/v1/guidelines?topic=workstation&applies_to=laptop`."""
    shelf = catalogue.guidelines
    return page(catalogue, shelf, shelf.choose(asked.admits, asked.q), asked, asked.asked(), request)


@router.get(
    "/guidelines/{slug}", tags=["Guidelines"], response_model=Guideline, responses=ITEM, summary="Get a guideline"
)
async def get_guideline(
    request: Request, slug: GuidelineSlug, catalogue: CurrentCatalogue, asked: FieldsQueryParam
) -> Response:
    """One guideline with its figures, sources and doubts."""
    return one(catalogue, catalogue.guidelines, slug, request, asked)


@router.get("/references", tags=["References"], response_model=ReferencePage, responses=LIST, summary="List references")
async def list_references(
    request: Request, catalogue: CurrentCatalogue, asked: Annotated[ReferenceFilter, Query()]
) -> Response:
    """The sources, each with how sure it is: `/v1/references?certainty=unidentified`."""
    shelf = catalogue.references
    return page(catalogue, shelf, shelf.choose(asked.admits, asked.q), asked, asked.asked(), request)


@router.get(
    "/references/{slug}", tags=["References"], response_model=Reference, responses=ITEM, summary="Get a reference"
)
async def get_reference(
    request: Request, slug: ReferenceSlug, catalogue: CurrentCatalogue, asked: FieldsQueryParam
) -> Response:
    """One source, what it supports, and its limits."""
    return one(catalogue, catalogue.references, slug, request, asked)


@router.get("/routines", tags=["Routines"], response_model=RoutinePage, responses=LIST, summary="List routines")
async def list_routines(
    request: Request, catalogue: CurrentCatalogue, asked: Annotated[RoutineFilter, Query()]
) -> Response:
    """Routines ready to play: `/v1/routines?suits=desk_break&duration_s_max=300&fields=slug,name,summary`."""
    shelf = catalogue.routines
    return page(catalogue, shelf, shelf.choose(asked.admits, asked.q), asked, asked.asked(), request)


@router.get("/routines/{slug}", tags=["Routines"], response_model=Routine, responses=ITEM, summary="Get a routine")
async def get_routine(
    request: Request, slug: RoutineSlug, catalogue: CurrentCatalogue, asked: FieldsQueryParam
) -> Response:
    """One routine: its recipe, to vary it over POST /v1/sessions, and its built session with whole exercise records."""
    return one(catalogue, catalogue.routines, slug, request, asked)


@router.get(
    "/vocabulary", tags=["Vocabulary"], response_model=Vocabulary, responses=LIST, summary="List vocabulary terms"
)
async def get_vocabulary(catalogue: CurrentCatalogue) -> Response:
    """Every closed list with label, description and count, so that an app can draw its filter screen."""
    return answer(catalogue, vocabulary_of(catalogue).model_dump_json().encode())
