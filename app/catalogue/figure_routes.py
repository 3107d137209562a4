"""Routes of the still illustrations and of moving vectors: SVG and PNG."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, PictureLimiter
from app.catalogue.figure_listing import FigureListing, list_pictures
from app.catalogue.figure_query import PngQuery, SvgQuery
from app.catalogue.figure_responses import (
    FigureNotDrawn,
    add_muscles,
    choose_look,
    document_image,
    find_tempo,
    image_response,
    require_drawing,
)
from app.catalogue.own_figure_responses import answer_own_pixels, answer_own_svg, refuse_own_motion
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.catalogue.responses import json_response
from app.changes.ownership import owner_of
from app.figures import assets
from app.figures.picture_options import MotionFrame
from app.figures.pixel_rendering import find_png_renderer
from app.kit.closed_lists import list_words
from app.kit.errors import FieldError, FormatUnavailable, InvalidRequest, WorkerUnavailable
from app.kit.work_limiter import ServiceBusy

router = APIRouter()


@router.get(
    "/v1/exercises/{slug}/figure",
    tags=["Illustrations"],
    response_model=FigureListing,
    responses=FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, InvalidRequest),
    summary="List the pictures of an exercise",
)
async def list_exercise_pictures(request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue) -> Response:
    """Formats with their parameters, frames with their sizes, and the text alternative of every phase and side."""
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    if owner_of(slug) is not None:
        raise refuse_own_motion(slug)
    drawing, figure = require_drawing(catalogue, slug), catalogue.exercises.records[slug].figure
    if figure is None:  # drawn since the catalogue was seeded
        raise FigureNotDrawn(f"The exercise {slug!r} has no illustration yet.")
    listing = list_pictures(slug, figure, drawing, find_tempo(catalogue, slug))
    return json_response(catalogue, listing.model_dump_json().encode())


@router.get(
    "/v1/exercises/{slug}/figure.svg",
    tags=["Illustrations"],
    response_class=Response,
    responses={
        **document_image("image/svg+xml", {"type": "string", "format": "binary"}),
        **FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, InvalidRequest),
    },
    summary="Get an illustration as SVG, still or animated",
)
async def get_exercise_figure_svg(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, query: Annotated[SvgQuery, Query()]
) -> Response:
    """The illustration, under CC BY 4.0. Title, description, licence and credit are inside the file.

    Animated: `/v1/exercises/open-book/figure.svg?phase=animated&theme=dark&side=left`. The animation stands still for
    readers whose device asks for reduced motion. A round of it lasts one repetition at the tempo of the dose.
    """
    _refuse_moving_icon(query)
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    if owner_of(slug) is not None:
        return await answer_own_svg(request, slug, catalogue, query)
    drawing = require_drawing(catalogue, slug)
    tempo = find_tempo(catalogue, slug)
    look = choose_look(drawing, query.look, query.person, query.skin)
    look = add_muscles(look, catalogue, slug) if query.muscles else look
    svg = assets.render_svg(drawing, query.phase, query.theme, query.side, look, tempo)
    return image_response(svg, "image/svg+xml", catalogue, slug, query.v)


def _refuse_moving_icon(query: SvgQuery) -> None:
    """Raise `InvalidRequest` for an icon that should move."""
    if query.frame == "icon" and query.phase == "animated":
        detail = "An icon stands still. Send landscape, square or portrait with phase=animated."
        error: FieldError = {"in": "query", "name": "frame", "detail": detail, "allowed": list(list_words(MotionFrame))}
        raise InvalidRequest(f"frame: {detail}", errors=[error])


@router.get(
    "/v1/exercises/{slug}/figure.png",
    tags=["Illustrations"],
    response_class=Response,
    responses={
        **document_image("image/png", {"type": "string", "format": "binary"}),
        **FigureNotDrawn.openapi_responses(
            RecordNotFound, RecordGone, FormatUnavailable, ServiceBusy, WorkerUnavailable, InvalidRequest
        ),
    },
    summary="Get an illustration as PNG",
)
async def get_exercise_figure_png(
    request: Request,
    slug: ExerciseSlug,
    catalogue: CurrentCatalogue,
    query: Annotated[PngQuery, Query()],
    limiter: PictureLimiter,
) -> Response:
    """The illustration for places that cannot show SVG: `/v1/exercises/open-book/figure.png?width=256&theme=dark`.

    For print, `width=2048&background=none`.
    """
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    if owner_of(slug) is not None:
        return await answer_own_pixels(request, slug, catalogue, query, limiter)
    drawing = require_drawing(catalogue, slug)
    try:
        # The renderer is an optional extra; without it the service still answers SVG.
        render_png = find_png_renderer()
    except ImportError:
        raise FormatUnavailable(
            "PNG needs the extra `png` on this server; ask for figure.svg.", available=["image/svg+xml"]
        ) from None
    look = choose_look(drawing, query.look, query.person, query.skin)
    look = add_muscles(look, catalogue, slug) if query.muscles else look
    svg = assets.render_svg(drawing, query.phase, query.theme, query.side, look).decode()
    png = await limiter.run_in_process(request, render_png, svg, query.width)
    return image_response(png, "image/png", catalogue, slug, query.v)
