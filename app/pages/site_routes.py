"""Routes of the site: pages of records and sessions, and what browsers and search engines ask for beside them.

They take any query, because mails and social networks add their own parameters to a page's address.
"""

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, RoutineSlug, find_snapshot
from app.catalogue.redirects import redirect_if_renamed
from app.kit import caching
from app.kit.errors import NotFound
from app.kit.linked_response import CurrentPublicAddress, find_public_address
from app.kit.settings import PROJECT_ROOT
from app.pages.assets import ASSETS_PATH, SERVICE_WORKER, SERVICE_WORKER_POLICY, load_assets, read_assets_version
from app.pages.exercise_page import render_exercise_page
from app.pages.gallery_page import GalleryQuery, render_gallery
from app.pages.home_page import render_home_page
from app.pages.responses import home_page_response, page_response, private_page_response
from app.pages.routine_list import render_routine_list
from app.pages.session_pages import render_routine_page, render_session_page
from app.pages.sitemap import write_robots, write_sitemap
from app.sessions.dependencies import SessionId, Sessions

router = APIRouter(include_in_schema=False)


def show_home_page(request: Request) -> Response:
    """Answer a browser at the start of the service."""
    address = find_public_address(request)
    exercises = find_snapshot(request).exercises.records
    return home_page_response(render_home_page(exercises.values(), address), address)


@router.get("/exercises/{slug}")
async def get_exercise_page(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, address: CurrentPublicAddress
) -> Response:
    """An exercise as a person reads it."""
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    exercises = catalogue.exercises.records
    page = render_exercise_page(exercises[slug], exercises, catalogue.references.records, address)
    return page_response(page, address, catalogue.serial)


@router.get("/gallery")
async def get_gallery_page(
    query: Annotated[GalleryQuery, Query()], catalogue: CurrentCatalogue, address: CurrentPublicAddress
) -> Response:
    """Every exercise as a card, or those that are searched for."""
    exercises = catalogue.exercises
    slugs = exercises.select(query.to_filter().predicates, query.q)
    page = render_gallery([exercises.records[slug] for slug in slugs], query, address)
    return page_response(page, address, catalogue.serial)


@router.get("/routines")
async def get_routine_list_page(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """Every routine as a card."""
    page = render_routine_list(catalogue.routines.records.values(), address)
    return page_response(page, address, catalogue.serial)


@router.get("/routines/{slug}")
async def get_routine_page_of_site(
    request: Request, slug: RoutineSlug, catalogue: CurrentCatalogue, address: CurrentPublicAddress
) -> Response:
    """A routine as a person reads and plays it."""
    redirect = redirect_if_renamed(catalogue.routines, slug, request)
    if redirect is not None:
        return redirect
    page = render_routine_page(catalogue.routines.records[slug], f"/routines/{slug}", address)
    return page_response(page, address, catalogue.serial)


@router.get("/sessions/{session_id}")
async def get_session_page(sessions: Sessions, session_id: SessionId, address: CurrentPublicAddress) -> Response:
    """A session as a person reads and plays it."""
    session = await sessions.read(session_id)
    page = render_session_page(session, f"/sessions/{session_id}", address)
    return private_page_response(page, caching.STORED_SESSION)


@router.get("/sitemap.xml")
async def get_sitemap(catalogue: CurrentCatalogue, address: CurrentPublicAddress) -> Response:
    """Every page that a search engine may keep."""
    text = write_sitemap(catalogue.exercises.records.values(), catalogue.routines.records.values(), address)
    return _text_for_robots(text, "application/xml", address.is_configured)


@router.get("/robots.txt")
async def get_robots(address: CurrentPublicAddress) -> Response:
    """Where search engines find the list of pages."""
    return _text_for_robots(write_robots(address), "text/plain", address.is_configured)


def _text_for_robots(text: str, media_type: str, has_public_address: bool) -> Response:
    cache_control = caching.PAGES_AND_DOCUMENTS if has_public_address else caching.HOST_DEPENDENT_LINKS
    return Response(text, media_type=media_type, headers={"Cache-Control": cache_control})


@router.get("/favicon.ico")
async def get_favicon() -> Response:
    """The icon that browsers ask for on their own."""
    return _send_asset("favicon.ico", caching.PAGE_ASSETS)


@router.get(f"/{SERVICE_WORKER}")
async def get_service_worker() -> Response:
    """The script that answers without a network for the pages that a browser has kept."""
    answer = _send_asset(SERVICE_WORKER, caching.REVALIDATED)
    answer.headers["Content-Security-Policy"] = SERVICE_WORKER_POLICY
    return answer


@router.get("/readme")
async def get_readme() -> Response:
    """What the service is and how it is set up, as its folder says it."""
    headers = {"Cache-Control": caching.PAGES_AND_DOCUMENTS}
    return Response(_read_readme(), media_type="text/plain", headers=headers)


@cache
def _read_readme() -> bytes:
    return (PROJECT_ROOT / "README.md").read_bytes()


@router.get(ASSETS_PATH + "/{name}")
async def get_page_asset(name: str) -> Response:
    """A style sheet, script or icon under the address that stays: pages of others load one of them."""
    return _send_asset(name, caching.PAGE_ASSETS)


@router.get(ASSETS_PATH + "/{version}/{name}")
async def get_versioned_page_asset(version: str, name: str) -> Response:
    """A style sheet, script or icon of the pages. Under another version it is sent as it is now, and not kept."""
    is_current = version == read_assets_version()
    return _send_asset(name, caching.VERSIONED_ASSETS if is_current else caching.NO_STORE)


def _send_asset(name: str, cache_control: str) -> Response:
    asset = load_assets().get(name)
    if asset is None:
        raise NotFound(f"There is nothing at {ASSETS_PATH}/{name[:60]}.")
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": cache_control})
