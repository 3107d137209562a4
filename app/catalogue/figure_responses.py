"""What the routes of all illustrations share: tempo, headers, documentation and errors."""

from typing import Any

from starlette.responses import Response

from app.catalogue.snapshot import Snapshot
from app.figures.assets import list_drawn_slugs
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.kit import caching
from app.kit.errors import Problem

IMAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
"""Content-Security-Policy of an image: an SVG runs no script and loads nothing; any page may embed it."""


class FigureNotDrawn(Problem):
    """The exercise exists and has no illustration."""

    status, title = 404, "No illustration"


def require_drawing(slug: str) -> None:
    """Raise `FigureNotDrawn` for an exercise without a drawing."""
    if slug not in list_drawn_slugs():
        raise FigureNotDrawn(f"The exercise {slug!r} has no illustration yet.")


def find_tempo(catalogue: Snapshot, slug: str) -> MotionTempo:
    """Return the tempo of an exercise's dose; the standard one for a posture that is held."""
    tempo = catalogue.exercises.records[slug].dose.tempo
    return MotionTempo(tempo.out_s, tempo.hold_s, tempo.back_s) if tempo else STANDARD_TEMPO


def document_image(media_type: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful response with an image."""
    return {200: {"description": "The illustration.", "content": {media_type: {"schema": schema}}}}


def image_response(content: bytes, media_type: str, catalogue: Snapshot) -> Response:
    """Return an image that everybody may keep for long, with the serial of its catalogue."""
    headers = {
        "Cache-Control": caching.ILLUSTRATIONS,
        "X-Catalogue-Serial": str(catalogue.serial),
        "Content-Security-Policy": IMAGE_CSP,
    }
    return Response(content, media_type=media_type, headers=headers)
