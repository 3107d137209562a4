"""Routes of the illustrations: SVG, PNG, and the gallery that shows all of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.catalogue import gallery
from app.catalogue.dependencies import CurrentCatalogue, ExerciseSlug, PictureLimiter
from app.catalogue.figure_query import PngQuery, SvgQuery
from app.catalogue.filters import GalleryQuery
from app.catalogue.redirects import RecordGone, RecordNotFound, redirect_if_renamed
from app.catalogue.snapshot import Snapshot
from app.figures import assets
from app.kit import caching
from app.kit.errors import FormatUnavailable, InvalidRequest, Problem
from app.kit.work_limiter import ServiceBusy

router = APIRouter()
IMAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
"""Content-Security-Policy of an image: an SVG runs no script and loads nothing; any page may embed it."""


class FigureNotDrawn(Problem):
    """The exercise exists and has no illustration."""

    status, title = 404, "No illustration"


def _image_docs(media_type: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful response with an image."""
    return {200: {"description": "The illustration.", "content": {media_type: {"schema": schema}}}}


@router.get(
    "/v1/exercises/{slug}/figure.svg",
    tags=["Illustrations"],
    response_class=Response,
    responses={
        **_image_docs("image/svg+xml", {"type": "string", "format": "binary"}),
        **FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, InvalidRequest),
    },
    summary="Get an illustration as SVG, still or animated",
)
async def get_exercise_figure_svg(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, query: Annotated[SvgQuery, Query()]
) -> Response:
    """The illustration, under CC BY 4.0. Title, description, licence and credit are inside the file.

    Animated: `/v1/exercises/open-book/figure.svg?phase=animated&theme=dark&side=left`. The animation stands still for
    readers whose device asks for reduced motion.
    """
    redirect = redirect_if_renamed(catalogue.exercises, slug, request)
    if redirect is not None:
        return redirect
    svg = _load_svg(slug, query)
    return _image_response(svg, "image/svg+xml", catalogue)


@router.get(
    "/v1/exercises/{slug}/figure.png",
    tags=["Illustrations"],
    response_class=Response,
    responses={
        **_image_docs("image/png", {"type": "string", "format": "binary"}),
        **FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, FormatUnavailable, ServiceBusy, InvalidRequest),
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
    svg = _load_svg(slug, query)
    try:
        # The renderer is an optional extra; without it the service still answers SVG.
        from app.figures.raster import render_png
    except ImportError:
        raise FormatUnavailable(
            "PNG needs the extra `png` on this server; ask for figure.svg.", available=["image/svg+xml"]
        ) from None
    png = await limiter.run_in_process(request, render_png, svg.decode(), query.width)
    return _image_response(png, "image/png", catalogue)


@router.get(gallery.PAGE_PATH, include_in_schema=False)
async def get_gallery(catalogue: CurrentCatalogue, query: Annotated[GalleryQuery, Query()]) -> Response:
    """The page with all exercises by position, with their illustrations."""
    html = gallery.render_gallery(catalogue.exercises.records.values(), query)
    headers = {"Content-Security-Policy": gallery.GALLERY_CSP, "Cache-Control": caching.PAGES_AND_DOCUMENTS}
    return Response(html, media_type="text/html", headers=headers)


@router.get("/gallery/style.css", include_in_schema=False)
async def get_gallery_style() -> Response:
    """The style sheet of the gallery."""
    headers = {"Cache-Control": caching.PAGE_ASSETS}
    return Response(gallery.read_stylesheet(), media_type="text/css", headers=headers)


def _load_svg(slug: str, query: SvgQuery | PngQuery) -> bytes:
    """Return the drawing as SVG. Raises `FigureNotDrawn`."""
    if slug not in assets.list_drawn_slugs():
        raise FigureNotDrawn(f"The exercise {slug!r} has no illustration yet.")
    return assets.render_svg(slug, query.phase, query.theme, query.side, query.background)


def _image_response(content: bytes, media_type: str, catalogue: Snapshot) -> Response:
    headers = {
        "Cache-Control": caching.ILLUSTRATIONS,
        "X-Catalogue-Serial": str(catalogue.serial),
        "Content-Security-Policy": IMAGE_CSP,
    }
    return Response(content, media_type=media_type, headers=headers)
