"""Routes for apps that work without a network: the whole catalogue as one document."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.cache.representation import hand_over_encodings
from app.catalogue.dependencies import CurrentCatalogue
from app.kit import caching
from app.kit.errors import InvalidRequest
from app.kit.linked_response import find_link_base
from app.offline.bundle import CatalogueBundle
from app.offline.prepared_bundle import BundlePreparation

router = APIRouter(prefix="/v1", tags=["Offline"])


async def current_bundle_preparation(request: Request) -> BundlePreparation:
    """Return what prepares the bundle for the application."""
    preparation: BundlePreparation = request.app.state.bundle_preparation
    return preparation


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
    headers = {"Cache-Control": caching.CATALOGUE, "X-Catalogue-Serial": str(catalogue.serial)}
    return Response(prepared.content, media_type="application/json", headers=headers)
