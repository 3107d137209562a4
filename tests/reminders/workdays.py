"""Working days for the tests, and routines to choose from."""

from datetime import UTC, datetime
from typing import Any

from app.kit.closed_lists import list_words
from app.kit.links import PublicAddress
from app.reminders.icalendar_file import render_calendar
from app.reminders.revision import ContentRevision
from app.reminders.schedule import ReminderSchedule, RoutineOption, build_schedule
from app.reminders.workday import ReminderKind, Workday

BASE_URL = "https://example.org"
ADDRESS = PublicAddress(BASE_URL)
ROUTINES = (
    RoutineOption("after-driving-4-min", "Four minutes after driving", 240, frozenset()),
    RoutineOption("desk-break-1-min", "One-minute desk break", 60, frozenset({"chair"})),
    RoutineOption("desk-break-3-min-chair", "Three-minute break in the chair", 180, frozenset({"chair"})),
    RoutineOption("desk-break-3-min-no-kit", "Three-minute break without kit", 180, frozenset()),
    RoutineOption("desk-break-5-min-chair", "Five-minute break with a chair", 300, frozenset({"chair"})),
    RoutineOption("no-floor-10-min", "Ten minutes without the floor", 600, frozenset({"chair", "wall"})),
)
REVISION = ContentRevision(7, datetime(2026, 12, 1, 8, tzinfo=UTC))
ALL_KINDS = list_words(ReminderKind)


def make_workday(**fields: Any) -> Workday:
    return Workday.model_validate({"timezone": "Europe/Berlin", **fields})


def make_schedule(**fields: Any) -> ReminderSchedule:
    return build_schedule(make_workday(**fields), ROUTINES, ADDRESS)


def render(workday: Workday, revision: ContentRevision = REVISION) -> bytes:
    return render_calendar(workday, build_schedule(workday, ROUTINES, ADDRESS), revision)
