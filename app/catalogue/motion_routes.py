"""Routes of the motion of an exercise in formats for apps that play no animated SVG: WebP, GIF and Lottie."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, MotionLimiter
from app.catalogue.figure_query import GifQuery, LottieQuery, WebpQuery
from app.catalogue.figure_responses import (
    FigureNotDrawn,
    add_muscles,
    choose_look,
    document_image,
    find_tempo,
    image_response,
    require_drawing,
)
from app.catalogue.own_figure_responses import answer_own_pixels, refuse_own_motion
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.catalogue.snapshot import Snapshot
from app.changes.ownership import owner_of
from app.figures import assets
from app.figures.picture_options import MotionFormat
from app.figures.pixel_rendering import find_motion_renderer
from app.kit.errors import FormatUnavailable, InvalidRequest, WorkerUnavailable
from app.kit.work_limiter import ServiceBusy, WorkLimiter

router = APIRouter(tags=["Illustrations"])
BINARY = {"type": "string", "format": "binary"}
PIXEL_ERRORS = FigureNotDrawn.openapi_responses(
    RecordNotFound, RecordGone, FormatUnavailable, ServiceBusy, WorkerUnavailable, InvalidRequest
)
LOTTIE_SCHEMA = {
    "type": "object",
    "title": "LottieAnimation",
    "description": "An animation in the Lottie format, as players take it.",
    "externalDocs": {"url": "https://lottie.github.io/lottie-spec/latest/"},
    "additionalProperties": True,
}


@router.get(
    "/v1/exercises/{slug}/figure.webp",
    response_class=Response,
    responses={**document_image("image/webp", BINARY), **PIXEL_ERRORS},
    summary="Get the motion as animated WebP",
)
async def get_exercise_figure_webp(
    request: Request,
    slug: ExerciseSlug,
    catalogue: CurrentCatalogue,
    query: Annotated[WebpQuery, Query()],
    limiter: MotionLimiter,
) -> Response:
    """The motion for apps that play no animated SVG: `/v1/exercises/open-book/figure.webp?theme=dark&side=left`.

    It repeats for ever; a round lasts one repetition at the tempo of the dose.
    """
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    return redirect or await _answer_motion(request, slug, catalogue, query, limiter)


@router.get(
    "/v1/exercises/{slug}/figure.gif",
    response_class=Response,
    responses={**document_image("image/gif", BINARY), **PIXEL_ERRORS},
    summary="Get the motion as GIF",
)
async def get_exercise_figure_gif(
    request: Request,
    slug: ExerciseSlug,
    catalogue: CurrentCatalogue,
    query: Annotated[GifQuery, Query()],
    limiter: MotionLimiter,
) -> Response:
    """The motion for mail, slides and chats: `/v1/exercises/open-book/figure.gif`. WebP is smaller."""
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    return redirect or await _answer_motion(request, slug, catalogue, query, limiter)


@router.get(
    "/v1/exercises/{slug}/figure.json",
    response_class=Response,
    responses={
        **document_image("application/json", LOTTIE_SCHEMA),
        **FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, InvalidRequest),
    },
    summary="Get the motion as Lottie animation",
)
async def get_exercise_figure_lottie(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, query: Annotated[LottieQuery, Query()]
) -> Response:
    """The motion as vectors for Lottie players, sharp at every size: `/v1/exercises/open-book/figure.json?theme=dark`.

    A round lasts one repetition at the tempo of the dose. The text alternative is in `meta.d`.
    """
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    if owner_of(slug) is not None:
        raise refuse_own_motion(slug)
    drawing = require_drawing(catalogue, slug)
    tempo = find_tempo(catalogue, slug)
    lottie = assets.render_lottie(
        drawing, query.theme, query.side, choose_look(drawing, query.look, query.person, query.skin), tempo
    )
    return image_response(lottie, "application/json", catalogue, slug, query.v)


async def _answer_motion(
    request: Request, slug: str, catalogue: Snapshot, query: WebpQuery | GifQuery, limiter: WorkLimiter
) -> Response:
    """Return the motion as pixels. Raises `FigureNotDrawn`, `FormatUnavailable`, `ServiceBusy`, `WorkerUnavailable`."""
    file_format: MotionFormat = "webp" if isinstance(query, WebpQuery) else "gif"
    if owner_of(slug) is not None:
        if not isinstance(query, WebpQuery):
            raise refuse_own_motion(slug)
        return await answer_own_pixels(request, slug, catalogue, query, limiter)
    drawing = require_drawing(catalogue, slug)
    try:
        # The encoder is an optional extra; without it the service still answers SVG and Lottie.
        render_motion = find_motion_renderer()
    except ImportError:
        raise FormatUnavailable(
            "WebP and GIF need the extra `motion` on this server; ask for figure.svg or figure.json.",
            available=["image/svg+xml", "application/json"],
        ) from None
    tempo = find_tempo(catalogue, slug)
    look = choose_look(drawing, query.look, query.person, query.skin)
    look = add_muscles(look, catalogue, slug) if query.muscles else look
    document, loop = assets.load_motion(drawing, query.theme, query.side, look, tempo)
    content = await limiter.run_in_process(request, render_motion, document, loop, query.width, file_format)
    return image_response(content, f"image/{file_format}", catalogue, slug, query.v)
