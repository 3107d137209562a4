"""Parts rows of three exercises for one goal, where another goal is asked for as well and that costs few points."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.sessions.ordering.variety import NO_GOAL
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import OrderedSelection, is_feasible, main_goal, objective, order_selection
from app.sessions.solver.shortlist import shortlist

MAX_LOST_POINTS: Final = 1200
"""Points that parting a row may cost: about those of an exercise of a minute and a half."""
MAX_PLACEMENTS: Final = 60
"""Placements that are tried in the place of each exercise of a row, the most promising first."""
MAX_ORDERED_TRIALS: Final = 8
"""Trials that are put in order, those with the most points first."""
MAX_ROWS: Final = 3
"""Rows that are parted one after another."""


def part_goal_rows(problem: IntegerProblem, selection: OrderedSelection) -> OrderedSelection:
    """Return a selection with fewer rows of three for one goal, or the same one where none is near in points.

    An exercise of a row is exchanged for another, or moves to another stage. Required exercises are only moved.
    """
    if len(problem.goal_utility) < 2:
        return selection
    best = selection
    for _ in range(MAX_ROWS):
        rows = find_rows(problem, best.choices)
        parted = _part_row(problem, best, rows, selection.points - MAX_LOST_POINTS) if rows else None
        if parted is None:
            break
        best = parted
    return best


def find_rows(problem: IntegerProblem, choices: Sequence[Choice]) -> list[int]:
    """Return the places where three exercises for one goal begin, as indices."""
    goals = [main_goal(problem.placement_of(choice)) for choice in choices]
    rows = zip(goals, goals[1:], goals[2:], strict=False)
    return [index for index, (a, b, c) in enumerate(rows) if a == b == c != NO_GOAL]


def _part_row(
    problem: IntegerProblem, selection: OrderedSelection, rows: Sequence[int], min_points: int
) -> OrderedSelection | None:
    """Return the best selection with fewer rows and at least so many points; None where there is none."""
    trials = []
    for index in range(rows[0], rows[0] + 3):
        for choice in _list_substitutes(problem, selection, index):
            choices = (*selection.choices[:index], choice, *selection.choices[index + 1 :])
            if is_feasible(problem, choices, 0):
                # Without transitions the points are an upper bound.
                points = objective(problem, choices, 0)
                if points >= min_points:
                    trials.append((-points, choices))
    parted = []
    for _, choices in sorted(trials)[:MAX_ORDERED_TRIALS]:
        trial = order_selection(problem, choices)
        if trial is None or trial.points < min_points or len(find_rows(problem, trial.choices)) >= len(rows):
            continue
        if is_feasible(problem, trial.choices, trial.transition_s):
            parted.append(trial)
    return max(parted, key=lambda trial: (trial.points, trial.choices), default=None)


def _list_substitutes(problem: IntegerProblem, selection: OrderedSelection, index: int) -> Iterator[Choice]:
    """What may stand in a place: the exercise in another stage, or others for another goal in their longest dose."""
    choice = selection.choices[index]
    placement = problem.placement_of(choice)
    for number, other in enumerate(problem.placements):
        if other.exercise == placement.exercise and other.stage != placement.stage:
            yield Choice(number, choice.option)
    if placement.exercise not in problem.required:
        yield from _list_others(problem, selection, index)


def _list_others(problem: IntegerProblem, selection: OrderedSelection, index: int) -> Iterator[Choice]:
    """Other exercises for another goal, of families that are not in the selection, in their longest dose that fits."""
    others = (*selection.choices[:index], *selection.choices[index + 1 :])
    families = {problem.placement_of(other).family for other in others}
    free_s = problem.budget_s - selection.transition_s - sum(problem.option_of(other).time_s for other in others)
    goal = main_goal(problem.placement_of(selection.choices[index]))
    for number in shortlist(problem)[:MAX_PLACEMENTS]:
        other = problem.placements[number]
        fitting = [option for option, dose in enumerate(other.options) if dose.time_s <= free_s]
        if fitting and other.family not in families and main_goal(other) != goal:
            yield Choice(number, fitting[-1])
