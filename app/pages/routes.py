"""Routes of the API that answer with a page: the routine that events of a calendar lead to."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, RoutineSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.kit.errors import InvalidRequest
from app.kit.linked_response import CurrentPublicAddress
from app.pages.responses import page_response
from app.pages.session_pages import render_routine_page

router = APIRouter()


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
