"""Routes of the API that lead to pages: a routine as a page, and how to credit an exercise with a link to its page."""

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, RoutineSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.linked_response import CurrentPublicAddress
from app.kit.models import FrozenModel
from app.pages.responses import page_response
from app.pages.session_pages import render_routine_page
from app.pages.sharing import describe_sharing
from app.rules.notices import License

router = APIRouter()


class ExerciseLicense(FrozenModel):
    """The licence of an exercise and its illustration, with ready texts that fulfil it."""

    license: License
    title: str
    creator: str
    url: str = Field(description="The page of the exercise: the link of a credit leads to it.")
    attribution_text: str = Field(description="The credit as plain text, ready to show.")
    attribution_html: str = Field(description="The credit as HTML, with its links.")
    embed_html: str = Field(description="A frame with the card of the exercise, which needs no other credit.")


@router.get(
    "/v1/exercises/{slug}/license",
    tags=["Exercises"],
    response_model=ExerciseLicense,
    responses=RecordNotFound.openapi_responses(RecordGone, InvalidRequest),
    summary="Get the licence of an exercise and its credit",
)
async def get_exercise_license(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, address: CurrentPublicAddress
) -> Response:
    """What the licence asks for, ready to copy: text, illustration and data may be used by who names the source."""
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    record = catalogue.exercises.records[slug]
    sharing = describe_sharing(record, "exercises", address)
    answer = ExerciseLicense(
        license=record.license,
        title=record.name,
        creator=record.license.attribution,
        url=sharing.page_url,
        attribution_text=sharing.attribution_text,
        attribution_html=sharing.attribution_html,
        embed_html=sharing.embed_html,
    )
    headers = {
        "Cache-Control": caching.CATALOGUE if address.is_configured else caching.HOST_DEPENDENT_LINKS,
        "X-Catalogue-Serial": str(catalogue.serial),
        "Link": f'<{record.license.url}>; rel="license"',
    }
    return Response(answer.model_dump_json(), headers=headers, media_type="application/json")


@router.get(
    "/v1/routines/{slug}.html",
    tags=["Routines"],
    response_class=Response,
    responses={
        200: {"description": "The page.", "content": {"text/html": {"schema": {"type": "string"}}}},
        **RecordNotFound.openapi_responses(RecordGone, InvalidRequest),
    },
    summary="Get a routine as a page",
)
async def get_routine_page(
    request: Request, slug: RoutineSlug, catalogue: CurrentCatalogue, address: CurrentPublicAddress
) -> Response:
    """A routine for people: a player, steps with pictures, the timer as a list, when to stop, and the licence.

    `/v1/routines/desk-break-3-min-chair.html` is what events of a calendar lead to. It can be read without scripts,
    loads nothing from elsewhere, prints well, and shows a picture where a link to it is shared.
    """
    redirect = redirect_if_renamed(catalogue.routines, slug, request)
    if redirect is not None:
        return redirect
    page = render_routine_page(catalogue.routines.records[slug], f"/v1/routines/{slug}.html", address)
    return page_response(page, address, catalogue.serial)
