"""What each requested goal got of the session, and why some got another share than requested."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.rules.equipment import missing_equipment
from app.rules.vocabulary import Goal
from app.schemas.session import Coverage
from app.sessions.explain.binding_limits import find_binding_limit, is_full
from app.sessions.explain.phrases import goal_phrase, join_words
from app.sessions.problem.prepared_problem import PreparedProblem
from app.sessions.problem.solution import Solution
from app.sessions.texts import CoverageTexts, PhraseTexts, SessionNoteTexts, load_texts

SHARE_TOLERANCE_DIVISOR: Final = 10
"""A share that differs from the requested one by at most one part of so many needs no reason."""


def cover_goals(solution: Solution, duration_s: int) -> tuple[Coverage, ...]:
    """Return the requested and the actual share of each goal. `duration_s` is the length of the built session."""
    weight_by_goal = solution.prepared.request.weight_by_goal
    total_weight = sum(weight_by_goal.values())
    seconds_by_goal = solution.seconds_by_goal
    total_s = sum(seconds_by_goal.values())
    return tuple(
        Coverage(
            goal=goal,
            requested_share=round(weight / total_weight, 2),
            actual_share=round(seconds_by_goal[goal] / total_s, 2) if total_s else 0.0,
            seconds=seconds_by_goal[goal],
            reason=_share_reason(goal, solution, duration_s),
        )
        for goal, weight in weight_by_goal.items()
    )


def _share_reason(goal: Goal, solution: Solution, duration_s: int) -> str | None:
    """Why a goal has another share than requested, or little of the session; None where neither is so.

    No reason tells of a condition, so that all may be stored.
    """
    weights = solution.prepared.request.weight_by_goal
    total_weight, total_s = sum(weights.values()), sum(solution.seconds_by_goal.values())
    seconds = solution.seconds_by_goal[goal]
    # Shares are compared as products: whole numbers give the same answer on every machine.
    missing = weights[goal] * total_s - seconds * total_weight
    tolerance = total_weight * total_s
    if not seconds or missing * SHARE_TOLERANCE_DIVISOR > tolerance:
        return _underserved_reason(goal, solution)
    if -missing * SHARE_TOLERANCE_DIVISOR > tolerance:
        return _texts().over_share
    if solution.off_goal_s * 2 > duration_s:
        return _low_coverage_reason(goal, solution)
    return None


def _texts() -> CoverageTexts:
    return load_texts(SessionNoteTexts).coverage


def _low_coverage_reason(goal: Goal, solution: Solution) -> str:
    """That a goal has its share of the work, and yet little of the session."""
    goal_number = solution.prepared.goals.index(goal)
    has_others = any(
        placement.goal_shares[goal_number] and placement.family not in solution.families
        for placement in solution.prepared.problem.placements
    )
    template = _texts().low_others_do_not_fit if has_others else _texts().low_nothing_else
    return template.fill(goal=goal_phrase(goal))


def _underserved_reason(goal: Goal, solution: Solution) -> str:
    """Why a goal got less than requested."""
    prepared, texts = solution.prepared, _texts()
    serving = _serving_placements(goal, prepared)
    if not serving:
        return _unserved_reason(goal, prepared)
    unused = _list_unused(goal, serving, solution)
    if not unused:
        all_used = texts.all_used_in_full_time if is_full(solution) else texts.all_used
        template = texts.exchanged if prepared.variation.removed else all_used
        return template.fill(goal=goal_phrase(goal))
    if len(solution) >= prepared.problem.max_exercises:
        return texts.max_exercises.fill(prepared.problem.max_exercises)
    return _write_limit(goal, unused, solution)


def _write_limit(goal: Goal, unused: Sequence[int], solution: Solution) -> str:
    """What keeps the unused placements out. No reason tells of a condition, so limits of strains stay unnamed."""
    texts, limit = _texts(), find_binding_limit(unused, solution)
    if limit == "load":
        template = texts.more_would_tire if solution.seconds_by_goal[goal] else texts.any_would_tire
        return template.fill(loads=_name_loads(unused, solution.prepared))
    templates = {"time": texts.costs_more, "warm_up": texts.warm_up_is_full, "end": texts.end_is_full}
    return templates.get(limit or "", texts.goes_less_well).fill(goal=goal_phrase(goal))


def _list_unused(goal: Goal, serving: Iterable[int], solution: Solution) -> list[int]:
    """Return what serves the goal and is not in the session; what serves it lightly would change little."""
    placements, exercises = solution.prepared.problem.placements, solution.prepared.index.exercises
    return [
        number
        for number in serving
        if placements[number].family not in solution.families
        and exercises[placements[number].exercise].goal_weights[goal] > 1
    ]


def _name_loads(numbers: Iterable[int], prepared: PreparedProblem) -> str:
    placements, exercises = prepared.problem.placements, prepared.index.exercises
    groups = {exercises[placements[number].exercise].load_group for number in numbers}
    return join_words([load_texts(PhraseTexts).loads[group] for group in sorted(groups)])


def _serving_placements(goal: Goal, prepared: PreparedProblem) -> list[int]:
    """Return the numbers of the placements that serve the goal."""
    if goal not in prepared.goals:
        return []
    goal_number = prepared.goals.index(goal)
    return [number for number, one in enumerate(prepared.problem.placements) if one.goal_shares[goal_number]]


def _unserved_reason(goal: Goal, prepared: PreparedProblem) -> str:
    """Why nothing serves a goal. Equipment, positions, level and time are named: they tell nothing of the person."""
    texts, phrase, index = _texts(), goal_phrase(goal), prepared.index
    serving = [number for number, exercise in enumerate(index.exercises) if goal in exercise.goal_weights]
    if not serving:
        return texts.not_in_catalogue.fill(goal=phrase)
    if not any(_fits_request(number, prepared) for number in serving):
        return texts.not_with_request.fill(goal=phrase)
    effective, eligible = prepared.eligibility.effective, prepared.eligibility.exercises
    shortest_s = [
        index.options(number, effective.dosing_of(number))[0].time_s for number in serving if number in eligible
    ]
    if shortest_s and min(shortest_s) > prepared.request.duration_s:
        return texts.takes_longer.fill(goal=phrase)
    return texts.not_in_session.fill(goal=phrase)


def _fits_request(number: int, prepared: PreparedProblem) -> bool:
    """True where equipment, positions and level of the request, as they were sent, allow the exercise."""
    request, exercise = prepared.request, prepared.index.exercises[number]
    if request.positions is not None and exercise.position not in request.positions:
        return False
    return exercise.level <= request.level and not missing_equipment(
        exercise.equipment, frozenset(request.available_equipment)
    )
