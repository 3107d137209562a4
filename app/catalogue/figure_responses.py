"""What the routes of all illustrations share: tempo, headers, documentation and errors."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from app.catalogue.snapshot import Snapshot
from app.figures.assets import list_drawn_slugs, list_persons
from app.figures.figure_hash import hash_figure
from app.figures.motion_loop import STANDARD_TEMPO, MotionTempo
from app.figures.persons import PersonChoice, SkinTone, choose_appearance
from app.figures.picture_options import PictureLook, ShownMuscle
from app.kit import caching
from app.kit.errors import FieldError, InvalidRequest, Problem
from app.rules.dose import Dose
from app.rules.muscles import ExerciseMuscles
from app.rules.terms import load_terms

IMAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
"""Content-Security-Policy of an image: an SVG runs no script and loads nothing; any page may embed it."""


class FigureNotDrawn(Problem):
    """The exercise exists and has no illustration."""

    status, title = 404, "No illustration"


def find_drawing(catalogue: Snapshot, slug: str) -> str | None:
    """Return the slug under which an exercise is drawn, which after a rename is a former one; None where it is not."""
    return find_drawn_slug([slug, *catalogue.exercises.former_slugs.get(slug, ())])


def find_drawn_slug(slugs: Iterable[str]) -> str | None:
    """Return the first of an exercise's slugs, the present one and former ones, under which there is a drawing."""
    drawn = list_drawn_slugs()
    return next((slug for slug in slugs if slug in drawn), None)


def require_drawing(catalogue: Snapshot, slug: str) -> str:
    """Return the slug under which an exercise is drawn. Raises `FigureNotDrawn` where it is not."""
    drawing = find_drawing(catalogue, slug)
    if drawing is None:
        raise FigureNotDrawn(f"The exercise {slug!r} has no illustration yet.")
    return drawing


def find_tempo(catalogue: Snapshot, slug: str) -> MotionTempo:
    """Return the tempo at which the motion of an exercise is shown."""
    return to_motion_tempo(catalogue.exercises.records[slug].dose)


def choose_look(drawing: str, look: PictureLook, person: PersonChoice, skin: SkinTone | None) -> PictureLook:
    """Return a look with who is drawn. Raises `InvalidRequest` where that person does not show the exercise."""
    persons = list_persons(drawing)
    if person != "varied" and person not in persons:
        detail = f"This exercise is not shown by {person}. Send {', '.join(persons)}, varied, or leave it out."
        error: FieldError = {"in": "query", "name": "person", "detail": detail, "allowed": [*persons, "varied"]}
        raise InvalidRequest(f"person: {detail}", errors=[error])
    return look._replace(appearance=choose_appearance(drawing, person, skin, persons))


def add_muscles(look: PictureLook, catalogue: Snapshot, slug: str) -> PictureLook:
    """Return a look with the muscles of the exercise."""
    return look._replace(muscles=to_shown_muscles(catalogue.exercises.records[slug].muscles))


def to_shown_muscles(muscles: ExerciseMuscles) -> tuple[ShownMuscle, ...]:
    """Return the muscles of an exercise as pictures show them."""
    terms = load_terms()["muscles"]
    return tuple(
        ShownMuscle(muscle, role, terms[muscle].label_in_sentence) for muscle, role in muscles.list_with_roles()
    )


def to_motion_tempo(dose: Dose) -> MotionTempo:
    """Return the tempo of a dose; the standard one for a posture that is held."""
    tempo = dose.tempo
    return MotionTempo(tempo.out_s, tempo.hold_s, tempo.back_s) if tempo else STANDARD_TEMPO


def _find_version(catalogue: Snapshot, slug: str) -> str | None:
    """Return the hash that the record names, where it is that of the pictures that this server makes, else None.

    They differ while servers of two versions run side by side, and until the catalogue is seeded after an update.
    """
    figure = catalogue.exercises.records[slug].figure
    drawing = find_drawing(catalogue, slug)
    if figure is None or drawing is None:
        return None
    muscles = to_shown_muscles(catalogue.exercises.records[slug].muscles)
    return figure.hash if figure.hash == hash_figure(drawing, find_tempo(catalogue, slug), muscles) else None


def image_headers(catalogue: Snapshot, is_versioned: bool, policy: str = IMAGE_CSP) -> dict[str, str]:
    """Return the headers of an image; one whose address names its version may be kept for good."""
    return {
        "Cache-Control": caching.VERSIONED_ILLUSTRATIONS if is_versioned else caching.ILLUSTRATIONS,
        "X-Catalogue-Serial": str(catalogue.serial),
        "Content-Security-Policy": policy,
    }


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
    return Response(content, media_type=media_type, headers=image_headers(catalogue, is_versioned))
