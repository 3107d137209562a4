"""Routes for apps that work without a network: the whole catalogue as one document, and what changed since."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.cache.representation import hand_over_encodings
from app.catalogue.dependencies import CurrentCatalogue
from app.changes.history import HistoryPage
from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.linked_response import LinkedResponse, find_link_base
from app.kit.request_database import DatabaseUnavailable
from app.offline.bundle import CatalogueBundle
from app.offline.feed import ChangeFeed, ChangesNotKept, ChangesQuery, check_since, write_feed
from app.offline.history_reader import HistoryReader
from app.offline.prepared_bundle import BundlePreparation

router = APIRouter(prefix="/v1", tags=["Offline"])


async def current_bundle_preparation(request: Request) -> BundlePreparation:
    """Return what prepares the bundle for the application."""
    preparation: BundlePreparation = request.app.state.bundle_preparation
    return preparation


async def current_history_reader(request: Request) -> HistoryReader:
    """Return what reads the history of changes for the application."""
    reader: HistoryReader = request.app.state.history_reader
    return reader


History = Annotated[HistoryReader, Depends(current_history_reader)]
Preparation = Annotated[BundlePreparation, Depends(current_bundle_preparation)]


@router.get(
    "/catalogue",
    response_model=CatalogueBundle,
    responses=InvalidRequest.openapi_responses(),
    summary="Get the whole catalogue",
)
async def get_catalogue(request: Request, catalogue: CurrentCatalogue, preparation: Preparation) -> Response:
    """Everything that an app needs without a network, in one document of about 100 kB (with brotli).

    All exercises, guidelines, references and routines, the vocabulary, the questions of the screening and the
    self-tests. What many records share (licence, rules for when to stop, disclaimer, advice of contraindications) is
    said once. Ask again with `If-None-Match`: 304 says that nothing has changed.
    """
    prepared = await preparation.prepare(catalogue, find_link_base(request.scope))
    hand_over_encodings(request.scope, prepared.encodings)
    return Response(prepared.content, media_type="application/json", headers=_headers_of_serial(catalogue.serial))


@router.get(
    "/changes",
    response_model=ChangeFeed,
    responses=ChangesNotKept.openapi_responses(InvalidRequest, DatabaseUnavailable),
    summary="List changes since a serial",
)
async def list_changes(
    catalogue: CurrentCatalogue, query: Annotated[ChangesQuery, Query()], history: History
) -> Response:
    """What changed after the serial of your copy: each change of a record once, in the order of their serials.

    Apply them to a copy of `GET /v1/catalogue`, and it is what a fresh one would be: put `record` in place of the one
    with this `slug`, or take the record out where `action` is `delete`. A renamed record is deleted under its old slug,
    where `replaced_by` has the new one. What follows from a change (of a routine, when its exercise changed) is a
    change of its own. Ask again with `next_since` until that equals `serial`.

    410 says that changes after `since` are no longer kept: fetch the catalogue anew.
    """
    if query.since == catalogue.serial:  # the usual answer, which needs no database
        page = HistoryPage(catalogue.serial, 0, (), False)
    else:
        page = await history.read(query.since, query.limit)
        check_since(query.since, page)
    content = await asyncio.to_thread(write_feed, page) if page.changes else write_feed(page)
    return LinkedResponse(content, media_type="application/json", headers=_headers_of_serial(page.serial))


def _headers_of_serial(serial: int) -> dict[str, str]:
    return {"Cache-Control": caching.CATALOGUE, "X-Catalogue-Serial": str(serial)}
