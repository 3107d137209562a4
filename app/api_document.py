"""What the OpenAPI document says of the service as a whole: title, introduction and groups of operations."""

from app.rules.notices import load_disclaimer
from app.texts.loader import TextFile, load_texts
from app.texts.templates import RawText

TITLE = "Thoracic Mobility API"
SUMMARY = "Exercises, ergonomics and fitted sessions for the upper back."
TAGS = [
    {"name": "Exercises", "description": "Exercises with steps, doses and contraindications."},
    {"name": "Illustrations", "description": "Drawings of the exercises, still and animated, under CC BY 4.0."},
    {"name": "Sessions", "description": "Sessions built on request: explained, and playable as a timer."},
    {"name": "Routines", "description": "Prepared sessions, ready to play."},
    {"name": "Guidelines", "description": "Guidelines on the workplace, posture, habits and training."},
    {"name": "Workstation", "description": "Fit a workstation to the body, and assess an existing one."},
    {"name": "Reminders", "description": "Breaks of a working day, as a list and as a calendar."},
    {"name": "Screening", "description": "Whether to ask a professional first, and self-tests."},
    {"name": "References", "description": "Sources of the catalogue, each with its certainty."},
    {"name": "Offline", "description": "The whole catalogue at once, and what changed since."},
    {"name": "Exports", "description": "Sessions and exercises as files for other programs."},
    {"name": "Vocabulary", "description": "Every term of the closed lists, with label, description and count."},
    {"name": "Editing", "description": "Write the catalogue: nothing is lost, everything can be restored."},
    {"name": "Partners", "description": "Keys of partners: what they allow, and how much."},
    {"name": "Webhooks", "description": "Signed messages to partners when the catalogue changes."},
    {"name": "Service", "description": "Index and health of the service."},
]


class ApiDocumentTexts(TextFile):
    """The introduction of the OpenAPI document, in Markdown."""

    file_name = "api_document.yaml"
    introduction: RawText
    getting_started: RawText
    compatibility: RawText


def describe_api() -> str:
    """Return the introduction of the OpenAPI document, in Markdown."""
    texts = load_texts(ApiDocumentTexts)
    parts = (texts.introduction, texts.getting_started, texts.compatibility, load_disclaimer().text)
    return "\n\n".join(parts) + "\n"
