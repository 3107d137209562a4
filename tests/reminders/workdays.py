"""Working days for the tests, and routines to choose from."""

from datetime import UTC, datetime
from typing import Any

from app.kit.closed_lists import list_words
from app.kit.links import PublicAddress
from app.reminders.icalendar_file import render_calendar
from app.reminders.revision import ContentRevision
from app.reminders.rotation import RoutineOption
from app.reminders.schedule import ReminderSchedule, build_schedule
from app.reminders.workday import ReminderKind, Workday
from app.schemas.exercise import Figure

BASE_URL = "https://example.org"
ADDRESS = PublicAddress(BASE_URL)
FIGURE = Figure(
    hash="0123456789ab",
    svg="/v1/exercises/open-book/figure.svg",
    png="/v1/exercises/open-book/figure.png",
    webp="/v1/exercises/open-book/figure.webp",
    gif="/v1/exercises/open-book/figure.gif",
    lottie="/v1/exercises/open-book/figure.json",
    drawn_side="left",
    alt="Lying on the side.",
    alt_other_side="Lying on the side.",
    license="CC-BY-4.0",
    credit="Thoracic Mobility API",
)


def make_option(slug: str, duration_s: int, *equipment: str) -> RoutineOption:
    return RoutineOption(slug, slug.replace("-", " ").capitalize(), duration_s, frozenset(equipment), FIGURE)


ROUTINES = (
    make_option("after-driving-4-min", 240),
    make_option("desk-arch-1-min", 60, "chair"),
    make_option("desk-break-1-min", 60, "chair"),
    make_option("desk-turn-1-min", 60, "chair"),
    make_option("standing-arch-1-min", 60),
    make_option("desk-break-3-min-chair", 180, "chair"),
    make_option("desk-break-3-min-no-kit", 180),
    make_option("desk-break-5-min-chair", 300, "chair"),
    make_option("no-floor-10-min", 600, "chair", "wall"),
)
REVISION = ContentRevision(7, datetime(2026, 12, 1, 8, tzinfo=UTC))
ALL_KINDS = list_words(ReminderKind)


def make_workday(**fields: Any) -> Workday:
    return Workday.model_validate({"timezone": "Europe/Berlin", **fields})


def make_schedule(**fields: Any) -> ReminderSchedule:
    return build_schedule(make_workday(**fields), ROUTINES, ADDRESS)


def render(workday: Workday, revision: ContentRevision = REVISION) -> bytes:
    return render_calendar(workday, build_schedule(workday, ROUTINES, ADDRESS), revision)
