"""What keeps exercises out of a built session: its time, a part that is full, or what they tire."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.limits import PREPARE
from app.sessions.problem.solution import Solution
from app.sessions.solver.model import Choice, Placement
from app.sessions.solver.objective import FREE_IDLE_S, ordered_transition_s

Limit: TypeAlias = Literal["time", "warm_up", "end", "load", "strain"]
"""A limit of the session: its length, the length of its first or last part, and what it may ask of the body."""


def find_binding_limit(numbers: Sequence[int], solution: Solution) -> Limit | None:
    """Return the limit that keeps all of the placements out; `time` where nothing but time keeps one of them out.

    Each is tried beside the solution in its shortest dose. None where one of them could be added, where a strain keeps
    one of them out, and where their limits differ.
    """
    exceeded = [_list_exceeded(number, solution) for number in numbers]
    if not all(exceeded):
        return None
    if any(limits == {"time"} for limits in exceeded):
        return "time"
    common = set.intersection(*exceeded)
    told: tuple[Limit, ...] = ("load", "warm_up", "end")
    return next((limit for limit in told if limit in common), None)


def is_full(solution: Solution) -> bool:
    """Return whether the session has no time left but what getting ready can be stretched by."""
    used_s = solution.exercise_s + (solution.transition_s or 0)
    return solution.prepared.problem.budget_s - used_s <= FREE_IDLE_S * len(solution)


def _list_exceeded(number: int, solution: Solution) -> set[Limit]:
    problem = solution.prepared.problem
    placement = problem.placements[number]
    transition_s = ordered_transition_s(problem, (*solution.choices, Choice(number, 0)))
    exceeded = _exceeds_load(placement, solution, has_order=transition_s is not None)
    used_s = solution.exercise_s + placement.options[0].time_s
    if used_s + (transition_s or 0) > problem.budget_s:
        exceeded.add("time")
    phase = PHASE_OF_STAGE[placement.stage]
    max_s = problem.phase_max_s[phase]
    # The main phases may fill the session: no limit but its length.
    if max_s < problem.budget_s and solution.phase_s(phase) + placement.options[0].time_s > max_s:
        exceeded.add("warm_up" if phase == PREPARE else "end")
    return exceeded


def _exceeds_load(placement: Placement, solution: Solution, has_order: bool) -> set[Limit]:
    """Return which limits of the body the placement would exceed. Equal loads may not follow each other, either."""
    problem, time_s = solution.prepared.problem, placement.options[0].time_s
    pairs = list(zip(solution.placements, solution.options, strict=True))
    load_s = sum(option.time_s for other, option in pairs if other.load == placement.load)
    is_limited = placement.load in problem.limited_loads
    exceeded: set[Limit] = set()
    if not has_order or (is_limited and load_s + time_s > problem.load_max_s[placement.load]):
        # What only a condition keeps apart tires nothing in particular.
        has_load = solution.prepared.index.exercises[placement.exercise].load_group != "none"
        exceeded.add("load" if has_load else "strain")
    for limit in placement.strain_limits:
        strain_s = sum(option.time_s for other, option in pairs if limit in other.strain_limits)
        if strain_s + time_s > problem.strain_max_s[limit]:
            exceeded.add("strain")
    return exceeded
