"""From how an exercise went to its next dose: more only where it was easy and painless, less where it hurt.

Editorial thresholds after a pain monitoring model (0-3 safe, 4-5 watch, more is too much) and the rule of two easy
sessions in a row; no clinician has reviewed them yet.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.rules.dose import Dose, total_work_s
from app.rules.pain_limits import PainZone, classify_pain

ProgressionStep = Literal[
    "repeat", "raise_dose", "harder_exercise", "lower_dose", "easier_exercise", "stop", "restart_lower"
]
MAX_EASY_EFFORT = 4
"""Effort of ten up to which an exercise was easy: moderate at most."""
BREAK_DAYS = 14
"""After more than this many days without the exercise, it starts again with a lower dose."""
AMOUNTS = ("reps", "breaths", "sets", "hold_s")
"""The fields of a dose in the order in which they are raised."""


class ExerciseLog(NamedTuple):
    """How an exercise went on a day."""

    days_ago: int
    effort: int | None
    """0 to 10."""
    pain: int | None
    """0 to 10, the worst during the exercise."""
    settled: bool | None
    """Whether the pain was gone within 24 hours."""
    completed: bool
    dose: Dose

    @property
    def pain_zone(self) -> PainZone:
        """The zone of the pain that was reported."""
        return classify_pain(self.pain, self.settled)


class NextDose(NamedTuple):
    """The step that an exercise takes, the dose to aim at, and the doses that are allowed."""

    step: ProgressionStep
    dose: Dose
    allowed: tuple[Dose, ...]
    """Empty where the exercise is not to be done."""
    raised_amount: str | None = None
    """The field of the dose that is raised; None unless `step` is `raise_dose`."""


def plan_next_dose(logs: Sequence[ExerciseLog], options: Sequence[Dose]) -> NextDose:
    """Return the next dose of an exercise from its logs (newest first) and its dose options (shortest first)."""
    last = logs[0]
    zone = last.pain_zone
    if zone == "red":
        return NextDose("stop", last.dose, ())
    if zone == "amber":
        return _ease(logs, options)
    if last.days_ago > BREAK_DAYS:
        # Two thirds of the last dose where there is such an option, else anything lower, else the shortest.
        lower = (
            _list_doses_by_share(last.dose, options, 60, 70)
            or _list_doses_by_share(last.dose, options, 0, 70)
            or tuple(options[:1])
        )
        return NextDose("restart_lower", _find_nearest_dose(lower, last.dose, 65), lower)
    if len(logs) > 1 and all(_was_easy(log) for log in logs[:2]):
        return _progress(last.dose, options)
    return NextDose("repeat", last.dose, _list_doses_up_to(last.dose, options))


def _ease(logs: Sequence[ExerciseLog], options: Sequence[Dose]) -> NextDose:
    """Return half to 70 % of the last dose, or an easier exercise where there is no such dose or it hurt twice."""
    last = logs[0].dose
    lower = _list_doses_by_share(last, options, 50, 70)
    hurt_before = len(logs) > 1 and logs[1].pain_zone in ("amber", "red")
    if hurt_before or not lower:
        return NextDose("easier_exercise", last, ())
    return NextDose("lower_dose", _find_nearest_dose(lower, last, 60), lower)


def _progress(dose: Dose, options: Sequence[Dose]) -> NextDose:
    """Return the dose one step up, or a harder exercise where no option is higher."""
    step = raise_one_amount(dose, options)
    if step is None:
        return NextDose("harder_exercise", dose, _list_doses_up_to(dose, options))
    amount, higher = step
    return NextDose("raise_dose", higher, _list_doses_up_to(higher, options), amount)


def raise_one_amount(dose: Dose, options: Sequence[Dose]) -> tuple[str, Dose] | None:
    """Return the amount that is raised first, and the dose with it one step higher; None where no option is higher."""
    for name in AMOUNTS:
        others = [other for other in AMOUNTS if other != name]
        higher = [
            option
            for option in options
            if _amount_of(option, name) > _amount_of(dose, name)
            and all(getattr(option, other) == getattr(dose, other) for other in others)
        ]
        if higher:
            return name, min(higher, key=lambda option: _amount_of(option, name))
    return None


def _amount_of(dose: Dose, name: str) -> int:
    """Return an amount of a dose; 0 where it has no meaning."""
    return getattr(dose, name) or 0


def _was_easy(log: ExerciseLog) -> bool:
    easy = log.completed and log.effort is not None and log.effort <= MAX_EASY_EFFORT
    return easy and log.pain_zone == "green"


def _list_doses_by_share(dose: Dose, options: Sequence[Dose], min_percent: int, max_percent: int) -> tuple[Dose, ...]:
    """Return the options whose work is so many hundredths of the work of `dose`."""
    work_s = total_work_s(dose)
    return tuple(
        option for option in options if min_percent * work_s <= 100 * total_work_s(option) <= max_percent * work_s
    )


def _find_nearest_dose(options: Sequence[Dose], dose: Dose, percent: int) -> Dose:
    """Return the option whose work is nearest to so many hundredths of the work of `dose`; the shorter of two."""
    target = percent * total_work_s(dose)
    return min(options, key=lambda option: (abs(100 * total_work_s(option) - target), total_work_s(option)))


def _list_doses_up_to(dose: Dose, options: Sequence[Dose]) -> tuple[Dose, ...]:
    """Return the options of which no amount is higher than in `dose`; the shortest option where there is none."""
    within = tuple(
        option for option in options if all(_amount_of(option, name) <= _amount_of(dose, name) for name in AMOUNTS)
    )
    return within or tuple(options[:1])
