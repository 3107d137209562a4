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
    candidates = [
        Choice(number, option)
        for number, placement in enumerate(problem.placements)
        for option in range(len(placement.options))
    ]
    candidates.sort(key=lambda choice: (-_points_per_kilosecond(problem, choice), choice))
    best: OrderedSelection | None = None
    choices = [
        next(choice for choice in candidates if problem.placement_of(choice).exercise == exercise)
        for exercise in problem.required
    ]
    for candidate in candidates[:MAX_GREEDY_STEPS]:
        selection = _order_if_feasible(problem, [*choices, candidate])
        if selection is not None and (best is None or selection.points > best.points):
            choices, best = [*choices, candidate], selection
    for _ in range(exchanges):
        trial = list(choices)
        if choices and rng.random() < REMOVAL_PROBABILITY:
            trial.pop(rng.randrange(len(trial)))
        selection = _order_if_feasible(problem, [*trial, rng.choice(candidates)]) if candidates else None
        if selection is not None and (best is None or selection.points > best.points):
            choices, best = list(selection.choices), selection
    return best


def _points_per_kilosecond(problem: IntegerProblem, choice: Choice) -> int:
    """Points of the choice alone for 1,000 of its seconds."""
    option = problem.option_of(choice)
    points = problem.placement_of(choice).value - option.distance
    seconds_by_goal = goal_seconds(problem, [choice])
    points += sum(utility[seconds] for utility, seconds in zip(problem.goal_utility, seconds_by_goal, strict=True))
    return points * 1000 // option.time_s


def _order_if_feasible(problem: IntegerProblem, choices: Sequence[Choice]) -> OrderedSelection | None:
    """The selection in its best order; None where a hard constraint is broken."""
    if not is_feasible(problem, choices, 0):
        return None
    selection = order_selection(problem, choices)
    if selection is None or not is_feasible(problem, choices, selection.transition_s):
        return None
    return selection
