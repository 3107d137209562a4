"""The illustrations over HTTP: SVG as it was drawn, PNG made from it, and a page that shows all."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from app.catalogue import gallery
from app.catalogue.filters import GalleryQuery
from app.catalogue.responses import CurrentCatalogue, RecordGone, RecordNotFound, locate
from app.catalogue.routes import ExerciseSlug
from app.catalogue.snapshot import Snapshot
from app.figures import assets
from app.kit import caching
from app.kit.errors import InvalidRequest, NotAcceptable, Problem
from app.kit.query import QueryModel, require_integer

router = APIRouter()
BINARY = {"type": "string", "format": "binary"}
Side = Annotated[
    Literal["left", "right"] | None,
    Field(description="The side that works, for one-sided exercises; absent: as drawn. Others look the same."),
]


class FigureNotDrawn(Problem):
    status, title = 404, "No illustration"


class SvgAsked(QueryModel):
    """Which drawing."""

    phase: Literal["start", "end", "both", "animated"] = Field(
        "both", description="`both` shows the end over a shadow of the start, or the two side by side."
    )
    theme: Literal["light", "dark", "auto"] = Field("auto", description="`auto` follows the reader's own setting.")
    side: Side = None


class PngAsked(QueryModel):
    """Which picture, and how wide."""

    phase: Literal["start", "end", "both"] = Field("both", description="A moving picture is to be had as SVG.")
    theme: Literal["light", "dark"] = Field("light", description="Colours.")
    side: Side = None
    width: Annotated[int, Field(ge=64, le=1024, description="Pixels; 4:3."), BeforeValidator(require_integer)] = 512


def _drawing(slug: str, phase: str, theme: str, side: str | None) -> bytes:
    if slug not in assets.list_drawn_slugs():
        raise FigureNotDrawn(f"The exercise {slug!r} has no illustration yet.")
    return assets.render_svg(slug, phase, theme, side)


def _picture(content: bytes, media_type: str, catalogue: Snapshot) -> Response:
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
    headers = {
        "Cache-Control": caching.PUBLIC_1_DAY_STALE_1_WEEK,
        "X-Catalogue-Serial": str(catalogue.serial),
        "Content-Security-Policy": policy,
    }
    return Response(content, media_type=media_type, headers=headers)


@router.get(
    "/v1/exercises/{slug}/figure.svg",
    tags=["Illustrations"],
    response_class=Response,
    responses={
        200: {"description": "The drawing.", "content": {"image/svg+xml": {"schema": {"type": "string"}}}},
        **FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, InvalidRequest),
    },
    summary="Get an illustration as SVG, still or animated",
)
async def get_exercise_figure_svg(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, asked: Annotated[SvgAsked, Query()]
) -> Response:
    """The illustration, under CC BY 4.0, with title, description, licence and credit inside.

    Moving: `/v1/exercises/open-book/figure.svg?phase=animated&theme=dark&side=left`. It stands still for people
    who ask for less motion.
    """
    moved = locate(catalogue.exercises, slug, request)
    if moved is not None:
        return moved
    return _picture(_drawing(slug, asked.phase, asked.theme, asked.side), "image/svg+xml", catalogue)


@router.get(
    "/v1/exercises/{slug}/figure.png",
    tags=["Illustrations"],
    response_class=Response,
    responses={
        200: {
            "description": "The picture.",
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
        },
        **FigureNotDrawn.openapi_responses(RecordNotFound, RecordGone, NotAcceptable, InvalidRequest),
    },
    summary="Get an illustration as PNG",
)
def get_exercise_figure_png(
    request: Request, slug: ExerciseSlug, catalogue: CurrentCatalogue, asked: Annotated[PngAsked, Query()]
) -> Response:
    """The illustration for where SVG cannot be shown: `/v1/exercises/open-book/figure.png?width=256&theme=dark`."""
    moved = locate(catalogue.exercises, slug, request)
    if moved is not None:
        return moved
    drawn = _drawing(slug, asked.phase, asked.theme, asked.side)
    try:
        from app.figures.raster import render_png
    except ImportError:
        raise NotAcceptable("PNG needs the extra `png`; ask for figure.svg.", available=["image/svg+xml"]) from None
    return _picture(render_png(drawn.decode(), asked.width), "image/png", catalogue)


@router.get("/gallery", include_in_schema=False)
async def get_gallery(catalogue: CurrentCatalogue, asked: Annotated[GalleryQuery, Query()]) -> Response:
    """All exercises by position, with their pictures; no script."""
    headers = {"Content-Security-Policy": gallery.GALLERY_CSP, "Cache-Control": caching.PUBLIC_5_MINUTES}
    return Response(
        gallery.render_gallery(catalogue.exercises.records.values(), asked), media_type="text/html", headers=headers
    )


@router.get("/gallery/style.css", include_in_schema=False)
async def get_gallery_style() -> Response:
    return Response(gallery.read_stylesheet(), media_type="text/css", headers={"Cache-Control": caching.PUBLIC_1_DAY})
