"""Alternatives to an exercise: the linked easier and harder ones, and similar ones with the reason."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.goal_overlap import shared_goal_weight
from app.rules.terms import load_terms
from app.rules.vocabulary import Position
from app.schemas.exercise import Exercise
from app.texts.loader import EveryKey, TextFile, load_texts
from app.texts.templates import Fields, Template, Text

MAX_SIMILAR = 5
"""Similar exercises in an answer."""


class AlternativeTexts(TextFile):
    """The sentence that says why an exercise is similar."""

    file_name = "alternatives.yaml"
    serves_one_goal: Annotated[Template, Fields("goal")]
    serves_two_goals: Annotated[Template, Fields("first", "second")]
    with_detail: Annotated[Template, Fields("reason", "detail")]
    sentence: Annotated[Template, Fields("reason")]
    same_family: Text
    easier: Text
    harder: Text
    positions: Annotated[dict[Position, Text], EveryKey(Position)]


class SimilarExercise(FrozenModel):
    """A similar exercise, and the reason why it is one."""

    exercise: Exercise
    reason: str


class ExerciseAlternatives(FrozenModel):
    """Easier and harder exercises as they are linked, similar ones as they are found."""

    easier: tuple[Exercise, ...]
    harder: tuple[Exercise, ...]
    similar: tuple[SimilarExercise, ...] = Field(
        description="Most similar first, at most five; without the easier and harder ones."
    )


def find_alternatives(exercise: Exercise, exercises: Mapping[str, Exercise]) -> ExerciseAlternatives:
    """Return the alternatives to `exercise` among `exercises` (by slug). Ties go by slug."""
    linked = {exercise.slug, *exercise.easier, *exercise.harder}
    scores = {slug: score_similarity(exercise, other) for slug, other in exercises.items() if slug not in linked}
    ranked = sorted((slug for slug, score in scores.items() if score > 0), key=lambda slug: (-scores[slug], slug))
    return ExerciseAlternatives(
        easier=tuple(exercises[slug] for slug in exercise.easier),
        harder=tuple(exercises[slug] for slug in exercise.harder),
        similar=tuple(
            SimilarExercise(exercise=exercises[slug], reason=_similarity_reason(exercise, exercises[slug]))
            for slug in ranked[:MAX_SIMILAR]
        ),
    )


def score_similarity(exercise: Exercise, other: Exercise) -> int:
    """Return how well `other` replaces `exercise`, in points; 0 when it does not serve the same main goal.

    The main goal counts most, then the other goals, family, pattern, position, movements, regions and level.
    The points are editorial.
    """
    main_goal = exercise.goals[0]
    main_weight = min(exercise.goal_weights[main_goal], other.goal_weights.get(main_goal, 0))
    if not main_weight:
        return 0
    shared_weight = shared_goal_weight(exercise.goal_weights, other.goal_weights)
    return (
        12 * main_weight
        + 4 * shared_weight
        + 8 * (exercise.family == other.family)
        + 5 * (exercise.pattern == other.pattern)
        + 4 * (exercise.position == other.position)
        + 3 * len(set(exercise.movements) & set(other.movements))
        + 2 * len(set(exercise.regions) & set(other.regions))
        - 4 * abs(exercise.level - other.level)
    )


def _similarity_reason(exercise: Exercise, other: Exercise) -> str:
    """Return one sentence: at most two goals that both serve, then what differs."""
    texts = load_texts(AlternativeTexts)
    labels = [load_terms()["goals"][goal].label_in_sentence for goal in exercise.goals if goal in other.goal_weights]
    if len(labels) == 1:
        reason = texts.serves_one_goal.fill(goal=labels[0])
    else:
        reason = texts.serves_two_goals.fill(first=labels[0], second=labels[1])
    for detail in _list_differences(exercise, other, texts):
        reason = texts.with_detail.fill(reason=reason, detail=detail)
    return texts.sentence.fill(reason=reason)


def _list_differences(exercise: Exercise, other: Exercise, texts: AlternativeTexts) -> Iterator[str]:
    if exercise.family == other.family:
        yield texts.same_family
    if exercise.position != other.position:
        yield texts.positions[other.position]
    if exercise.level != other.level:
        yield texts.easier if other.level < exercise.level else texts.harder
