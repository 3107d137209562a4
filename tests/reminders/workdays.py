"""Working days for the tests, and routines to choose from."""

from typing import Any

from app.reminders.schedule import ReminderSchedule, RoutineOption, build_schedule
from app.reminders.workday import Workday

OFFERS = (
    RoutineOption("after-driving-4-min", "Four minutes after driving", 240, frozenset()),
    RoutineOption("desk-break-1-min", "One-minute desk break", 60, frozenset({"chair"})),
    RoutineOption("desk-break-3-min-chair", "Three-minute break in the chair", 180, frozenset({"chair"})),
    RoutineOption("desk-break-3-min-no-kit", "Three-minute break without kit", 180, frozenset()),
    RoutineOption("desk-break-5-min-chair", "Five-minute break with a chair", 300, frozenset({"chair"})),
    RoutineOption("no-floor-10-min", "Ten minutes without the floor", 600, frozenset({"chair", "wall"})),
)
EVERY_KIND = "posture,micro_break,active_break,sit_stand,eyes,session"


def day(**said: Any) -> Workday:
    return Workday.model_validate({"timezone": "Europe/Berlin", **said})


def plan(**said: Any) -> ReminderSchedule:
    return build_schedule(day(**said), OFFERS, "https://example.org")
