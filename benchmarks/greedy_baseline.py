"""The baseline that the solver is measured against: greedy by points a second, then random exchanges."""

import random
from collections.abc import Sequence

from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import OrderedSelection, goal_seconds, is_feasible, order_selection

MAX_GREEDY_STEPS = 400
"""Choices that the greedy part tries."""
REMOVAL_PROBABILITY = 0.7
"""How often an exchange takes an exercise out before it puts one in."""


def greedy_search(problem: IntegerProblem, seed: int, exchanges: int = 200) -> OrderedSelection | None:
    """A selection: the best choices by points a second, then random exchanges that raise the points."""
    rng = random.Random(seed)
    candidates = _rank_candidates(problem)
    choices = [
        next(choice for choice in candidates if problem.placement_of(choice).exercise == exercise)
        for exercise in problem.required
    ]
    best: OrderedSelection | None = None
    for candidate in candidates[:MAX_GREEDY_STEPS]:
        selection = _order_if_better(problem, [*choices, candidate], best)
        if selection is not None:
            choices, best = [*choices, candidate], selection
    for _ in range(exchanges if candidates else 0):
        trial = list(choices)
        if choices and rng.random() < REMOVAL_PROBABILITY:
            trial.pop(rng.randrange(len(trial)))
        selection = _order_if_better(problem, [*trial, rng.choice(candidates)], best)
        if selection is not None:
            choices, best = list(selection.choices), selection
    return best


def _rank_candidates(problem: IntegerProblem) -> list[Choice]:
    """Every choice, those with most points a second first."""
    candidates = [
        Choice(number, option)
        for number, placement in enumerate(problem.placements)
        for option in range(len(placement.options))
    ]
    return sorted(candidates, key=lambda choice: (-_points_per_kilosecond(problem, choice), choice))


def _points_per_kilosecond(problem: IntegerProblem, choice: Choice) -> int:
    """Points of the choice alone for 1,000 of its seconds."""
    option = problem.option_of(choice)
    points = problem.placement_of(choice).value - option.distance
    seconds_by_goal = goal_seconds(problem, [choice])
    points += sum(utility[seconds] for utility, seconds in zip(problem.goal_utility, seconds_by_goal, strict=True))
    return points * 1000 // option.time_s


def _order_if_better(
    problem: IntegerProblem, choices: Sequence[Choice], best: OrderedSelection | None
) -> OrderedSelection | None:
    """The selection in its best order; None where it breaks a hard constraint or has no more points than the best."""
    if not is_feasible(problem, choices, 0):
        return None
    selection = order_selection(problem, choices)
    if selection is None or not is_feasible(problem, choices, selection.transition_s):
        return None
    return selection if best is None or selection.points > best.points else None
