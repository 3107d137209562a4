"""Routes for pages of others: cards in frames, and oEmbed. They take any query: content systems add their own."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, RoutineSlug
from app.catalogue.redirects import RecordNotFound, redirect_if_renamed
from app.kit import caching
from app.kit.errors import FormatUnavailable
from app.kit.linked_response import CurrentPublicAddress
from app.pages.embeds import EmbedQuery, render_exercise_embed, render_routine_embed
from app.pages.oembed import describe_embed, read_address
from app.pages.responses import page_response
from app.pages.session_pages import first_figure

router = APIRouter(include_in_schema=False)
Pixels = Annotated[int, Query(ge=1, le=10_000)]
MAX_PIXELS = 10_000


@router.get("/embed/exercises/{slug}")
async def get_exercise_embed(
    request: Request,
    slug: ExerciseSlug,
    query: Annotated[EmbedQuery, Query()],
    catalogue: CurrentCatalogue,
    address: CurrentPublicAddress,
) -> Response:
    """The card of an exercise: `theme` is auto, light or dark, `accent` six hexadecimal digits."""
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    page, policy = render_exercise_embed(catalogue.exercises.records[slug], query, address)
    return page_response(page, address, catalogue.serial, policy)


@router.get("/embed/routines/{slug}")
async def get_routine_embed(
    request: Request,
    slug: RoutineSlug,
    query: Annotated[EmbedQuery, Query()],
    catalogue: CurrentCatalogue,
    address: CurrentPublicAddress,
) -> Response:
    """The card of a routine, with its player."""
    redirect = redirect_if_renamed(catalogue.routines, slug, request)
    if redirect is not None:
        return redirect
    page, policy = render_routine_embed(catalogue.routines.records[slug], query, address)
    return page_response(page, address, catalogue.serial, policy)


@router.get("/oembed")
async def get_oembed(
    url: Annotated[str, Query(max_length=2000)],
    catalogue: CurrentCatalogue,
    address: CurrentPublicAddress,
    maxwidth: Pixels = MAX_PIXELS,
    maxheight: Pixels = MAX_PIXELS,
    format: Annotated[str, Query(max_length=20)] = "json",  # noqa: A002 - the name is that of the specification
) -> Response:
    """The card of the page at `url`, as a content system asks for it."""
    if format != "json":
        raise FormatUnavailable("oEmbed is answered as JSON: leave `format` out, or send format=json.")
    record = read_address(url, address)
    if record is None:
        example = address.absolute_link("/exercises/open-book")
        raise RecordNotFound(f"`url` is the address of an exercise or a routine of this service, such as {example}.")
    plural, slug = record
    collection: Any = catalogue.exercises if plural == "exercises" else catalogue.routines
    if slug in collection.tombstones:
        slug = collection.find_successor(slug) or slug
    if slug not in collection.records:
        raise RecordNotFound(f"There is no {collection.kind} {slug!r}.")
    found = collection.records[slug]
    figure = found.figure if plural == "exercises" else first_figure(found.session)
    answer = describe_embed(found, plural, figure, (maxwidth, maxheight), address)
    cache_control = caching.CATALOGUE if address.is_configured else caching.HOST_DEPENDENT_LINKS
    return JSONResponse(answer.model_dump(exclude_none=True), headers={"Cache-Control": cache_control})
