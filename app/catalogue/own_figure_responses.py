"""Answers with the pictures that a partner uploaded for an exercise of its own."""

from collections.abc import Mapping, Sequence
from typing import Final

from fastapi import Request
from starlette.responses import Response

from app.catalogue.figure_query import PngQuery, SvgQuery, WebpQuery
from app.catalogue.figure_responses import IMAGE_CSP, FigureNotDrawn, image_headers
from app.catalogue.own_figures import OwnPicture, load_pictures
from app.catalogue.snapshot import Snapshot
from app.changes.ownership import owner_of
from app.figures.pixel_rendering import find_png_renderer, find_webp_renderer
from app.figures.uploads.shown_pictures import join_drawings
from app.kit.database import Database
from app.kit.errors import FormatUnavailable
from app.kit.request_database import RequestDatabase
from app.kit.work_limiter import WorkLimiter

OWN_IMAGE_CSP: Final = f"{IMAGE_CSP}; img-src data:; sandbox"
"""Content-Security-Policy of an uploaded picture: as of all images; pixels stand in the drawing itself."""


OwnPictures = Mapping[str, Mapping[str, OwnPicture]]
"""Pictures of own exercises by exercise and phase."""


class OwnPictureReader:
    """Reads uploaded pictures from the database, for requests."""

    def __init__(self, database: Database, requests: RequestDatabase) -> None:
        self.database, self.requests = database, requests

    async def read(self, slugs: list[str]) -> OwnPictures:
        """Return the pictures of own exercises by exercise and phase. Raises `DatabaseUnavailable`."""
        own = [slug for slug in slugs if owner_of(slug) is not None]
        return await self.requests.read(load_pictures, self.database, own) if own else {}


async def answer_own_svg(request: Request, slug: str, catalogue: Snapshot, query: SvgQuery) -> Response:
    """Return the pictures of an own exercise as a drawing. Raises `FigureNotDrawn`, `DatabaseUnavailable`."""
    return _answer(await _draw(request, slug, catalogue, query.phase), "image/svg+xml", slug, catalogue, query.v)


async def answer_own_pixels(
    request: Request, slug: str, catalogue: Snapshot, query: PngQuery | WebpQuery, limiter: WorkLimiter
) -> Response:
    """Return the pictures of an own exercise as PNG or WebP, which stands still.

    Raises `FigureNotDrawn`, `FormatUnavailable`, `DatabaseUnavailable`, `ServiceBusy`, `WorkerUnavailable`.
    """
    is_png = isinstance(query, PngQuery)
    try:
        render = find_png_renderer() if is_png else find_webp_renderer()
    except ImportError:
        raise FormatUnavailable(
            "Pixels need the extra `motion`; ask for figure.svg.", available=["image/svg+xml"]
        ) from None
    drawing = await _draw(request, slug, catalogue, query.phase if isinstance(query, PngQuery) else "both")
    content = await limiter.run_in_process(request, render, drawing.decode(), query.width)
    return _answer(content, "image/png" if is_png else "image/webp", slug, catalogue, query.v)


def refuse_own_motion(slug: str) -> FigureNotDrawn:
    """Return the problem of a format that uploaded pictures do not have."""
    return FigureNotDrawn(f"Uploaded pictures stand still: {slug!r} has figure.svg, figure.png and figure.webp.")


async def _draw(request: Request, slug: str, catalogue: Snapshot, phase: str) -> bytes:
    """Return the picture of a phase; both side by side for another word, and the only one where there is one."""
    reader: OwnPictureReader = request.app.state.own_picture_reader
    pictures = (await reader.read([slug])).get(slug, {})
    if not pictures:
        raise FigureNotDrawn(f"{slug!r} has no picture yet: PUT /v1/exercises/{slug}/figure/start takes one.")
    shown = [pictures[phase]] if phase in pictures else list(pictures.values())
    return _join(shown, catalogue.exercises.records[slug].name)


def draw_own_picture(picture: OwnPicture, name: str) -> bytes:
    """Return one picture of an own exercise as a document, with the name of the exercise."""
    return _join([picture], name)


def _join(pictures: Sequence[OwnPicture], name: str) -> bytes:
    rights = "; ".join(dict.fromkeys(f"{picture.credit}, {picture.license}" for picture in pictures))
    description = " ".join([*(picture.alt for picture in pictures), f"{rights}."])
    return join_drawings([picture.drawing for picture in pictures], name, description)


def _answer(content: bytes, media_type: str, slug: str, catalogue: Snapshot, version: str | None) -> Response:
    figure = catalogue.exercises.records[slug].figure
    is_versioned = figure is not None and version == figure.hash
    headers = image_headers(catalogue, is_versioned, OWN_IMAGE_CSP)
    return Response(content, media_type=media_type, headers=headers)
