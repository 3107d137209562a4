"""Texts of the pages, in the shape of `seed/texts/en/pages.yaml`."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.texts.loader import TextFile, load_texts
from app.texts.templates import Fields, ListTemplate, PluralTemplate, Template, Text


class RoutineTexts(FrozenModel):
    """The words of a routine's page."""

    duration: Annotated[Template, Fields("duration")]
    minutes: Annotated[PluralTemplate, Fields()]
    seconds: Annotated[PluralTemplate, Fields()]
    level: Annotated[Template, Fields("level")]
    equipment: Annotated[Template, Fields("equipment")]
    no_equipment: Text
    audience: Text
    when_to_use: Text
    dose: Annotated[Template, Fields("dose")]
    cues: Text
    avoid: Text
    caution: Text
    care: Annotated[Template, Fields("conditions", "advice")]
    timer: Text
    timer_note: Text
    time: Text
    seconds_heading: Text
    action: Text
    end: Text


class PageTexts(TextFile):
    """All texts of the pages; their HTML is in `templates`."""

    file_name = "pages.yaml"
    site_name: Text
    stop_rules: Text
    disclaimer: Text
    licence_note: Text
    data: Text
    gallery: Text
    documentation: Text
    all_of: ListTemplate
    routine: RoutineTexts


def page_texts() -> PageTexts:
    """Return the texts of the pages."""
    return load_texts(PageTexts)
