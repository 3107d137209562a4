"""A working day as a link says it: hours, zone, days, lunch and kinds of reminder. The link is the whole state."""

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from app.kit.models import FrozenModel

ReminderKind = Literal["posture", "micro_break", "active_break", "sit_stand", "eyes", "session"]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
MINUTES_PER_DAY = 24 * 60
MAX_SHIFT_MIN = 16 * 60
EXCLUDED_ZONES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def list_time_zones() -> frozenset[str]:
    """Every IANA time zone that is known here."""
    return frozenset(available_timezones()) - EXCLUDED_ZONES


def _check_time_zone(name: str) -> str:
    if name not in list_time_zones():
        raise ValueError("This is not an IANA time zone, such as Europe/Berlin")
    return name


def _check_list(said: str, allowed: tuple[str, ...]) -> str:
    values = said.split(",")
    if any(value not in allowed for value in values):
        raise ValueError(f"Give some of {', '.join(allowed)}, with commas and no spaces between them")
    if len(set(values)) < len(values):
        raise ValueError("Name each only once")
    return said


def _check_iso_date(value: Any) -> Any:
    if isinstance(value, str) and (len(value) != 10 or value[4] != "-"):
        raise ValueError("Give a date as YYYY-MM-DD")
    return value


def _list_schema(words: tuple[str, ...]) -> dict[str, Any]:
    """For the document: a list with commas. The refusal says it in words instead."""
    return {"pattern": f"^({'|'.join(words)})(,({'|'.join(words)}))*$"}


Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Workday(FrozenModel):
    """Which reminders, when. Holds nothing about the person."""

    timezone: Annotated[str, Field(max_length=64, examples=["Europe/Berlin"]), AfterValidator(_check_time_zone)] = (
        Field(description="IANA name of the time zone; the hours hold all year, summer time or not.")
    )
    start: Clock = Field("09:00", description="Work begins, local time.")
    end: Clock = Field("17:00", description="Work ends; earlier than `start` means on the next day.")
    days: Annotated[str, AfterValidator(lambda said: _check_list(said, WEEKDAYS))] = Field(
        "MO,TU,WE,TH,FR",
        description="Days on which work begins: some of MO,TU,WE,TH,FR,SA,SU.",
        max_length=20,
        json_schema_extra=_list_schema(WEEKDAYS),
    )
    lunch: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = (
        Field(None, description="A pause without reminders, within the working hours.", examples=["12:30-13:00"])
    )
    kinds: Annotated[str, AfterValidator(lambda said: _check_list(said, get_args(ReminderKind)))] = Field(
        "micro_break,active_break",
        description="Some of posture,micro_break,active_break,sit_stand,eyes,session.",
        max_length=80,
        json_schema_extra=_list_schema(get_args(ReminderKind)),
    )
    first_day: Annotated[date, BeforeValidator(_check_iso_date)] = Field(
        date(2026, 1, 5), ge=date(2020, 1, 1), le=date(2035, 12, 31), description="The calendar begins on this day."
    )

    @field_validator("end", mode="after")
    @classmethod
    def _check_shift(cls, end: str, said: ValidationInfo) -> str:
        if "start" in said.data:
            length = (parse_clock_min(end) - parse_clock_min(said.data["start"])) % MINUTES_PER_DAY
            if not 0 < length <= MAX_SHIFT_MIN:
                raise ValueError("A working day ends after it began, and has at most 16 hours")
        return end

    @field_validator("lunch", mode="after")
    @classmethod
    def _check_lunch(cls, lunch: str | None, said: ValidationInfo) -> str | None:
        if lunch is not None and "start" in said.data and "end" in said.data:
            start = parse_clock_min(said.data["start"])
            begins, ends, length = (
                (parse_clock_min(clock) - start) % MINUTES_PER_DAY for clock in (lunch[:5], lunch[6:], said.data["end"])
            )
            if not begins < ends <= length:
                raise ValueError("lunch should lie within the working hours and begin before it ends")
        return lunch

    @property
    def start_min(self) -> int:
        return parse_clock_min(self.start)

    @property
    def shift_min(self) -> int:
        """Length of the working day in minutes."""
        return (parse_clock_min(self.end) - self.start_min) % MINUTES_PER_DAY

    @property
    def lunch_span_min(self) -> tuple[int, int]:
        """Lunch in minutes after `start`; an empty one at the end where there is none."""
        if self.lunch is None:
            return self.shift_min, self.shift_min
        begins, ends = self.lunch.split("-")
        return (parse_clock_min(begins) - self.start_min) % MINUTES_PER_DAY, (
            parse_clock_min(ends) - self.start_min
        ) % MINUTES_PER_DAY

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """In the order of the week."""
        return tuple(day for day in WEEKDAYS if day in self.days.split(","))

    @property
    def query(self) -> str:
        """What was said, as a link says it, in one order whatever the order of asking."""
        said = {name: str(getattr(self, name)) for name in type(self).model_fields if name in self.model_fields_set}
        return urlencode({name: value for name, value in said.items() if value != "None"}, safe=",:/")

    @property
    def reminder_kinds(self) -> tuple[ReminderKind, ...]:
        return tuple(kind for kind in get_args(ReminderKind) if kind in self.kinds.split(","))


def parse_clock_min(clock: str) -> int:
    """Minutes after midnight of `HH:MM`."""
    return int(clock[:2]) * 60 + int(clock[3:])
