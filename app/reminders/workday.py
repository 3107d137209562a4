"""A working day as the query of a link: hours, time zone, weekdays, lunch and kinds of reminder."""

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words
from app.kit.models import FrozenModel

ReminderKind = TypeAliasType(
    "ReminderKind",
    Annotated[
        Literal["posture", "micro_break", "active_break", "sit_stand", "eyes", "session"],
        Field(description="A kind of reminder: what to do at that time."),
    ],
)
Weekday = TypeAliasType(
    "Weekday",
    Annotated[
        Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        Field(description="A day of the week, as iCalendar abbreviates it."),
    ],
)
WEEKDAYS: tuple[Weekday, ...] = list_words(Weekday)
"""The days of the week in their order, as iCalendar abbreviates them."""
MINUTES_PER_DAY = 24 * 60
MAX_SHIFT_MIN = 16 * 60
"""Length of the longest working day that is accepted."""
EXCLUDED_ZONES = frozenset({"Factory", "localtime", "posixrules"})
"""Names of the zone database that are no places; which of them exist depends on the machine."""
CLOCK_PATTERN = "([01][0-9]|2[0-3]):[0-5][0-9]"
"""A time of day, HH:MM."""


@cache
def list_time_zones() -> frozenset[str]:
    """Return the names of all IANA time zones that this machine knows."""
    return frozenset(available_timezones()) - EXCLUDED_ZONES


def _check_time_zone(name: str) -> str:
    if name not in list_time_zones():
        raise ValueError("This is not an IANA time zone, such as Europe/Berlin")
    return name


def _check_iso_date(value: Any) -> Any:
    """Return the value as it is. Raises `ValueError` for a text of another form, such as a number of seconds."""
    if isinstance(value, str) and (len(value) != 10 or value[4] != "-"):
        raise ValueError("Give a date as YYYY-MM-DD")
    return value


Clock = Annotated[str, Field(pattern=rf"^{CLOCK_PATTERN}$")]
"""A time of day, HH:MM."""


class Workday(FrozenModel):
    """When somebody works, and which reminders they want. Contains nothing about health."""

    timezone: Annotated[str, Field(max_length=64, examples=["Europe/Berlin"]), AfterValidator(_check_time_zone)] = (
        Field(description="IANA name of the time zone; the hours hold all year, summer time or not.")
    )
    start: Clock = Field("09:00", description="Work begins, local time.")
    end: Clock = Field("17:00", description="Work ends; earlier than `start` means on the next day.")
    days: tuple[Weekday, ...] = Field(
        WEEKDAYS[:5], description="Days on which work begins, repeatable.", min_length=1, examples=[["MO", "WE"]]
    )
    lunch: Annotated[str, Field(pattern=rf"^{CLOCK_PATTERN}-{CLOCK_PATTERN}$")] | None = Field(
        None, description="A pause without reminders, within the working hours.", examples=["12:30-13:00"]
    )
    kinds: tuple[ReminderKind, ...] = Field(
        ("micro_break", "active_break"),
        description="Kinds of reminder, repeatable.",
        min_length=1,
        examples=[["micro_break", "eyes"]],
    )
    first_day: Annotated[date, BeforeValidator(_check_iso_date)] = Field(
        date(2026, 1, 5), ge=date(2020, 1, 1), le=date(2035, 12, 31), description="The calendar begins on this day."
    )

    @field_validator("days", "kinds", mode="after")
    @classmethod
    def _check_repetition(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(words)) < len(words):
            raise ValueError("Name each only once")
        return words

    @field_validator("end", mode="after")
    @classmethod
    def _check_shift(cls, end: str, info: ValidationInfo) -> str:
        if "start" in info.data:
            length = (parse_clock_min(end) - parse_clock_min(info.data["start"])) % MINUTES_PER_DAY
            if not 0 < length <= MAX_SHIFT_MIN:
                raise ValueError("A working day ends after it began, and has at most 16 hours")
        return end

    @field_validator("lunch", mode="after")
    @classmethod
    def _check_lunch(cls, lunch: str | None, info: ValidationInfo) -> str | None:
        if lunch is not None and "start" in info.data and "end" in info.data:
            start = parse_clock_min(info.data["start"])
            lunch_start, lunch_end, length = (
                (parse_clock_min(clock) - start) % MINUTES_PER_DAY for clock in (lunch[:5], lunch[6:], info.data["end"])
            )
            if not lunch_start < lunch_end <= length:
                raise ValueError("lunch should lie within the working hours and begin before it ends")
        return lunch

    @property
    def start_min(self) -> int:
        """Start of work in minutes after midnight."""
        return parse_clock_min(self.start)

    @property
    def shift_min(self) -> int:
        """Length of the working day in minutes, lunch included."""
        return (parse_clock_min(self.end) - self.start_min) % MINUTES_PER_DAY

    @property
    def lunch_span_min(self) -> tuple[int, int]:
        """Start and end of lunch in minutes after `start`; without lunch, both are the end of work."""
        if self.lunch is None:
            return self.shift_min, self.shift_min
        lunch_start, lunch_end = (parse_clock_min(clock) for clock in self.lunch.split("-"))
        return (lunch_start - self.start_min) % MINUTES_PER_DAY, (lunch_end - self.start_min) % MINUTES_PER_DAY

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """Days on which work begins, in the order of the week."""
        return tuple(day for day in WEEKDAYS if day in self.days)

    @property
    def query(self) -> str:
        """The query of a link with the fields that were sent, always in the same order."""
        fields = self.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        return urlencode(fields, doseq=True, safe=":/")

    @property
    def reminder_kinds(self) -> tuple[ReminderKind, ...]:
        """Kinds of reminder that are wanted."""
        return tuple(kind for kind in list_words(ReminderKind) if kind in self.kinds)


def parse_clock_min(clock: str) -> int:
    """Return the minutes after midnight of a time `HH:MM`."""
    return int(clock[:2]) * 60 + int(clock[3:])
