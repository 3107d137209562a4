"""The exercises that a stated condition excludes, each with what may be done instead."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.rules.goal_overlap import shared_goal_weight
from app.rules.vocabulary import HEIGHT_OF_POSITION, Goal
from app.schemas.exercise import Exercise
from app.schemas.session import ExcludedExercise
from app.sessions.problem.eligibility import Eligibility

MAX_ALTERNATIVES_PER_GOAL: Final = 12
"""Eligible exercises of each goal that are compared as alternatives, those that serve it most first."""


def list_exclusions(eligibility: Eligibility) -> tuple[ExcludedExercise, ...]:
    """Return what nothing but a stated condition excludes, and the nearest exercise that needs no care at all."""
    if not eligibility.contraindicated:
        return ()
    exercises = eligibility.effective.index.exercises
    candidates = _candidates_by_goal(eligibility)
    excluded = []
    for number, rule in sorted(eligibility.contraindicated.items()):
        exercise = exercises[number]
        other = _best_alternative(exercise, eligibility, candidates)
        excluded.append(
            ExcludedExercise(
                slug=exercise.slug,
                name=exercise.name,
                condition=rule.condition,
                strains=rule.strains,
                alternative=None if other is None else other.slug,
                alternative_name=None if other is None else other.name,
            )
        )
    return tuple(excluded)


def find_alternative(excluded: Exercise, eligibility: Eligibility) -> Exercise | None:
    """Return the nearest eligible exercise that needs no care at all; None where there is none."""
    return _best_alternative(excluded, eligibility, _candidates_by_goal(eligibility))


def _candidates_by_goal(eligibility: Eligibility) -> dict[Goal, list[int]]:
    exercises = eligibility.effective.index.exercises
    candidates: dict[Goal, list[int]] = {}
    # What the stated conditions ask care with is no answer to what they bar.
    for number in set(eligibility.exercises).difference(eligibility.cautions):
        for goal in exercises[number].goal_weights:
            candidates.setdefault(goal, []).append(number)
    for goal, numbers in candidates.items():
        numbers.sort(key=lambda number: (-exercises[number].goal_weights[goal], number))
        del numbers[MAX_ALTERNATIVES_PER_GOAL:]
    return candidates


def _best_alternative(
    excluded: Exercise, eligibility: Eligibility, candidates: Mapping[Goal, Sequence[int]]
) -> Exercise | None:
    """The exercise that shares most of the goals; of equals the most alike, then an easier one.

    It serves the first goal, and has a movement or a region in common: rest for the neck is no answer to one for the
    low back.
    """
    exercises = eligibility.effective.index.exercises
    near = sorted({number for goal in excluded.goal_weights for number in candidates.get(goal, ())})
    alike = [
        exercises[number]
        for number in near
        if excluded.goals[0] in exercises[number].goal_weights and any(_likeness(excluded, exercises[number])[:2])
    ]

    def rank(other: Exercise) -> tuple[int, ...]:
        return (
            shared_goal_weight(excluded.goal_weights, other.goal_weights),
            *_likeness(excluded, other),
            -other.level,
        )

    return max(alike, key=rank, default=None)


def _likeness(first: Exercise, second: Exercise) -> tuple[int, int, bool, bool]:
    """How many movements and regions two exercises share, and whether the family and the height of the body agree."""
    return (
        len(set(first.movements) & set(second.movements)),
        len(set(first.regions) & set(second.regions)),
        first.family == second.family,
        HEIGHT_OF_POSITION[first.position] == HEIGHT_OF_POSITION[second.position],
    )
