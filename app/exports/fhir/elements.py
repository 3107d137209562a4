"""Elements that all FHIR resources here are made of: concepts, ids, narrative, and what every definition says."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any, Final

from app.kit.links import PublicAddress
from app.kit.timestamps import format_timestamp
from app.rules.notices import CONTENT_LICENSE, load_disclaimer, load_stop_rules
from app.rules.terms import load_terms
from app.texts.loader import LANGUAGE

Resource = dict[str, Any]
"""A FHIR resource or an element of one, as JSON."""
FHIR_MEDIA_TYPE: Final = "application/fhir+json"
SYSTEM_PREFIX: Final = "urn:thoracic-mobility"
"""Stands before the name of a closed list, as the system of its codes."""
UCUM: Final = "http://unitsofmeasure.org"
MAX_ID_LENGTH: Final = 64
SHORT_LICENSE_NAME: Final = "CC BY 4.0"


def write_resource(resource: Resource) -> bytes:
    """Return a resource as JSON in UTF-8."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()


def keep_present(**elements: Any) -> Resource:
    """Return the elements that have a value. FHIR has neither null nor empty lists."""
    return {name: value for name, value in elements.items() if value is not None and value not in ("", [], {})}


def make_id(name: str) -> str:
    """Return a name as the logical id of a resource: at most 64 characters, other ones for other names."""
    if len(name) <= MAX_ID_LENGTH:
        return name
    return f"{name[:47]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def make_computer_name(kind: str, name: str) -> str:
    """Return the name of a definition for programs: `ExerciseOpenBook`."""
    return kind + "".join(word[:1].upper() + word[1:] for word in name.split("-"))


def describe_concept(list_name: str, word: str, label: str | None = None) -> Resource:
    """Return a word of one of our lists as a CodeableConcept, with its label as text.

    `label` is given for words that the vocabulary does not hold, such as slugs.
    """
    text = label or load_terms()[list_name][word].label
    return {"coding": [{"system": f"{SYSTEM_PREFIX}:{list_name}", "code": word, "display": text}], "text": text}


def describe_seconds(seconds: int) -> Resource:
    """Return a Timing of one stretch of time."""
    return {"repeat": {"duration": seconds, "durationUnit": "s"}}


def describe_publication(path: str, version: int, updated_at: datetime, address: PublicAddress) -> Resource:
    """Return what every definition says of itself: its canonical address, version, state, terms and publisher."""
    return {
        "url": address.absolute_link(path),
        "version": str(version),
        "status": "active",
        "date": format_timestamp(updated_at),
        "publisher": CONTENT_LICENSE.attribution,
        "copyright": f"{CONTENT_LICENSE.attribution}, {CONTENT_LICENSE.name}, {CONTENT_LICENSE.url}",
        "copyrightLabel": SHORT_LICENSE_NAME,
        "language": LANGUAGE,
    }


def describe_page(title: str, path: str, address: PublicAddress) -> Resource:
    """Return the page for people as related material."""
    document = {"contentType": "text/html", "language": LANGUAGE, "url": address.absolute_link(path), "title": title}
    return {"type": "documentation", "document": document}


def list_safety_notes() -> list[str]:
    """Return when to stop, and what this information is not."""
    return [*load_stop_rules(), load_disclaimer().text]


def write_markdown_list(lines: Iterable[str], *, numbered: bool = False) -> str:
    """Return lines as a list in Markdown."""
    return "\n".join(f"{number}. {line}" if numbered else f"- {line}" for number, line in enumerate(lines, 1))


def write_narrative(paragraphs: Iterable[str], items: Iterable[str]) -> Resource:
    """Return the text of a resource for people: paragraphs, then a numbered list."""
    told = "".join(f"<p>{escape(text)}</p>" for text in paragraphs if text)
    listed = "".join(f"<li>{escape(text)}</li>" for text in items)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{told}<ol>{listed}</ol></div>'}
