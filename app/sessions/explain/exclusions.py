"""The exercises that a stated condition excludes, each with what may be done instead."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.rules.goal_overlap import shared_goal_weight
from app.rules.vocabulary import Goal
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
    return tuple(
        ExcludedExercise(
            slug=exercises[number].slug,
            condition=rule.condition,
            strains=rule.strains,
            alternative=_best_alternative(exercises[number], eligibility, candidates),
        )
        for number, rule in sorted(eligibility.contraindicated.items())
    )


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
) -> str | None:
    """The slug of the exercise that shares most of the goals; of equals one of the family, then an easier."""
    exercises = eligibility.effective.index.exercises

    def rank(number: int) -> tuple[int, bool, int, int]:
        other = exercises[number]
        return (
            shared_goal_weight(excluded.goal_weights, other.goal_weights),
            other.family == excluded.family,
            -other.level,
            -number,
        )

    near = {number for goal in excluded.goal_weights for number in candidates.get(goal, ())}
    serving = [number for number in near if excluded.goals[0] in exercises[number].goal_weights]
    best = max(serving, key=rank, default=None)
    return None if best is None else exercises[best].slug
