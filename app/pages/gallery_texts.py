"""Texts of the gallery, in the shape of `seed/texts/en/gallery.yaml`."""

from typing import Annotated

from app.texts.loader import TextFile
from app.texts.templates import Fields, PluralTemplate, Template, Text


class GalleryTexts(TextFile):
    """The words of the page; its HTML is in `templates`."""

    file_name = "gallery.yaml"
    title: Text
    summary: Text
    count: Annotated[PluralTemplate, Fields()]
    none_found: Text
    search: Text
    filters: Text
    goal: Text
    position: Text
    equipment: Text
    level_heading: Text
    person: Text
    level: Annotated[Template, Fields("level")]
    show: Text
    reset: Text
