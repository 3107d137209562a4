"""Routes for apps that work without a network: the whole catalogue as one document, and what changed since."""

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import FileResponse, Response, StreamingResponse

from app.cache.middleware import ConditionalHeaders
from app.cache.representation import hand_over_encodings, pass_through
from app.catalogue.dependencies import CurrentCatalogue
from app.changes.history import HistoryPage
from app.kit import caching
from app.kit.errors import FormatUnavailable, InvalidRequest
from app.kit.linked_response import LinkedResponse, find_link_base
from app.kit.links import link_json_paths
from app.kit.request_database import DatabaseUnavailable
from app.offline.archive_store import ArchiveStore
from app.offline.bundle import CatalogueBundle, write_bundle
from app.offline.feed import ChangeFeed, ChangesNotKept, ChangesQuery, check_since, write_feed
from app.offline.figure_archive import ArchiveQuery, FigureArchive, write_still_archive
from app.offline.history_reader import HistoryReader
from app.offline.prepared_content import ContentPreparation
from app.partners.dependencies import find_caller

router = APIRouter(prefix="/v1", tags=["Offline"])
ZIP_TYPE = "application/zip"


async def current_content_preparation(request: Request) -> ContentPreparation:
    """Return what prepares large documents for the application."""
    preparation: ContentPreparation = request.app.state.content_preparation
    return preparation


async def current_archive_store(request: Request) -> ArchiveStore:
    """Return the archives of the application."""
    store: ArchiveStore = request.app.state.archive_store
    return store


async def current_history_reader(request: Request) -> HistoryReader:
    """Return what reads the history of changes for the application."""
    reader: HistoryReader = request.app.state.history_reader
    return reader


History = Annotated[HistoryReader, Depends(current_history_reader)]
Preparation = Annotated[ContentPreparation, Depends(current_content_preparation)]
Archives = Annotated[ArchiveStore, Depends(current_archive_store)]


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
    link_base = find_link_base(request.scope)

    def write() -> bytes:
        return link_json_paths(write_bundle(catalogue), link_base)

    prepared = await preparation.prepare(catalogue, link_base, write)
    hand_over_encodings(request.scope, prepared.encodings)
    return Response(prepared.content, media_type="application/json", headers=_headers_of_serial(catalogue.serial))


@router.get(
    "/changes",
    response_model=ChangeFeed,
    responses=ChangesNotKept.openapi_responses(InvalidRequest, DatabaseUnavailable),
    summary="List changes since a serial",
)
async def list_changes(
    request: Request, catalogue: CurrentCatalogue, query: Annotated[ChangesQuery, Query()], history: History
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
        # Of the caller, not of the catalogue that is served: the first own exercise may be newer than that.
        caller = find_caller(request.scope)
        page = await history.read(query.since, query.limit, caller.partner if caller is not None else None)
        check_since(query.since, page)
    content = await asyncio.to_thread(write_feed, page) if page.changes else write_feed(page)
    return LinkedResponse(content, media_type="application/json", headers=_headers_of_serial(page.serial))


@router.get(
    "/figures.zip",
    response_class=Response,
    responses={
        200: {
            "description": "The archive.",
            "content": {ZIP_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        },
        **FormatUnavailable.openapi_responses(InvalidRequest),
    },
    summary="Get all illustrations in one file",
)
async def get_figures_archive(
    request: Request,
    catalogue: CurrentCatalogue,
    query: Annotated[ArchiveQuery, Query()],
    preparation: Preparation,
    archives: Archives,
) -> Response:
    """The illustration of every exercise in one ZIP archive, as `open-book.svg`: all stills in about 345 kB (brotli).

    `/v1/figures.zip?phase=animated`, `?format=webp&theme=dark`, `?format=lottie`. One-sided exercises are as drawn:
    mirrored, they show the other side. The same pictures give the same bytes. An archive of motions is made when it is
    first asked for, and sent meanwhile; WebP takes a minute or two.
    """
    archive = FigureArchive.of(query)
    headers = {**_headers_of_serial(catalogue.serial), "Content-Disposition": _disposition(archive)}
    if archive.is_still:
        prepared = await preparation.prepare(catalogue, archive, lambda: write_still_archive(archive, catalogue))
        hand_over_encodings(request.scope, prepared.encodings)
        return Response(prepared.content, media_type=ZIP_TYPE, headers=headers)
    digest = await asyncio.to_thread(archive.digest, catalogue)
    headers["ETag"] = f'"{digest}"'
    if ConditionalHeaders(request.scope["headers"]).matches_etag(headers["ETag"].encode()):
        pass_through(request.scope)
        return Response(status_code=304, headers=headers)
    try:
        content = await archives.open(archive, catalogue, digest)
    except ImportError:
        raise FormatUnavailable(
            "WebP needs the extra `motion` on this server; ask for svg or lottie.", available=["svg", "lottie"]
        ) from None
    pass_through(request.scope)
    if isinstance(content, Path):
        return FileResponse(content, media_type=ZIP_TYPE, headers=headers)
    return StreamingResponse(content, media_type=ZIP_TYPE, headers=headers)


def _disposition(archive: FigureArchive) -> str:
    return f'attachment; filename="figures-{"-".join(archive)}.zip"'


def _headers_of_serial(serial: int) -> dict[str, str]:
    return {"Cache-Control": caching.CATALOGUE, "X-Catalogue-Serial": str(serial)}
