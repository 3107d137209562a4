"""From how an exercise went to its next dose: more only where it was easy and painless, less after pain or a miss.

Editorial thresholds after a pain monitoring model (0-3 safe, 4-5 watch, more is too much), the rule of two easy
sessions in a row, and weekly steps (every other week from 65 on); no clinician has reviewed them yet.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, Literal, NamedTuple

from app.rules.dose import Dose, total_work_s
from app.rules.dose_steps import (
    find_nearest_dose,
    list_doses_by_share,
    list_doses_near,
    list_doses_up_to,
    raise_one_amount,
)
from app.rules.pain_limits import PAIN_REST_DAYS, PainZone, classify_pain

ProgressionStep = Literal[
    "repeat",
    "raise_dose",
    "harder_exercise",
    "highest_dose",
    "lower_dose",
    "lower_after_miss",
    "easier_exercise",
    "stop",
    "restart_lower",
    "restart_mildest",
    "mildest_dose",
]
MAX_EASY_EFFORT = 4
"""Effort of ten up to which an exercise was easy: moderate at most."""
MAX_TOLERATED_EFFORT = 9
"""Effort of ten up to which a dose that was completed was held; more is a miss."""
BREAK_DAYS = 14
"""After more than this many days without any training, exercises start again with a lower dose."""
TOLERATED_DAYS = 28
"""Days before the last report within which a dose that was tolerated still counts."""
DAYS_BETWEEN_STEPS = 7
"""Days at least between two steps up of an exercise."""
DAYS_BETWEEN_STEPS_65_PLUS = 14
"""The same for people of 65 and over."""


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

    @property
    def work_s(self) -> int:
        """Seconds of work of the dose."""
        return total_work_s(self.dose)

    @property
    def is_missed(self) -> bool:
        """True where the dose was too much: it was not completed, or took all there was."""
        return not self.completed or (self.effort is not None and self.effort > MAX_TOLERATED_EFFORT)

    @property
    def is_tolerated(self) -> bool:
        """True where the dose was held without pain that asks for less."""
        return not self.is_missed and self.pain_zone in ("green", "unclear")

    @property
    def is_easy(self) -> bool:
        """True where the dose was held with little effort and without pain."""
        is_light = self.effort is not None and self.effort <= MAX_EASY_EFFORT
        return self.completed and is_light and self.pain_zone == "green"


class TrainingPace(NamedTuple):
    """How long ago the last training was, and how fast the dose of an exercise may rise."""

    last_session_days_ago: int = 0
    days_between_steps: int = DAYS_BETWEEN_STEPS
    is_rested: bool = True
    """False where what the exercise works has worked hard so lately that it rises on another day."""


STEADY_PACE: Final = TrainingPace()
"""The pace of an adult who trains now."""


class NextDose(NamedTuple):
    """The step that an exercise takes, the dose to aim at, and the doses that are allowed."""

    step: ProgressionStep
    dose: Dose
    allowed: tuple[Dose, ...]
    """Empty where the exercise is not to be done."""
    raised_amount: str | None = None
    """The field of the dose that is raised; None unless `step` is `raise_dose`."""
    shorter: tuple[Dose, ...] = ()
    """Further doses, for where there is no time for those that are allowed."""


def merge_logs(logs: Sequence[ExerciseLog]) -> ExerciseLog:
    """Return the reports of one exercise on one day as one: the largest dose with the worst of what was felt."""
    if len(logs) == 1:
        return logs[0]
    settled = {log.settled for log in logs}
    return ExerciseLog(
        days_ago=logs[0].days_ago,
        effort=max((log.effort for log in logs if log.effort is not None), default=None),
        pain=max((log.pain for log in logs if log.pain is not None), default=None),
        settled=False if False in settled else None if None in settled else True,
        completed=all(log.completed for log in logs),
        dose=max(logs, key=lambda log: log.work_s).dose,
    )


def plan_next_dose(logs: Sequence[ExerciseLog], options: Sequence[Dose], pace: TrainingPace = STEADY_PACE) -> NextDose:
    """Return the next dose of an exercise from its logs and its dose options.

    `logs` are newest first, one for each day; `options` are shortest first.
    """
    lowered = _lower_after_trouble(logs, options)
    if lowered is not None:
        return lowered
    best = _find_best_tolerated(logs)
    if total_work_s(options[0]) > best.work_s:
        # What was done is less than any usual dose, as in a short break or after pain.
        return NextDose("mildest_dose", options[0], tuple(options[:1]))
    if pace.last_session_days_ago > BREAK_DAYS:
        # Two thirds of the dose where there is such an option, else anything lower, else the shortest.
        lower = (
            list_doses_by_share(best.dose, options, 60, 70)
            or list_doses_by_share(best.dose, options, 0, 70)
            or tuple(options[:1])
        )
        return NextDose("restart_lower", find_nearest_dose(lower, best.dose, 65), lower)
    if _may_step_up(logs, best, pace):
        return _step_up(best.dose, options)
    return _repeat("repeat", best.dose, options)


def _lower_after_trouble(logs: Sequence[ExerciseLog], options: Sequence[Dose]) -> NextDose | None:
    """Return the lower dose after pain or a miss, if any; None where the last time went well."""
    last = logs[0]
    if any(log.pain_zone == "red" and log.days_ago <= PAIN_REST_DAYS for log in logs):
        return NextDose("stop", last.dose, ())
    if last.pain_zone == "red":
        return NextDose("restart_mildest", options[0], tuple(options[:1]))
    if last.pain_zone == "amber":
        return _ease(logs, options)
    return _lower_after_miss(logs, options) if last.is_missed else None


def _ease(logs: Sequence[ExerciseLog], options: Sequence[Dose]) -> NextDose:
    """Return half to 70 % of the last dose, or an easier exercise where there is no such dose or it hurt twice."""
    last = logs[0].dose
    lower = list_doses_by_share(last, options, 50, 70)
    hurt_before = len(logs) > 1 and logs[1].pain_zone in ("amber", "red")
    if not hurt_before and lower:
        return NextDose("lower_dose", find_nearest_dose(lower, last, 60), lower)
    if logs[0].days_ago > PAIN_REST_DAYS:
        return NextDose("restart_mildest", options[0], tuple(options[:1]))
    return NextDose("easier_exercise", last, ())


def _lower_after_miss(logs: Sequence[ExerciseLog], options: Sequence[Dose]) -> NextDose:
    """Return less than a dose that was too much: about four fifths, half to 70 % after two misses running."""
    last = logs[0].dose
    is_second = len(logs) > 1 and logs[1].is_missed
    min_percent, max_percent = (50, 70) if is_second else (60, 95)
    lower = (
        list_doses_by_share(last, options, min_percent, max_percent)
        or list_doses_by_share(last, options, 0, max_percent)
        or tuple(options[:1])
    )
    nearest = find_nearest_dose(lower, last, 60 if is_second else 80)
    return NextDose("lower_after_miss", nearest, list_doses_up_to(nearest, lower))


def _find_best_tolerated(logs: Sequence[ExerciseLog]) -> ExerciseLog:
    """Return the newest log with the most work since the exercise was last too much; the newest is tolerated."""
    return max(_list_tolerated(logs), key=lambda log: (log.work_s, -log.days_ago))


def _list_tolerated(logs: Sequence[ExerciseLog]) -> list[ExerciseLog]:
    since = logs[0].days_ago + TOLERATED_DAYS
    return list(takewhile(lambda log: log.is_tolerated and log.days_ago <= since, logs))


def _may_step_up(logs: Sequence[ExerciseLog], best: ExerciseLog, pace: TrainingPace) -> bool:
    """Return whether the best dose was easy the last two times, and the last step up is long enough ago."""
    tolerated = _list_tolerated(logs)
    at_best = [log for log in tolerated if log.work_s >= best.work_s]
    was_easy = len(at_best) > 1 and all(log.is_easy for log in at_best[:2])
    if not was_easy or not pace.is_rested or logs[0].pain_zone != "green" or logs[0].days_ago > BREAK_DAYS:
        return False
    stepped_up_days_ago = at_best[-1].days_ago
    was_lower_before = any(log.days_ago > stepped_up_days_ago for log in logs)
    return not was_lower_before or stepped_up_days_ago >= pace.days_between_steps


def _step_up(dose: Dose, options: Sequence[Dose]) -> NextDose:
    """Return the dose one step up, or a harder exercise where no option is higher."""
    step = raise_one_amount(dose, options)
    if step is not None:
        amount, higher = step
        # The dose before remains for where there is no time or no allowance for more.
        return NextDose("raise_dose", higher, (higher,), amount, list_doses_up_to(dose, options))
    has_higher = any(total_work_s(option) > total_work_s(dose) for option in options)
    return _repeat("repeat" if has_higher else "harder_exercise", dose, options)


def _repeat(step: ProgressionStep, dose: Dose, options: Sequence[Dose]) -> NextDose:
    return NextDose(step, dose, list_doses_near(dose, options), shorter=list_doses_up_to(dose, options))
