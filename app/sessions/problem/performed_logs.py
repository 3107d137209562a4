"""How exercises went, by exercise and day, as a request reports it."""

from collections.abc import Sequence

from app.rules.progression import ExerciseLog, merge_logs
from app.schemas.exercise import Exercise
from app.schemas.session_request import PerformedExercise, PerformedSession
from app.sessions.problem.exercise_index import ExerciseIndex

LogsBySlug = dict[str, tuple[ExerciseLog, ...]]
"""For the slug of each exercise, one log for each day on which it was done, newest first."""


def collect_logs(sessions: Sequence[PerformedSession], index: ExerciseIndex) -> LogsBySlug:
    """Return the logs of each exercise by slug, in the order of the slugs. Several reports of one day are one log."""
    by_day: dict[str, dict[int, list[ExerciseLog]]] = {}
    for session in sessions:
        for performed in session.items:
            log = to_log(performed, index.by_slug(performed.slug), session.days_ago)
            by_day.setdefault(performed.slug, {}).setdefault(session.days_ago, []).append(log)
    return {slug: tuple(merge_logs(logs) for _, logs in sorted(days.items())) for slug, days in sorted(by_day.items())}


def to_log(performed: PerformedExercise, exercise: Exercise, days_ago: int) -> ExerciseLog:
    """Return the report of an exercise as a log; a report without a dose means the exercise's own."""
    dose = exercise.dose
    if performed.dose is not None:
        dose = dose.model_copy(update=performed.dose.model_dump())
        if dose.tempo is not None:
            # In a dose with a tempo the hold is part of the tempo and never progresses.
            dose = dose.model_copy(update={"hold_s": exercise.dose.hold_s})
    return ExerciseLog(days_ago, performed.effort, performed.pain, performed.settled, performed.completed, dose)
