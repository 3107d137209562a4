"""Routes of the pages for people."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, RoutineSlug
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.linked_response import CurrentPublicAddress
from app.pages.rendering import PAGE_CSP, STYLESHEET_PATH, read_stylesheet
from app.pages.routine_page import render_routine_page

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
    """A routine for people: steps with pictures, the timer as a list, when to stop, and the licence.

    `/v1/routines/desk-break-3-min-chair.html` is what events of a calendar lead to. It has no scripts, loads nothing
    from elsewhere, prints well, and shows a picture where a link to it is shared.
    """
    redirect = redirect_if_renamed(catalogue.routines, slug, request)
    if redirect is not None:
        return redirect
    page = render_routine_page(catalogue.routines.records[slug], f"/v1/routines/{slug}.html", address)
    headers = {
        # The preview for other sites holds absolute links.
        "Cache-Control": caching.CATALOGUE if address.is_configured else caching.HOST_DEPENDENT_LINKS,
        "Content-Security-Policy": PAGE_CSP,
        "X-Catalogue-Serial": str(catalogue.serial),
    }
    return Response(page, media_type="text/html", headers=headers)


@router.get(STYLESHEET_PATH, include_in_schema=False)
async def get_page_style() -> Response:
    """The style sheet of the pages."""
    return Response(read_stylesheet(), media_type="text/css", headers={"Cache-Control": caching.PAGE_ASSETS})
