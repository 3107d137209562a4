"""Texts of the pages, in the shape of `seed/texts/en/pages.yaml`."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.texts.loader import TextFile, load_texts
from app.texts.templates import Fields, ListTemplate, PluralTemplate, Template, Text


class ExerciseTexts(FrozenModel):
    """The words of an exercise's page."""

    figure_note: Text
    steps: Text
    mistakes: Text
    instead: Annotated[Template, Fields("instead")]
    cautions: Text
    no_cautions: Text
    easier: Text
    harder: Text
    sources: Text
    source_note: Text
    details: Text
    goals: Text
    movements: Text
    muscles: Annotated[Template, Fields("role")]
    show_muscles: Text
    muscle_picture: Annotated[Template, Fields("muscles")]
    muscle_note: Text
    aliases: Text
    evidence: Text
    reviewed_by: Annotated[Template, Fields("name")]
    not_reviewed: Text


class RoutineTexts(FrozenModel):
    """The words of a page of a routine or of a session."""

    audience: Text
    when_to_use: Text
    why: Text
    timer: Text
    timer_note: Text
    time: Text
    seconds_heading: Text
    action: Text
    more: Text
    list_title: Text
    list_summary: Text


class PlayerTexts(FrozenModel):
    """The words of the player; its script fills in the numbers."""

    title: Text
    play: Text
    pause: Text
    again: Text
    back: Text
    skip: Text
    voice: Text
    exercise: Annotated[Template, Fields("number", "total")]
    set: Annotated[Template, Fields("number", "total")]
    seconds_left: Text
    progress: Text
    keys: Text
    awake: Text
    kept: Text


class ExportLinkTexts(FrozenModel):
    """Links to a routine or session in other formats."""

    title: Text
    print: Text
    pdf: Text
    subtitles: Text
    table: Text
    watch: Text
    clinic: Text
    calendar: Text
    start: Text
    add: Text


class SharingTexts(FrozenModel):
    """How to use a record elsewhere."""

    title: Text
    text: Annotated[Template, Fields("title")]
    attribution: Text
    attribution_text: Annotated[Template, Fields("title", "author", "license", "url")]
    attribution_html: Annotated[Template, Fields("title", "author", "license", "license_url", "url")]
    embed: Text
    copy_button: Text
    copied: Text


class EmbedTexts(FrozenModel):
    """The words of a card in a page of others."""

    more: Text
    care: Text


class ErrorTexts(FrozenModel):
    """A page that says what is wrong with an address."""

    title: Text
    text: Text


class PageTexts(TextFile):
    """All texts of the pages; their HTML is in `templates`."""

    file_name = "pages.yaml"
    site_name: Text
    skip: Text
    navigation: Text
    home: Text
    gallery: Text
    routines: Text
    documentation: Text
    stop_rules: Text
    disclaimer: Text
    licence_note: Text
    data: Text
    all_of: ListTemplate
    any_of: ListTemplate
    duration: Annotated[Template, Fields("duration")]
    minutes: Annotated[PluralTemplate, Fields()]
    seconds: Annotated[PluralTemplate, Fields()]
    level: Annotated[Template, Fields("level")]
    equipment: Annotated[Template, Fields("equipment")]
    no_equipment: Text
    dose: Annotated[Template, Fields("dose")]
    cues: Text
    breathing: Text
    note: Text
    """Before what a prescription says of an exercise."""
    avoid: Text
    caution: Text
    exercise: ExerciseTexts
    routine: RoutineTexts
    player: PlayerTexts
    exports: ExportLinkTexts
    sharing: SharingTexts
    embed: EmbedTexts
    not_found: ErrorTexts
    gone: ErrorTexts
    not_understood: ErrorTexts
    failed: ErrorTexts


def page_texts() -> PageTexts:
    """Return the texts of the pages."""
    return load_texts(PageTexts)
