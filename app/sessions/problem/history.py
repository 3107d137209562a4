"""What earlier sessions mean for this one: doses, what returns, what rests, what is left out."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from app.rules.dose_options import DosingContext
from app.rules.progression import ExerciseLog, NextDose, plan_next_dose
from app.schemas.exercise import Exercise
from app.schemas.session_request import PerformedExercise, SessionRequest
from app.sessions.problem.exercise_index import Shelf

RECENT_DAYS = 14
ANCHORS = 2
ANCHOR, NOVEL, EARLIER, UNRESTED, HARDER, EASIER = 150, -80, -30, -250, 200, 200
LONG_AWAY_DAYS = 28
"""After so long one starts a level lower."""


class Past(NamedTuple):
    """What the history asks of a session."""

    painful: frozenset[str] = frozenset()
    """Exercises to leave out: they hurt too much, or twice running."""
    families: frozenset[str] = frozenset()
    """Families of the last session."""
    courses: Mapping[str, NextDose] = MappingProxyType({})
    """For each exercise of the past, what it should be now."""
    bonus: Mapping[str, int] = MappingProxyType({})
    """Points for or against an exercise."""
    long_away: bool = False
    advice: tuple[str, ...] = ()
    """What to tell the person; personal."""


NO_PAST = Past()


def read_past(request: SessionRequest, shelf: Shelf, manner: DosingContext) -> Past:
    """The history's meaning. Raises nothing: slugs are known by now."""
    if not request.history:
        return NO_PAST
    sessions = sorted(request.history, key=lambda session: session.days_ago)
    reports: dict[str, list[ExerciseLog]] = {}
    for session in sessions:
        for done in session.items:
            exercise = shelf.exercises[shelf.index[done.slug]]
            reports.setdefault(done.slug, []).append(_report(done, exercise, session.days_ago))
    courses = {slug: _course(slug, found, shelf, manner) for slug, found in sorted(reports.items())}
    stopped = frozenset(slug for slug, course in courses.items() if course.step in ("stop", "easier_exercise"))
    last = frozenset(_family(done.slug, shelf) for done in sessions[0].items)
    return Past(
        painful=stopped,
        families=last if sessions[0].days_ago <= RECENT_DAYS else frozenset(),
        courses=courses,
        bonus=_bonus(request, shelf, reports, courses),
        long_away=sessions[0].days_ago > LONG_AWAY_DAYS,
        advice=tuple(_advice(shelf, courses)),
    )


def _report(done: PerformedExercise, exercise: Exercise, days_ago: int) -> ExerciseLog:
    dose = exercise.dose
    if done.dose is not None:
        dose = dose.model_copy(update=done.dose.model_dump())
        if dose.tempo is not None:
            dose = dose.model_copy(update={"hold_s": exercise.dose.hold_s})
    return ExerciseLog(days_ago, done.effort, done.pain, done.settled, done.completed, dose)


def _course(slug: str, reports: Sequence[ExerciseLog], shelf: Shelf, manner: DosingContext) -> NextDose:
    return plan_next_dose(reports, shelf.doses(shelf.index[slug], manner))


def _family(slug: str, shelf: Shelf) -> str:
    return shelf.exercises[shelf.index[slug]].family


def _bonus(
    request: SessionRequest, shelf: Shelf, reports: dict[str, list[ExerciseLog]], courses: dict[str, NextDose]
) -> dict[str, int]:
    """Most of the last session makes room for others; what serves the goals best returns, so that it progresses."""
    wishes = {wish.goal: wish.weight for wish in request.goals}
    bonus: dict[str, int] = {}
    recent = [slug for slug, found in reports.items() if found[0].days_ago <= RECENT_DAYS and courses[slug].allowed]

    def served(slug: str) -> int:
        weights = shelf.exercises[shelf.index[slug]].goal_weights
        return sum(wishes.get(goal, 0) * weight for goal, weight in weights.items())

    anchors = sorted((slug for slug in recent if served(slug)), key=lambda slug: (-served(slug), slug))[:ANCHORS]
    newest = min((found[0].days_ago for found in reports.values()), default=0)
    for slug in recent:
        exercise = shelf.exercises[shelf.index[slug]]
        points = ANCHOR if slug in anchors else NOVEL if reports[slug][0].days_ago == newest else EARLIER
        if exercise.pattern == "strength" and reports[slug][0].days_ago <= 1:
            points = UNRESTED
        bonus[slug] = points
    for slug, course in courses.items():
        links = shelf.exercises[shelf.index[slug]]
        if course.step == "harder_exercise":
            bonus |= {other: HARDER for other in links.harder if other in shelf.index and other not in bonus}
        if course.step in ("lower_dose", "easier_exercise"):
            bonus |= {other: EASIER for other in links.easier if other in shelf.index and other not in bonus}
    return bonus


def _advice(shelf: Shelf, courses: dict[str, NextDose]) -> list[str]:
    said = []
    for slug, course in courses.items():
        name = shelf.exercises[shelf.index[slug]].name
        if course.step == "stop":
            said.append(f"{name} is left out because it hurt; have a clinician look at it before you take it up again.")
        elif course.step == "easier_exercise":
            said.append(f"{name} is left out because it keeps hurting; an easier form comes first where there is one.")
    return said
