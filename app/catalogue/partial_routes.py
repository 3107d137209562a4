"""Routes of partial answers: selected fields of records, under `/v1/partial`, where answers have types of their own.

A whole record promises every field, so an answer with some of them cannot have its type. One table lists the kinds, and
one function adds the two routes of each: they differ in nothing but their shapes.
"""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from pydantic import Field, create_model
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, GuidelineSlug, ReferenceSlug, RoutineSlug
from app.catalogue.filters import ExerciseFilter, GuidelineFilter, RecordFilter, ReferenceFilter, RoutineFilter
from app.catalogue.redirects import RecordGone, RecordNotFound
from app.catalogue.responses import page_response, record_response
from app.changes.record_kind import RecordKind
from app.kit.errors import InvalidRequest
from app.kit.query import QueryModel
from app.schemas.partial import PARTIAL_EXERCISE, PARTIAL_GUIDELINE, PARTIAL_REFERENCE, PARTIAL_ROUTINE, PartialShapes

PARTIAL_PREFIX = "/v1/partial"
FIELDS_DESCRIPTION = "Fields to answer with, repeated: `fields=slug&fields=name`. They are answered in this order."
router = APIRouter(prefix=PARTIAL_PREFIX)


class PartialRoutes(NamedTuple):
    """What the routes of one record kind are made of."""

    kind: RecordKind
    shapes: PartialShapes
    filters: type[RecordFilter]
    slug: Any
    """The path parameter."""
    noun: str
    """One record, with its article."""
    example_fields: tuple[str, ...]
    """Fields of the example in the description, with which pages prefill the parameter."""


KINDS = (
    PartialRoutes(
        RecordKind.EXERCISE,
        PARTIAL_EXERCISE,
        ExerciseFilter,
        ExerciseSlug,
        "an exercise",
        ("slug", "name", "goals"),
    ),
    PartialRoutes(
        RecordKind.GUIDELINE,
        PARTIAL_GUIDELINE,
        GuidelineFilter,
        GuidelineSlug,
        "a guideline",
        ("slug", "rule"),
    ),
    PartialRoutes(
        RecordKind.REFERENCE,
        PARTIAL_REFERENCE,
        ReferenceFilter,
        ReferenceSlug,
        "a reference",
        ("slug", "title"),
    ),
    PartialRoutes(
        RecordKind.ROUTINE,
        PARTIAL_ROUTINE,
        RoutineFilter,
        RoutineSlug,
        "a routine",
        ("slug", "name", "summary"),
    ),
)
"""In the order of the OpenAPI document."""


def add_routes(routes: PartialRoutes) -> None:
    """Add the list of a record kind with selected fields, and one record of it, to the router."""
    kind = routes.kind
    list_query, record_query = with_fields(routes.filters, routes), with_fields(QueryModel, routes)

    async def list_partial(request: Request, catalogue: CurrentCatalogue, query: Any) -> Response:
        return page_response(catalogue, catalogue.collection_of(kind), query, request, query.fields)

    async def get_partial(request: Request, slug: Any, catalogue: CurrentCatalogue, query: Any) -> Response:
        return record_response(catalogue, catalogue.collection_of(kind), slug, request, query.fields)

    list_partial.__name__, get_partial.__name__ = f"list_partial_{kind.plural}", f"get_partial_{kind.value}"
    list_partial.__annotations__["query"] = Annotated[list_query, Query()]
    get_partial.__annotations__ |= {"query": Annotated[record_query, Query()], "slug": routes.slug}
    example = f"{PARTIAL_PREFIX}/{kind.plural}?{'&'.join(f'fields={name}' for name in routes.example_fields)}"
    options: dict[str, Any] = {"tags": [kind.plural.capitalize()], "methods": ["GET"]}
    router.add_api_route(
        f"/{kind.plural}",
        list_partial,
        response_model=routes.shapes.page,
        responses=InvalidRequest.openapi_responses(),
        summary=f"List {kind.plural} with selected fields",
        description=f"As `GET {kind.path}`, with the named fields only: `{example}`.",
        **options,
    )
    router.add_api_route(
        f"/{kind.plural}/{{slug}}",
        get_partial,
        response_model=routes.shapes.record,
        responses=RecordNotFound.openapi_responses(RecordGone, InvalidRequest),
        summary=f"Get selected fields of {routes.noun}",
        description=f"As `GET {kind.path}/{{slug}}`, with the named fields only.",
        **options,
    )


def with_fields(query: type[QueryModel], routes: PartialRoutes) -> type[QueryModel]:
    """Return the query with a further parameter: the names of the fields, of which one is required."""
    name: Any = routes.shapes.field
    examples = [list(routes.example_fields)]
    fields: Any = (list[name], Field(min_length=1, description=FIELDS_DESCRIPTION, examples=examples))
    return create_model(f"{query.__name__}WithFields", __base__=query, fields=fields)


for routes in KINDS:
    add_routes(routes)
