"""What to do instead of an exercise: the rungs of its ladder, and others that serve the same end."""

from collections.abc import Mapping

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.terms import load_terms
from app.schemas.exercise import Exercise

MOST = 5
HOW = {
    "quadruped": "on hands and knees",
    "side_plank": "in a side plank",
    "prone_plank": "in a plank",
    "inverted_v": "in an inverted V",
    "split_stance": "in a split stance",
}
"""Positions whose label does not stand after a comma in a sentence."""


class SimilarExercise(FrozenModel):
    """An exercise in place of another, and why."""

    exercise: Exercise
    reason: str


class ExerciseAlternatives(FrozenModel):
    """Easier and harder as linked; similar as found."""

    easier: tuple[Exercise, ...]
    harder: tuple[Exercise, ...]
    similar: tuple[SimilarExercise, ...] = Field(
        description="Most similar first, at most five; without the easier and harder ones."
    )


def alternatives_of(exercise: Exercise, exercises: Mapping[str, Exercise]) -> ExerciseAlternatives:
    linked = {exercise.slug, *exercise.easier, *exercise.harder}
    others = [other for slug, other in exercises.items() if slug not in linked]
    scored = sorted(((likeness(exercise, other), other.slug) for other in others), key=lambda one: (-one[0], one[1]))
    return ExerciseAlternatives(
        easier=tuple(exercises[slug] for slug in exercise.easier),
        harder=tuple(exercises[slug] for slug in exercise.harder),
        similar=tuple(
            SimilarExercise(exercise=exercises[slug], reason=_similarity_reason(exercise, exercises[slug]))
            for score, slug in scored[:MOST]
            if score > 0
        ),
    )


def likeness(one: Exercise, other: Exercise) -> int:
    """How well `other` stands in for `one`: above all the same main end, then form, place and demand. 0: not at all."""
    shared = sum(min(weight, other.goal_weights.get(goal, 0)) for goal, weight in one.goal_weights.items())
    main = min(one.goal_weights[one.goals[0]], other.goal_weights.get(one.goals[0], 0))
    if not main:
        return 0
    score = 12 * main + 4 * shared
    score += (
        8 * (one.family == other.family) + 5 * (one.pattern == other.pattern) + 4 * (one.position == other.position)
    )
    score += 3 * len(set(one.movements) & set(other.movements)) + 2 * len(set(one.regions) & set(other.regions))
    return score - 4 * abs(one.level - other.level)


def _similarity_reason(one: Exercise, other: Exercise) -> str:
    """In words: what both are for, then what differs."""
    goals = [goal for goal in one.goals if goal in other.goal_weights][:2]
    reason = "Serves " + " and ".join(load_terms()["goals"][goal].label.lower() for goal in goals) + " too"
    if one.family == other.family:
        reason += ", another form of the same drill"
    if one.position != other.position:
        place = load_terms()["positions"][other.position].label.lower()
        reason += f", {HOW.get(other.position, place)}"
    if other.level != one.level:
        reason += ", easier" if other.level < one.level else ", harder"
    return reason + "."
