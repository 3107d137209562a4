"""JSON-LD of the pages: what search engines and other programs read, in the words of schema.org."""

from typing import Any

from app.kit.links import PublicAddress
from app.kit.timestamps import format_timestamp
from app.pages.exercise_parts import describe_equipment, list_blocks
from app.pages.texts import page_texts
from app.rules.notices import CONTENT_LICENSE
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise, Figure
from app.schemas.routine import Routine
from app.sessions.printout import describe_dose
from app.texts.loader import LANGUAGE

Node = dict[str, Any]
"""One object of JSON-LD."""
IMAGE_WIDTH, IMAGE_HEIGHT = 1024, 768


def describe_exercise(exercise: Exercise, page_url: str, address: PublicAddress) -> Node:
    """Return an exercise as a plan, as instructions with steps, and its picture with its licence."""
    shared = _describe_record(exercise, page_url)
    duration = f"PT{exercise.est_duration_s}S"
    figure = _describe_figure(exercise.figure, exercise.name, page_url, address)
    image = {"image": {"@id": figure["@id"]}} if figure else {}
    plan: Node = {
        "@type": "ExercisePlan",
        "@id": f"{page_url}#plan",
        **shared,
        **image,
        "alternateName": list(exercise.aliases),
        "exerciseType": load_terms()["categories"][exercise.category].label,
        "activityDuration": duration,
        "repetitions": exercise.dose.reps or exercise.dose.breaths or 1,
        "workload": describe_dose(exercise.dose),
        "restPeriods": f"PT{exercise.dose.rest_s}S",
    }
    how_to: Node = {
        "@type": "HowTo",
        "@id": f"{page_url}#howto",
        **shared,
        **image,
        "totalTime": duration,
        "step": [{"@type": "HowToStep", "position": n, "text": text} for n, text in enumerate(exercise.steps, 1)],
    }
    equipment = describe_equipment(exercise.equipment)
    if equipment:
        how_to["tool"] = [{"@type": "HowToTool", "name": equipment}]
    trail = _describe_trail([(page_texts().gallery, "/gallery"), (exercise.name, None)], page_url, address)
    return _graph(plan, how_to, figure, trail)


def describe_routine(routine: Routine, page_url: str, address: PublicAddress) -> Node:
    """Return a routine as a plan, and as instructions with a section for each exercise."""
    shared = _describe_record(routine, page_url)
    blocks = list_blocks(routine.session)
    duration = f"PT{routine.session.duration_s}S"
    first = next((block.exercise for block in blocks if block.exercise.figure), None)
    figure = _describe_figure(first.figure, first.name, page_url, address) if first else None
    image = {"image": {"@id": figure["@id"]}} if figure else {}
    plan: Node = {
        "@type": "ExercisePlan",
        "@id": f"{page_url}#plan",
        **shared,
        **image,
        "activityDuration": duration,
        "audience": {"@type": "Audience", "audienceType": routine.audience},
        "hasPart": [
            {"@type": "ExercisePlan", "name": block.exercise.name, "url": _exercise_url(block.exercise, address)}
            for block in blocks
        ],
    }
    how_to: Node = {
        "@type": "HowTo",
        "@id": f"{page_url}#howto",
        **shared,
        **image,
        "totalTime": duration,
        "step": [
            {
                "@type": "HowToSection",
                "name": block.exercise.name,
                "position": number,
                "itemListElement": [
                    {"@type": "HowToStep", "position": n, "text": text}
                    for n, text in enumerate(block.exercise.steps, 1)
                ],
            }
            for number, block in enumerate(blocks, 1)
        ],
    }
    trail = _describe_trail([(page_texts().routines, "/routines"), (routine.name, None)], page_url, address)
    return _graph(plan, how_to, figure, trail)


def _graph(*nodes: Node | None) -> Node:
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def _exercise_url(exercise: Exercise, address: PublicAddress) -> str:
    return address.absolute_link(f"/exercises/{exercise.slug}")


def _creator() -> Node:
    return {"@type": "Organization", "name": CONTENT_LICENSE.attribution}


def _describe_record(record: Exercise | Routine, page_url: str) -> Node:
    return {
        "name": record.name,
        "description": record.summary,
        "url": page_url,
        "inLanguage": LANGUAGE,
        "license": CONTENT_LICENSE.url,
        "creditText": f"{CONTENT_LICENSE.attribution}, {CONTENT_LICENSE.id}",
        "creator": _creator(),
        "dateModified": format_timestamp(record.updated_at),
        "isAccessibleForFree": True,
    }


def _describe_figure(figure: Figure | None, name: str, page_url: str, address: PublicAddress) -> Node | None:
    if figure is None:
        return None
    content_url = address.absolute_link(f"{figure.png}?width={IMAGE_WIDTH}")
    rights: Node = {"creditText": figure.credit, "copyrightNotice": figure.credit}
    if figure.license == CONTENT_LICENSE.id and figure.credit == CONTENT_LICENSE.attribution:  # no upload of a partner
        rights |= {"license": CONTENT_LICENSE.url, "acquireLicensePage": f"{page_url}#sharing", "creator": _creator()}
    return {
        "@type": "ImageObject",
        "@id": f"{page_url}#image",
        "name": name,
        "description": figure.alt,
        "contentUrl": content_url,
        "url": content_url,
        "encodingFormat": "image/png",
        "width": _describe_pixels(IMAGE_WIDTH),
        "height": _describe_pixels(IMAGE_HEIGHT),
        **rights,
    }


def _describe_pixels(count: int) -> Node:
    """Return a length on a screen; E37 is the code of UN/CEFACT for pixels."""
    return {"@type": "QuantitativeValue", "value": count, "unitCode": "E37"}


def _describe_trail(steps: list[tuple[str, str | None]], page_url: str, address: PublicAddress) -> Node:
    """Return the way to a page from the start; the last step is the page itself, and has no address."""
    trail = [(page_texts().home, "/"), *steps]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{page_url}#trail",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name}
            | ({"item": address.absolute_link(path)} if path else {})
            for number, (name, path) in enumerate(trail, 1)
        ],
    }
