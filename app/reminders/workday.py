"""A working day as the query of a link: time zone, hours of each weekday, lunch, days off and kinds of reminder."""

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words
from app.kit.models import FrozenModel
from app.reminders.days_off import DAYS_OFF_PATTERN, MAX_DAYS_OFF, list_days_off
from app.reminders.time_zones import find_time_zone
from app.reminders.working_hours import (
    CLOCK_PATTERN,
    DAY_HOURS_PATTERN,
    WEEKDAYS,
    Weekday,
    WorkSpan,
    leave_out_lunch,
    make_span,
    parse_hours,
    place_lunch,
)

ReminderKind = TypeAliasType(
    "ReminderKind",
    Annotated[
        Literal["posture", "micro_break", "active_break", "sit_stand", "eyes", "session"],
        Field(description="A kind of reminder: what to do at that time."),
    ],
)
MAX_DAY_ITEMS = 28
"""Most values of `days`: four stretches of work a day."""
MAX_OFF_ITEMS = 100


def _check_iso_date(value: Any) -> Any:
    """Return the value as it is. Raises `ValueError` for a text of another form, such as a number of seconds."""
    if isinstance(value, str) and (len(value) != 10 or value[4] != "-"):
        raise ValueError("Give a date as YYYY-MM-DD")
    return value


Clock = Annotated[str, Field(pattern=rf"^{CLOCK_PATTERN}$")]
"""A time of day, HH:MM."""
# The patterns of these two are for the document alone: the checks have better messages.
DayHours = Annotated[str, Field(json_schema_extra={"pattern": DAY_HOURS_PATTERN})]
DaysOff = Annotated[str, Field(json_schema_extra={"pattern": DAYS_OFF_PATTERN})]


class Workday(FrozenModel):
    """When somebody works, and which reminders they want. Contains nothing about health."""

    model_config = ConfigDict(validate_default=True)  # the usual end may not fit to the beginning that is sent

    timezone: Annotated[str, Field(max_length=64, examples=["Europe/Berlin"]), AfterValidator(find_time_zone)] = Field(
        description=(
            "IANA name of the time zone, in any case; the hours hold all year, summer time or not. `floating`: the "
            "hours hold wherever the calendar is read, also on a journey."
        )
    )
    start: Clock = Field("09:00", description="Work begins, local time.")
    end: Clock = Field("17:00", description="Work ends; earlier than `start` means on the next day.")
    days: tuple[DayHours, ...] = Field(
        WEEKDAYS[:5],
        description=(
            "Weekdays on which work begins, repeatable. `MO` has the hours of `start` and `end`, `FR=08:00-12:30` its "
            "own; with several stretches of work a day, name it several times."
        ),
        min_length=1,
        max_length=MAX_DAY_ITEMS,
        examples=[["MO", "WE", "FR=08:00-12:30"]],
    )
    off: tuple[DaysOff, ...] = Field(
        (),
        description=(
            "Days without reminders, repeatable: a day, or the first and the last day with a slash between. "
            f"At most {MAX_DAYS_OFF} days in all."
        ),
        max_length=MAX_OFF_ITEMS,
        examples=[["2026-05-01", "2026-12-24/2027-01-01"]],
    )
    lunch: Annotated[str, Field(pattern=rf"^{CLOCK_PATTERN}-{CLOCK_PATTERN}$")] | None = Field(
        None, description="A pause without reminders, within the hours of a working day.", examples=["12:30-13:00"]
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

    @field_validator("days", "off", "kinds", mode="after")
    @classmethod
    def _check_repetition(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(words)) < len(words):
            raise ValueError("Name each only once")
        return words

    @field_validator("end", mode="after")
    @classmethod
    def _check_hours(cls, end: str, info: ValidationInfo) -> str:
        if "start" in info.data:
            make_span(info.data["start"], end)
        return end

    @field_validator("days", mode="after")
    @classmethod
    def _check_days(cls, days: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if "start" in info.data and "end" in info.data:
            parse_hours(days, make_span(info.data["start"], info.data["end"]))
        return days

    @field_validator("off", mode="after")
    @classmethod
    def _check_off(cls, items: tuple[str, ...]) -> tuple[str, ...]:
        list_days_off(items)
        return items

    @field_validator("lunch", mode="after")
    @classmethod
    def _check_lunch(cls, lunch: str | None, info: ValidationInfo) -> str | None:
        if lunch is None or not {"start", "end", "days"} <= info.data.keys():
            return lunch
        hours = parse_hours(info.data["days"], make_span(info.data["start"], info.data["end"]))
        pauses = [(place_lunch(span, lunch), span.end_min) for spans in hours.values() for span in spans]
        if not any(pause.start_min < pause.end_min <= work_end for pause, work_end in pauses):
            raise ValueError("lunch should lie within the working hours and begin before it ends")
        return lunch

    @property
    def hours(self) -> dict[Weekday, tuple[WorkSpan, ...]]:
        """Stretches of work by the weekday on which they begin, both in order, with lunch in them."""
        return parse_hours(self.days, make_span(self.start, self.end))

    @property
    def hours_without_lunch(self) -> dict[Weekday, list[WorkSpan]]:
        """Stretches in which reminders come, by weekday."""
        return {day: leave_out_lunch(spans, self.lunch) for day, spans in self.hours.items()}

    @property
    def days_off(self) -> tuple[date, ...]:
        """Days without reminders, in order."""
        return list_days_off(self.off)

    @property
    def query(self) -> str:
        """The query of a link with the fields that were sent, always in the same order."""
        fields = self.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        return urlencode(fields, doseq=True, safe=":/")

    @property
    def reminder_kinds(self) -> tuple[ReminderKind, ...]:
        """Kinds of reminder that are wanted."""
        return tuple(kind for kind in list_words(ReminderKind) if kind in self.kinds)
