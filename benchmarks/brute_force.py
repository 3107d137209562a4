"""The best selection of a small problem, found by trying every one."""

from collections.abc import Sequence
from itertools import product

from app.sessions.ordering.stages import STAGE_COUNT
from app.sessions.ordering.transitions import min_path_s
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import is_feasible, objective, order_selection


def unordered_transition_s(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    """Fewest seconds of transition where equal loads may be adjacent."""
    position_masks = [0] * STAGE_COUNT
    for choice in choices:
        placement = problem.placement_of(choice)
        position_masks[placement.stage] |= 1 << placement.position
    return min_path_s(problem.transitions, position_masks)


def brute_force_optimum(problem: IntegerProblem, keep_loads_apart: bool) -> int | None:
    """Most points of any selection; None where no selection is feasible. For a handful of placements only.

    Without `keep_loads_apart` equal loads may be adjacent, so that the result is never less.
    """
    best_points: int | None = None
    menus: list[list[Choice | None]] = [
        [None, *(Choice(number, option) for option in range(len(placement.options)))]
        for number, placement in enumerate(problem.placements)
    ]
    for combination in product(*menus):
        choices = [choice for choice in combination if choice is not None]
        transition_s = unordered_transition_s(problem, choices)
        if not choices or not is_feasible(problem, choices, transition_s):
            continue
        points = objective(problem, choices, transition_s)
        if best_points is not None and points <= best_points:
            continue
        if keep_loads_apart:
            ordered_points = _ordered_points(problem, choices)
            if ordered_points is None or (best_points is not None and ordered_points <= best_points):
                continue
            points = ordered_points
        best_points = points
    return best_points


def _ordered_points(problem: IntegerProblem, choices: Sequence[Choice]) -> int | None:
    """Points of the selection in its best order; None where no order is feasible."""
    selection = order_selection(problem, choices)
    if selection is None or not is_feasible(problem, choices, selection.transition_s):
        return None
    return selection.points
