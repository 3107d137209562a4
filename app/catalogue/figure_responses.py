"""What the routes of all illustrations share: tempo, headers, documentation and errors."""

from typing import Any

from starlette.responses import Response

from app.catalogue.snapshot import Snapshot
from app.figures.assets import list_drawn_slugs
from app.figures.figure_hash import hash_figure
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.kit import caching
from app.kit.errors import Problem
from app.rules.dose import Dose

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
    """Return the tempo at which the motion of an exercise is shown."""
    return to_motion_tempo(catalogue.exercises.records[slug].dose)


def to_motion_tempo(dose: Dose) -> MotionTempo:
    """Return the tempo of a dose; the standard one for a posture that is held."""
    tempo = dose.tempo
    return MotionTempo(tempo.out_s, tempo.hold_s, tempo.back_s) if tempo else STANDARD_TEMPO


def _find_version(catalogue: Snapshot, slug: str) -> str | None:
    """Return the hash that the record names, where it is that of the pictures that this server makes, else None.

    They differ while servers of two versions run side by side, and until the catalogue is seeded after an update.
    """
    figure = catalogue.exercises.records[slug].figure
    return figure.hash if figure and figure.hash == hash_figure(slug, find_tempo(catalogue, slug)) else None


def document_image(media_type: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a successful response with an image."""
    return {200: {"description": "The illustration.", "content": {media_type: {"schema": schema}}}}


def image_response(
    content: bytes, media_type: str, catalogue: Snapshot, slug: str, version: str | None = None
) -> Response:
    """Return an image of an exercise that everybody may keep for long, with the serial of its catalogue.

    It may be kept for good where `version` is the hash of the drawing.
    """
    is_versioned = version is not None and version == _find_version(catalogue, slug)
    headers = {
        "Cache-Control": caching.VERSIONED_ILLUSTRATIONS if is_versioned else caching.ILLUSTRATIONS,
        "X-Catalogue-Serial": str(catalogue.serial),
        "Content-Security-Policy": IMAGE_CSP,
    }
    return Response(content, media_type=media_type, headers=headers)
