"""What earlier sessions change: next doses, exercises that come again, that rest, or that are left out."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from app.rules.dose import total_work_s
from app.rules.progression import (
    DAYS_BETWEEN_STEPS,
    DAYS_BETWEEN_STEPS_65_PLUS,
    ExerciseLog,
    NextDose,
    ProgressionStep,
    TrainingPace,
    plan_next_dose,
)
from app.rules.strain_limits import StrainLimit
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.dosing import exercise_dosing
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.level_readiness import is_level_outgrown
from app.sessions.problem.pain_effects import find_pain_effects
from app.sessions.problem.performed_logs import collect_logs
from app.sessions.problem.weekly_limits import list_weekly_limits
from app.sessions.texts import HistoryTexts, load_texts

RECENT_DAYS: Final = 14
"""Days after which an earlier session no longer changes which exercises come."""
LONG_BREAK_DAYS: Final = 28
"""Days without a session after which one starts a level lower."""
MAX_ANCHORS: Final = 2
"""Exercises that come again in session after session, so that they progress."""
ANCHOR_BONUS: Final = 150
"""Points of an anchor."""
REPEAT_PENALTY: Final = -80
"""Points of another exercise of the last session."""
EARLIER_PENALTY: Final = -30
"""Points of an exercise of a session before the last."""
UNRESTED_PENALTY: Final = -9_000
"""Points of hard work for what worked hard within 48 hours: it comes only where there is nothing else."""
UNRESTED_DAYS: Final = 1
"""Days ago up to which hard work is within 48 hours."""
HARDER_BONUS: Final = 800
"""Points of the harder forms of an exercise that was outgrown."""
OUTGROWN_PENALTY: Final = -3_000
"""Points of such an exercise itself: its dose is high and fills much time, so that only this lets the form come."""
EASIER_BONUS: Final = 200
"""Points of the easier forms of an exercise that hurt."""


REDUCING_STEPS: Final[frozenset[ProgressionStep]] = frozenset({"lower_dose", "lower_after_miss", "restart_mildest"})
"""Next steps that give less than before, because it hurt or was too much."""


class HistoryEffects(NamedTuple):
    """What the history changes in a session."""

    painful: frozenset[str] = frozenset()
    """Slugs of exercises to leave out: they or what strains alike hurt too much, or they hurt twice running."""
    halved: frozenset[str] = frozenset()
    """Slugs of exercises that are given at about half, because something that strains alike hurt."""
    usual_work_s: Mapping[str, int] = MappingProxyType({})
    """For the slugs of some exercises, the seconds of work that are halved where the exercise is."""
    last_families: frozenset[str] = frozenset()
    """Families of the last session, where it is recent."""
    progressions: Mapping[str, NextDose] = MappingProxyType({})
    """For the slug of each exercise of the history, its next dose."""
    points: Mapping[str, int] = MappingProxyType({})
    """For the slugs of some exercises, points that are added or, below zero, taken off."""
    unrested: frozenset[str] = frozenset()
    """Slugs of hard exercises for what worked hard today or yesterday."""
    weekly_limits: tuple[StrainLimit, ...] = ()
    """Seconds of strains that the session may have, so that the week does not have much more than the one before."""
    long_break: bool = False
    """True where the last session is more than four weeks ago."""
    level_outgrown: bool = False
    """True where weeks of easy reports show that the level is too low."""
    advice: tuple[str, ...] = ()
    """Sentences for the person. They tell of pain, so they are never stored."""

    def is_reduced(self, slug: str) -> bool:
        """Return whether less of an exercise is given because it, or what strains alike, hurt or was too much."""
        next_dose = self.progressions.get(slug)
        return slug in self.halved or (next_dose is not None and next_dose.step in REDUCING_STEPS)


NO_HISTORY: Final = HistoryEffects()


def analyse_history(request: SessionRequest, index: ExerciseIndex) -> HistoryEffects:
    """Return what the history of a request changes. All of its slugs must be in the index."""
    if not request.history:
        return NO_HISTORY
    sessions = sorted(request.history, key=lambda session: session.days_ago)
    logs = collect_logs(sessions, index)
    pace = TrainingPace(
        last_session_days_ago=sessions[0].days_ago,
        days_between_steps=DAYS_BETWEEN_STEPS_65_PLUS if request.age_band == "65+" else DAYS_BETWEEN_STEPS,
    )
    unrested = _list_unrested(logs, index)
    progressions = {
        slug: _progression(slug, own, request, index, pace._replace(is_rested=slug not in unrested))
        for slug, own in logs.items()
    }
    last_families = frozenset(index.by_slug(performed.slug).family for performed in sessions[0].items)
    pain = find_pain_effects(logs, index)
    painful = _list_slugs(progressions, "stop", "easier_exercise")
    # What hurt somewhat has a lower dose of its own; what comes back after the rest is halved as well.
    lowered = _list_slugs(progressions, "lower_dose")
    returning = _list_slugs(progressions, "restart_mildest")
    points = {**_exercise_points(request, index, logs, progressions), **dict.fromkeys(unrested, UNRESTED_PENALTY)}
    return HistoryEffects(
        painful=pain.resting | painful,
        halved=(pain.halved | returning) - lowered,
        usual_work_s={
            slug: total_work_s(next_dose.dose) for slug, next_dose in progressions.items() if slug not in returning
        },
        last_families=last_families if sessions[0].days_ago <= RECENT_DAYS else frozenset(),
        progressions=progressions,
        points=points,
        unrested=unrested,
        weekly_limits=list_weekly_limits(request, index),
        long_break=sessions[0].days_ago > LONG_BREAK_DAYS,
        level_outgrown=is_level_outgrown(sessions),
        advice=(*pain.advice, *_advice(index, progressions)),
    )


def _list_slugs(progressions: Mapping[str, NextDose], *steps: ProgressionStep) -> frozenset[str]:
    """The exercises for which the next step is one of these."""
    return frozenset(slug for slug, next_dose in progressions.items() if next_dose.step in steps)


def _progression(
    slug: str, logs: Sequence[ExerciseLog], request: SessionRequest, index: ExerciseIndex, pace: TrainingPace
) -> NextDose:
    number = index.number_of[slug]
    return plan_next_dose(logs, index.doses(number, exercise_dosing(number, request, index)), pace)


def offer_harder_forms(history: HistoryEffects, index: ExerciseIndex, eligible: Iterable[int]) -> HistoryEffects:
    """Return the effects with points for the harder forms of outgrown exercises that are among the eligible.

    An exercise without such a form stays at its highest dose.
    """
    open_slugs = {index.exercises[number].slug for number in eligible}
    progressions, points = dict(history.progressions), dict(history.points)
    for slug, next_dose in history.progressions.items():
        if next_dose.step != "harder_exercise":
            continue
        harder = open_slugs.intersection(index.by_slug(slug).harder)
        if harder:
            # It makes room for its harder form.
            points[slug] = min(points.get(slug, 0), OUTGROWN_PENALTY)
        else:
            progressions[slug] = next_dose._replace(step="highest_dose")
        for other in harder:
            # A form that was done lately keeps the points that it has for that.
            points.setdefault(other, HARDER_BONUS)
    return history._replace(progressions=progressions, points=points)


def _exercise_points(
    request: SessionRequest,
    index: ExerciseIndex,
    logs: Mapping[str, Sequence[ExerciseLog]],
    progressions: Mapping[str, NextDose],
) -> dict[str, int]:
    """Points of exercises of recent sessions, and of the easier forms that should come for others."""
    points = _repetition_points(request, index, logs, progressions)
    for slug, next_dose in progressions.items():
        if next_dose.step in ("lower_dose", "easier_exercise", "lower_after_miss"):
            for other in index.by_slug(slug).easier:
                if other in index.number_of:
                    # An exercise that was done lately keeps the points that it has for that.
                    points.setdefault(other, EASIER_BONUS)
    return points


def _list_unrested(logs: Mapping[str, Sequence[ExerciseLog]], index: ExerciseIndex) -> frozenset[str]:
    """Return the hard exercises of the load groups that worked hard within 48 hours."""
    worked = {slug for slug, own in logs.items() if own[0].days_ago <= UNRESTED_DAYS and _is_hard(index.by_slug(slug))}
    loads = {index.by_slug(slug).load_group for slug in worked} - {"none"}
    hard = (exercise for exercise in index.exercises if _is_hard(exercise))
    return frozenset(exercise.slug for exercise in hard if exercise.slug in worked or exercise.load_group in loads)


def _is_hard(exercise: Exercise) -> bool:
    """True for strength work, and for isometric work of a part that tires."""
    return exercise.pattern == "strength" or (exercise.pattern == "isometric" and exercise.load_group != "none")


def _repetition_points(
    request: SessionRequest,
    index: ExerciseIndex,
    logs: Mapping[str, Sequence[ExerciseLog]],
    progressions: Mapping[str, NextDose],
) -> dict[str, int]:
    """Points of recent exercises: most make room for others, the best for the goals come again and progress."""
    recent = [slug for slug in logs if logs[slug][0].days_ago <= RECENT_DAYS and progressions[slug].allowed]
    anchors = _choose_anchors(recent, request, index)
    last_session = min((exercise_logs[0].days_ago for exercise_logs in logs.values()), default=0)
    points: dict[str, int] = {}
    for slug in recent:
        days_ago = logs[slug][0].days_ago
        if slug in anchors:
            points[slug] = ANCHOR_BONUS
        else:
            points[slug] = REPEAT_PENALTY if days_ago == last_session else EARLIER_PENALTY
    return points


def _choose_anchors(slugs: Sequence[str], request: SessionRequest, index: ExerciseIndex) -> list[str]:
    """The exercises that serve the goals best."""
    weights = request.weight_by_goal

    def relevance(slug: str) -> int:
        goal_weights = index.by_slug(slug).goal_weights
        return sum(weights.get(goal, 0) * weight for goal, weight in goal_weights.items())

    relevant = [slug for slug in slugs if relevance(slug)]
    return sorted(relevant, key=lambda slug: (-relevance(slug), slug))[:MAX_ANCHORS]


def _advice(index: ExerciseIndex, progressions: Mapping[str, NextDose]) -> tuple[str, ...]:
    """Return what is said of the exercises that hurt twice running."""
    eased = [slug for slug, next_dose in progressions.items() if next_dose.step == "easier_exercise"]
    return tuple(load_texts(HistoryTexts).eased.fill(exercise=index.by_slug(slug).name) for slug in eased)
