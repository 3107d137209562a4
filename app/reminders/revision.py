"""When what a calendar event says was last changed: subscribers take an event anew only if it says that it is newer."""

from datetime import UTC, datetime
from typing import NamedTuple

from app.reminders.rhythm import REMINDER_RULES
from app.reminders.texts import reminder_texts
from app.reminders.workday import ReminderKind


class ContentRevision(NamedTuple):
    """A state of content. With every change both values grow; without one they stay, so that ETags do."""

    number: int
    changed_at: datetime


NO_ROUTINES = ContentRevision(0, datetime.min.replace(tzinfo=UTC))
"""The state before there has been a routine."""


def find_event_revision(kind: ReminderKind, routines: ContentRevision) -> ContentRevision:
    """Return the revision of the events of a kind: of the texts, and of all routines where it can have one.

    The routines of the catalogue take turns, so one that is new or gone changes the events of the others.
    """
    texts = reminder_texts().revision
    if not REMINDER_RULES[kind].max_routine_s:
        return ContentRevision(texts.number, texts.changed_at)
    return ContentRevision(texts.number + routines.number, max(texts.changed_at, routines.changed_at))
