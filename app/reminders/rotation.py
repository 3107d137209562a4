"""Which routine and which text a reminder has: they take turns through the day, and from day to day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import NamedTuple, TypeVar

from app.reminders.rhythm import REMINDER_RULES, list_reminder_times
from app.reminders.workday import ReminderKind
from app.reminders.working_hours import WEEKDAYS, Weekday, WorkSpan
from app.schemas.exercise import Figure
from app.schemas.routine import Routine

WEEKDAY_GROUPS = 3
"""Monday and Thursday have one order of routines, Tuesday and Friday the next one. One order a day would be livelier,
but each is an event of its own in a calendar: three times as many as times of day are still few."""

Choice = TypeVar("Choice")


class RoutineOption(NamedTuple):
    """What decides whether a routine fits a break, and what a reminder shows of it."""

    slug: str
    name: str
    duration_s: int
    equipment: frozenset[str]
    figure: Figure | None


class ReminderSlot(NamedTuple):
    """One time of day with its turn, the same on all of its weekdays. Slots are in the order of the working day."""

    minute: int
    """Minutes after the midnight before work begins."""
    kind: ReminderKind
    turn: int
    """Which of the routines and texts it has: they are counted on and begin again after the last."""
    days: tuple[Weekday, ...]
    """Weekdays on which work begins."""

    def choose(self, choices: Sequence[Choice]) -> Choice:
        """Return the one whose turn it is."""
        return choices[self.turn % len(choices)]

    def choose_beside(self, choices: Sequence[Choice], count: int) -> Choice:
        """Return one of the choices that stand beside others, of which there are `count`, and that take turns as well.

        When the pairs would begin again it moves on by one, so that the same two do not always come together.
        """
        return choices[(self.turn + self.turn // lcm(count, len(choices))) % len(choices)]


def list_slots(hours: Mapping[Weekday, Sequence[WorkSpan]], kinds: Sequence[ReminderKind]) -> list[ReminderSlot]:
    """Return the slots of a week. They depend on the working hours alone, so that a new routine moves no event."""
    days: defaultdict[tuple[int, ReminderKind, int], list[Weekday]] = defaultdict(list)
    for weekday, spans in hours.items():
        counts: Counter[ReminderKind] = Counter()
        group = WEEKDAYS.index(weekday) % WEEKDAY_GROUPS
        for minute, kind in list_reminder_times(spans, kinds):
            # A kind without routines has short texts alone: they change through the day, which is enough.
            first_turn = group if REMINDER_RULES[kind].max_routine_s else 0
            days[minute, kind, first_turn + counts[kind]].append(weekday)
            counts[kind] += 1
    return sorted(ReminderSlot(*key, tuple(weekdays)) for key, weekdays in days.items())


def list_desk_break_routines(routines: Iterable[Routine]) -> list[RoutineOption]:
    """Return the routines that suit a break at a desk, in the order of their slugs."""
    return sorted(
        (
            RoutineOption(
                routine.slug,
                routine.name,
                routine.recipe.duration_s,
                frozenset(routine.recipe.available_equipment),
                find_main_figure(routine),
            )
            for routine in routines
            if "desk_break" in routine.suits
        ),
        key=lambda option: option.slug,
    )


def find_main_figure(routine: Routine) -> Figure | None:
    """Return the illustration of the exercise that takes most of the time; None where none is drawn."""
    items = [item for phase in routine.session.phases for item in phase.items if item.exercise.figure is not None]
    return max(items, key=lambda item: item.duration_s).exercise.figure if items else None


def match_routines(kind: ReminderKind, routines: Sequence[RoutineOption]) -> list[RoutineOption]:
    """Return the longest routines that fit a break of this kind and need no more than its equipment."""
    rule = REMINDER_RULES[kind]
    fitting = [
        routine
        for routine in routines
        if routine.duration_s <= rule.max_routine_s and routine.equipment <= rule.equipment
    ]
    max_duration_s = max((routine.duration_s for routine in fitting), default=0)
    return [routine for routine in fitting if routine.duration_s == max_duration_s]
