"""Service endpoints: index, health, readiness and the OpenAPI document."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field
from starlette.responses import JSONResponse, Response

from app.kit import caching
from app.kit.errors import NotAcceptable, NotReady, service_is_stopping
from app.kit.linked_response import CurrentPublicAddress
from app.kit.models import FrozenModel
from app.kit.negotiation import JSON_MEDIA_TYPE, choose_media_type
from app.kit.readiness import DegradedPart, Readiness, ReadyState

router = APIRouter()
PAGE_MEDIA_TYPE = "text/html"
INDEX_MEDIA_TYPES = (JSON_MEDIA_TYPE, PAGE_MEDIA_TYPE)


class HealthStatus(FrozenModel):
    """The process runs."""

    status: str = Field(examples=["alive"])


class ReadinessStatus(FrozenModel):
    """The catalogue is loaded and the database answers."""

    status: str = Field(examples=["ready"])
    serial: int = Field(description="The catalogue serial that is served.")
    degraded: list[DegradedPart] = Field(description="What is at fault, though every request is answered.")


class ServiceIndex(FrozenModel):
    """What this is and where everything is."""

    name: str
    version: str
    description: str
    documentation: str
    openapi: str
    license: str
    content_license: str
    links: dict[str, str]


async def _service_index(request: Request) -> ServiceIndex:
    index: ServiceIndex = request.app.state.service_index
    return index


async def _ready_state(request: Request) -> ReadyState:
    """Return what is served.

    Raises `NotReady` while a part of the work cannot be done, and as soon as the service begins to stop.
    """
    if request.app.state.is_stopping:
        raise service_is_stopping()
    readiness: Readiness = request.app.state.readiness
    return await readiness.check()


CurrentIndex = Annotated[ServiceIndex, Depends(_service_index)]
CurrentReadyState = Annotated[ReadyState, Depends(_ready_state)]


@router.get(
    "/",
    tags=["Service"],
    response_model=ServiceIndex,
    responses=NotAcceptable.openapi_responses(),
    summary="Service index",
)
async def get_index(
    request: Request,
    index: CurrentIndex,
    address: CurrentPublicAddress,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """A map of the service. A browser gets the start page."""
    if choose_media_type(accept, INDEX_MEDIA_TYPES) == PAGE_MEDIA_TYPE:
        # The application sets it: a page knows what the service is about.
        page: Response = request.app.state.show_home_page(request)
        return page
    linked = index.model_copy(
        update={
            "documentation": address.link(index.documentation),
            "openapi": address.link(index.openapi),
            "links": {name: address.link(path) for name, path in index.links.items()},
        }
    )
    return JSONResponse(linked.model_dump(), headers={"Vary": "Accept", "Cache-Control": caching.INDEX_AND_REDIRECTS})


@router.get("/healthz", tags=["Service"], summary="Liveness")
async def get_health(response: Response) -> HealthStatus:
    """200 as long as the process can answer at all."""
    response.headers["Cache-Control"] = caching.NO_STORE
    return HealthStatus(status="alive")


@router.get("/readyz", tags=["Service"], responses=NotReady.openapi_responses(), summary="Readiness")
async def get_readiness(state: CurrentReadyState, response: Response) -> ReadinessStatus:
    """200 when the catalogue is loaded and the database can be read and written, else 503.

    `degraded` then says what cannot be done and why. Reads of the catalogue are answered all the same. With 200 it
    names what is at fault and replaced, as a read replica by the primary.
    """
    response.headers["Cache-Control"] = caching.NO_STORE
    return ReadinessStatus(status="ready", serial=state.serial, degraded=state.degraded)


@router.get("/openapi.json", include_in_schema=False)
def get_openapi(request: Request, address: CurrentPublicAddress) -> Response:
    """The OpenAPI document of this very server, with its public address."""
    document = {**request.app.openapi(), "servers": [{"url": address.server_url}]}
    return JSONResponse(document, headers={"Cache-Control": caching.PAGES_AND_DOCUMENTS})
