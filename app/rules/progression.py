"""From how an exercise went to its next dose: more only where it was easy and painless, less where it hurt.

Editorial thresholds after a pain monitoring model (0-3 safe, 4-5 watch, more is too much) and the rule of two easy
sessions running; no clinician has reviewed them yet.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.rules.dose import Dose, work_s

Colour = Literal["green", "unclear", "amber", "red"]
Course = Literal["repeat", "step", "harder", "ease", "easier", "stop", "return"]
GREEN_PAIN, AMBER_PAIN = 3, 5
LOW_EFFORT = 4
"""Of ten: moderate at most."""
AWAY_DAYS = 14
"""After so many days off one starts again lower."""


class Report(NamedTuple):
    """How an exercise went on a day."""

    days_ago: int
    effort: int | None
    pain: int | None
    settled: bool | None
    completed: bool
    dose: Dose


class Next(NamedTuple):
    """What an exercise should be now: the course, the dose to aim at, and the doses that are allowed."""

    course: Course
    dose: Dose
    allowed: tuple[Dose, ...]
    stepped: str | None = None
    """The one parameter that goes up, where one does."""


def colour(report: Report) -> Colour:
    """Green may progress; amber must ease; red must stop; unclear repeats (nothing was said of the pain)."""
    if report.pain is None:
        return "amber" if report.settled is False else "unclear"
    if report.pain > AMBER_PAIN:
        return "red"
    if report.pain > GREEN_PAIN or report.settled is False:
        return "amber"
    return "green" if report.settled or report.pain == 0 else "unclear"


def next_time(reports: Sequence[Report], menu: Sequence[Dose]) -> Next:
    """The next dose of an exercise from its reports, newest first, and the doses that its pattern offers."""
    last = reports[0]
    now = colour(last)
    if now == "red":
        return Next("stop", last.dose, ())
    if now == "amber":
        eased = _part_of(last.dose, menu, 50, 70)
        twice = len(reports) > 1 and colour(reports[1]) in ("amber", "red")
        return (
            Next("easier", last.dose, ()) if twice or not eased else Next("ease", _nearest(eased, last.dose, 60), eased)
        )
    if last.days_ago > AWAY_DAYS:
        less = _part_of(last.dose, menu, 60, 70) or _part_of(last.dose, menu, 0, 70) or tuple(menu[:1])
        return Next("return", _nearest(less, last.dose, 65), less)
    if now == "green" and len(reports) > 1 and all(_easy(report) for report in reports[:2]):
        step = one_step_up(last.dose, menu)
        if step is None:
            return Next("harder", last.dose, _no_more_than(last.dose, menu))
        return Next("step", step[1], _no_more_than(step[1], menu), step[0])
    return Next("repeat", last.dose, _no_more_than(last.dose, menu))


def one_step_up(dose: Dose, menu: Sequence[Dose]) -> tuple[str, Dose] | None:
    """The dose with one parameter one step higher (repetitions or breaths, then sets, then hold), and which it is."""
    names = ("reps", "breaths", "sets", "hold_s")
    for name in names:
        others = [other for other in names if other != name]
        more = [
            one
            for one in menu
            if (getattr(one, name) or 0) > (getattr(dose, name) or 0)
            and all(getattr(one, other) == getattr(dose, other) for other in others)
        ]
        if more:
            return name, min(more, key=lambda one: getattr(one, name) or 0)
    return None


def _easy(report: Report) -> bool:
    done = report.completed and report.effort is not None and report.effort <= LOW_EFFORT
    return done and colour(report) == "green"


def _part_of(dose: Dose, menu: Sequence[Dose], least: int, most: int) -> tuple[Dose, ...]:
    """Doses with so many hundredths of the work of `dose`."""
    whole = work_s(dose)
    return tuple(one for one in menu if least * whole <= 100 * work_s(one) <= most * whole)


def _nearest(doses: Sequence[Dose], dose: Dose, per_cent: int) -> Dose:
    aim = per_cent * work_s(dose)
    return min(doses, key=lambda one: (abs(100 * work_s(one) - aim), work_s(one)))


def _no_more_than(dose: Dose, menu: Sequence[Dose]) -> tuple[Dose, ...]:
    """Doses of which no parameter is higher; the least of the menu where all are."""
    names = ("sets", "reps", "hold_s", "breaths")
    found = tuple(one for one in menu if all((getattr(one, name) or 0) <= (getattr(dose, name) or 0) for name in names))
    return found or tuple(menu[:1])
