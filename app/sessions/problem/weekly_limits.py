"""How much of each strain a session may hold, so that a week holds at most a fifth more of it than the week before."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from app.rules.dose import Dose
from app.rules.dose_options import DosingContext, choose_rest_s
from app.rules.shared_strains import list_painful_strains
from app.rules.strain_limits import StrainLimit
from app.rules.strains import Strain
from app.schemas.session_request import PerformedSession, SessionRequest
from app.sessions.problem.dosing import exercise_dosing
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.performed_logs import to_log

DAYS_OF_WEEK: Final = 7
MAX_WEEKLY_PERCENT: Final = 120
"""Hundredths of the seconds of the week before that a week may have; a convention with weak evidence."""
MIN_WEEKLY_STRAIN_S: Final = 240
"""Seconds of a strain that any week may have: of less, hundredths say nothing."""
MIN_SESSION_STRAIN_S: Final = 90
"""Seconds of a strain that any session may have, so that no goal is refused for the week: one usual exercise."""


def list_weekly_limits(request: SessionRequest, index: ExerciseIndex) -> tuple[StrainLimit, ...]:
    """Return the limits of strains that the history brings; none without a week before.

    Seconds count getting ready and rests, and a week of seven days includes today. Included exercises always fit.
    """
    first_days_ago = max((session.days_ago for session in request.history), default=0)
    if first_days_ago < DAYS_OF_WEEK:
        return ()
    # In the second week of training the week before is the first one, whole; later the weeks roll on with the day.
    days_of_this_week = min(first_days_ago - DAYS_OF_WEEK + 1, DAYS_OF_WEEK)
    end = days_of_this_week + DAYS_OF_WEEK
    this_week = [session for session in request.history if session.days_ago < days_of_this_week]
    week_before = [session for session in request.history if days_of_this_week <= session.days_ago < end]
    if not week_before:
        return ()
    done_s, before_s = _sum_strain_seconds(this_week, request, index), _sum_strain_seconds(week_before, request, index)
    required_s = _sum_required_seconds(request, index)
    limits: list[StrainLimit] = []
    asked = {strain for exercise in index.exercises for strain in list_painful_strains(exercise)}
    for strain in sorted(asked):
        weekly_s = max(MIN_WEEKLY_STRAIN_S, before_s[strain] * MAX_WEEKLY_PERCENT // 100)
        max_s = max(MIN_SESSION_STRAIN_S, weekly_s - done_s[strain], required_s[strain])
        if max_s < request.duration_s:
            limits.append(StrainLimit(strain, "mild", max_hold_s=None, max_total_s=max_s, apart=False))
    return tuple(limits)


def _sum_strain_seconds(
    sessions: Iterable[PerformedSession], request: SessionRequest, index: ExerciseIndex
) -> Counter[Strain]:
    """Return the seconds of each strain that were done."""
    seconds: Counter[Strain] = Counter()
    for session in sessions:
        for performed in session.items:
            number = index.number_of[performed.slug]
            dose = to_log(performed, index.exercises[number], session.days_ago).dose
            # Nobody strains while listening.
            dosing = exercise_dosing(number, request, index)._replace(introduction=False)
            time_s = _find_time_s(number, dose, dosing, index)
            for strain in list_painful_strains(index.exercises[number]):
                seconds[strain] += time_s
    return seconds


def _find_time_s(number: int, dose: Dose, dosing: DosingContext, index: ExerciseIndex) -> int:
    """Return the seconds of a dose that was done: with the rests that sessions give, which are not reported."""
    exercise = index.exercises[number]
    amount = (dose.sets, dose.reps, dose.hold_s, dose.breaths)
    rest_s = choose_rest_s(exercise.dose, amount, exercise.pattern, exercise.load_group, dosing)
    return index.time_s(number, dose.model_copy(update={"rest_s": rest_s}), dosing)


def _sum_required_seconds(request: SessionRequest, index: ExerciseIndex) -> Counter[Strain]:
    """Return the seconds of each strain that the included exercises take at their shortest."""
    seconds: Counter[Strain] = Counter()
    for slug in request.include:
        number = index.number_of[slug]
        shortest = index.options(number, exercise_dosing(number, request, index))[0]
        for strain in list_painful_strains(index.exercises[number]):
            seconds[strain] += shortest.time_s
    return seconds
