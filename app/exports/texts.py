"""Texts of the exports, in the shape of `seed/texts/en/exports.yaml`."""

from typing import Annotated

from app.texts.loader import TextFile
from app.texts.templates import Fields, Template, Text


class ExportTexts(TextFile):
    """The texts of an appointment."""

    file_name = "exports.yaml"
    appointment_item: Annotated[Template, Fields("exercise", "dose")]
    appointment_link: Annotated[Template, Fields("name", "url")]
    appointment_note: Text
