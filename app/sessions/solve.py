"""From a prepared problem to its solution."""

from app.sessions.problem.prepared_problem import PreparedProblem
from app.sessions.problem.solution import Solution
from app.sessions.solver.goal_rows import part_goal_rows
from app.sessions.solver.model import Choice, Placement
from app.sessions.solver.objective import (
    OrderedSelection,
    goal_seconds,
    is_feasible,
    order_selection,
    ordered_transition_s,
)
from app.sessions.solver.search import search


def solve(prepared: PreparedProblem) -> Solution | None:
    """Return the best solution that was found; None where no session holds or serves what the request wants.

    A session that holds no included exercise and serves no goal is not what was requested. What `is_solvable` says to
    be possible is always solved: where the search found more value elsewhere, the minimal selection is taken.
    """
    selection = _search_or_minimal(prepared)
    if selection is None:
        return None
    varied = part_goal_rows(prepared.problem, selection)
    return Solution(prepared, varied.choices, varied.points)


def _search_or_minimal(prepared: PreparedProblem) -> OrderedSelection | None:
    problem, initial = prepared.problem, prepared.initial
    if initial is None or not (problem.required or minimal_selection(prepared)):
        return None
    best = search(problem, prepared.request.seed, initial)
    if best is not None and any(goal_seconds(problem, best.choices)):
        return best
    minimal = minimal_selection(prepared)
    if minimal is not None:
        return order_selection(problem, minimal)
    # Exercises that are included by name are enough, even where they serve no goal.
    return (best or order_selection(problem, initial)) if prepared.request.include else None


def minimal_selection(prepared: PreparedProblem) -> tuple[Choice, ...] | None:
    """Return the required exercises at their shortest, and one more where these serve no goal.

    None where they do not fit, or where nothing that serves a goal fits beside them.
    """
    problem, initial = prepared.problem, prepared.initial
    if initial is None or any(goal_seconds(problem, initial)):
        return initial
    used_families = {problem.placement_of(choice).family for choice in initial}
    for number, placement in enumerate(problem.placements):
        option = _shortest_serving_option(placement)
        if option is None or placement.family in used_families:
            continue
        trial = (*initial, Choice(number, option))
        if is_feasible(problem, trial, 0):
            transition_s = ordered_transition_s(problem, trial)
            if transition_s is not None and is_feasible(problem, trial, transition_s):
                return trial
    return None


def _shortest_serving_option(placement: Placement) -> int | None:
    """The shortest dose that gives a goal a whole second; None where none does."""
    share = max(placement.goal_shares, default=0)
    serving = (number for number, option in enumerate(placement.options) if option.credit_s * share >= 1000)
    return next(serving, None)


def is_solvable(prepared: PreparedProblem) -> bool:
    """True exactly where `solve` returns a solution."""
    return prepared.is_feasible and (bool(prepared.request.include) or minimal_selection(prepared) is not None)
