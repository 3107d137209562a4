"""The best selection of a small problem, found by trying every one."""

from collections.abc import Iterator, Sequence
from itertools import product

from app.sessions.ordering.stages import STAGE_COUNT
from app.sessions.ordering.transitions import min_floor_changes, min_path_s
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import is_feasible, objective, order_selection


def unordered_transition_s(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    """Fewest seconds of transition where equal loads may be adjacent."""
    position_masks = [0] * STAGE_COUNT
    for choice in choices:
        placement = problem.placement_of(choice)
        position_masks[placement.stage] |= 1 << placement.position
    return min_path_s(problem.transitions, position_masks)


def unordered_floor_changes(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    """Fewest changes between the floor and other heights where equal loads may be adjacent."""
    masks = [0] * STAGE_COUNT
    for placement in map(problem.placement_of, choices):
        masks[placement.stage] |= 1 << placement.position
    return min_floor_changes(problem.transitions, masks)


def brute_force_optimum(problem: IntegerProblem, keep_loads_apart: bool) -> int | None:
    """Most points of any selection; None where no selection is feasible. For a handful of placements only.

    Without `keep_loads_apart` equal loads may be adjacent, so that the result is never less.
    """
    best_points: int | None = None
    for choices in _all_selections(problem):
        points = _unordered_points(problem, choices)
        # An order costs more than none: it is looked for only where it could be better than the best so far.
        if keep_loads_apart and _is_better(points, best_points):
            points = _ordered_points(problem, choices)
        if _is_better(points, best_points):
            best_points = points
    return best_points


def _all_selections(problem: IntegerProblem) -> Iterator[list[Choice]]:
    """Every selection that holds something: of each placement one dose option, or none."""
    menus: list[list[Choice | None]] = [
        [None, *(Choice(number, option) for option in range(len(placement.options)))]
        for number, placement in enumerate(problem.placements)
    ]
    for combination in product(*menus):
        choices = [choice for choice in combination if choice is not None]
        if choices:
            yield choices


def _is_better(points: int | None, best_points: int | None) -> bool:
    return points is not None and (best_points is None or points > best_points)


def _unordered_points(problem: IntegerProblem, choices: Sequence[Choice]) -> int | None:
    """Points of the selection where equal loads may be adjacent; None where it is not feasible."""
    transition_s = unordered_transition_s(problem, choices)
    if not is_feasible(problem, choices, transition_s):
        return None
    return objective(problem, choices, transition_s, unordered_floor_changes(problem, choices))


def _ordered_points(problem: IntegerProblem, choices: Sequence[Choice]) -> int | None:
    """Points of the selection in its best order; None where no order is feasible."""
    selection = order_selection(problem, choices)
    if selection is None or not is_feasible(problem, choices, selection.transition_s):
        return None
    return selection.points
