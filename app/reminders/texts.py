"""Texts of the reminders, in the shape of `seed/texts/en/reminders.yaml`."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from app.kit.models import FrozenModel
from app.reminders.workday import ReminderKind
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, Template, Text


class ReminderText(FrozenModel):
    """The texts of one kind of reminder."""

    title: Text
    texts: Annotated[tuple[Text, ...], Field(min_length=1)]
    """They take turns."""


class TextRevision(FrozenModel):
    """The state of the texts. A test fails where they change and this does not."""

    number: int
    changed_at: AwareDatetime


class ReminderTexts(TextFile):
    """All texts of the reminders and of the calendar."""

    file_name = "reminders.yaml"
    revision: TextRevision
    reminders: Annotated[dict[ReminderKind, ReminderText], EveryKey(ReminderKind)]
    calendar_name: Text
    event_summary: Annotated[Template, Fields("title", "routine")]
    event_link: Annotated[Template, Fields("routine", "url")]
    event_note: Text


def reminder_texts() -> ReminderTexts:
    """Return the texts of the reminders."""
    return load_texts(ReminderTexts)
