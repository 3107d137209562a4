"""Which exercises may come in the place of another, the best first."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.rules.goal_overlap import shared_goal_weight
from app.rules.shared_strains import is_strained_alike
from app.schemas.exercise import Exercise
from app.schemas.session_variation import SwapReason
from app.sessions.problem.eligibility import Eligibility
from app.sessions.problem.exercise_index import ExerciseIndex

MAX_REPLACEMENTS: Final = 6
"""Exercises that are tried in the place of one."""


class _ReplacementRank(NamedTuple):
    """How well an exercise replaces another; the lowest is the best."""

    serves_no_wanted_goal: bool
    changes_phase: bool
    asks_for_care: bool
    shared_weight_below_zero: int
    shared_goals_below_zero: int
    level_difference: int
    slug: str


def rank_replacements(old: Exercise, phase: str, retained: Sequence[str], eligibility: Eligibility) -> list[str]:
    """Return the slugs that may come for an exercise: first what serves the same requested goals in the same phase.

    A form of a drill that is retained does not come.
    """
    index, request = eligibility.effective.index, eligibility.effective.request
    wanted_goals = request.weight_by_goal.keys() & old.goal_weights.keys()
    retained_families = {index.by_slug(slug).family for slug in retained}
    ranks = []
    for number in eligibility.exercises:
        candidate = index.exercises[number]
        shared_weight = shared_goal_weight(old.goal_weights, candidate.goal_weights, wanted_goals)
        changes_phase = phase not in candidate.phases
        if candidate.family in retained_families or (changes_phase and not shared_weight):
            continue
        ranks.append(
            _ReplacementRank(
                bool(wanted_goals) and not shared_weight,
                changes_phase,
                number in eligibility.cautions,
                -shared_weight,
                -len(old.goal_weights.keys() & candidate.goal_weights.keys()),
                abs(old.level - candidate.level),
                candidate.slug,
            )
        )
    return [rank.slug for rank in sorted(ranks)[:MAX_REPLACEMENTS]]


def unsuitable_replacements(old: Exercise, reason: SwapReason, index: ExerciseIndex) -> frozenset[str]:
    """Return the slugs that may not come for an exercise.

    After `too_hard` these are the exercises that are as hard, after `pain` those that strain alike.
    """
    if reason not in ("too_hard", "pain"):
        return frozenset()
    is_unsuitable = _is_as_hard if reason == "too_hard" else is_strained_alike
    unsuitable = [other for other in index.exercises if _is_harder(other, old) or is_unsuitable(other, old)]
    return frozenset(other.slug for other in unsuitable)


def _is_harder(other: Exercise, old: Exercise) -> bool:
    return other.level > old.level or other.slug == old.slug or other.slug in old.harder


def _is_as_hard(other: Exercise, old: Exercise) -> bool:
    return other.level == old.level > 1 and other.slug not in old.easier
