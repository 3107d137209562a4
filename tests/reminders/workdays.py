"""Working days for the tests, and routines to choose from."""

from typing import Any

from app.reminders.schedule import Offer, Schedule, schedule
from app.reminders.workday import Day

OFFERS = (
    Offer("after-driving-4-min", "Four minutes after driving", 240, frozenset()),
    Offer("desk-break-1-min", "One-minute desk break", 60, frozenset({"chair"})),
    Offer("desk-break-3-min-chair", "Three-minute break in the chair", 180, frozenset({"chair"})),
    Offer("desk-break-3-min-no-kit", "Three-minute break without kit", 180, frozenset()),
    Offer("desk-break-5-min-chair", "Five-minute break with a chair", 300, frozenset({"chair"})),
    Offer("no-floor-10-min", "Ten minutes without the floor", 600, frozenset({"chair", "wall"})),
)
EVERY_KIND = "posture,micro_break,active_break,sit_stand,eyes,session"


def day(**said: Any) -> Day:
    return Day.model_validate({"timezone": "Europe/Berlin", **said})


def plan(**said: Any) -> Schedule:
    return schedule(day(**said), OFFERS, "https://example.org")
