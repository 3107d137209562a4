"""The first selection: the required exercises at their shortest, in stages and with separators that allow an order."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple

from app.sessions.ordering.sequence import SequenceKey
from app.sessions.solver.model import Choice, IntegerProblem, Placement
from app.sessions.solver.objective import is_feasible, order_selection, ordered_transition_s

MAX_STAGE_ASSIGNMENTS: Final = 243
"""Assignments of the required exercises to stages that are all compared; beyond, one is improved step by step."""
MAX_SEPARATORS: Final = 4
"""Further exercises that may be taken to keep equal loads apart."""


def place_required(problem: IntegerProblem) -> tuple[Choice, ...] | None:
    """Return the required exercises, with separators where equal loads would meet; None where no order was found."""
    if not problem.required:
        return ()
    placements_of = _required_placements(problem)
    if placements_of is None:
        return None
    choices = _add_separators(problem, [Choice(number, 0) for number in _assign_stages(problem, placements_of)])
    if choices is None:
        return None
    transition_s = ordered_transition_s(problem, choices)
    if transition_s is None or not is_feasible(problem, choices, transition_s):
        return None
    return choices if order_selection(problem, choices) is not None else None


def _required_placements(problem: IntegerProblem) -> list[list[int]] | None:
    """The placements of each required exercise; None where one has none, or where two are of one family."""
    placements_of: dict[int, list[int]] = {exercise: [] for exercise in problem.required}
    for number, placement in enumerate(problem.placements):
        if placement.exercise in placements_of:
            placements_of[placement.exercise].append(number)
    if not all(placements_of.values()):
        return None
    families = {problem.placements[numbers[0]].family for numbers in placements_of.values()}
    return list(placements_of.values()) if len(families) == len(placements_of) else None


def _add_separators(problem: IntegerProblem, choices: list[Choice]) -> tuple[Choice, ...] | None:
    """The choices with as few further ones as allow an order; None where none is found that helps."""
    for _ in range(MAX_SEPARATORS + 1):
        if order_selection(problem, choices) is not None:
            break
        separator = _find_separator(problem, choices)
        if separator is None:
            return None
        choices = [*choices, separator]
    return tuple(choices)


class _AssignmentCost(NamedTuple):
    """What an assignment costs; the least comes first."""

    is_infeasible: bool
    has_no_order: bool
    transition_s: int


def _assign_stages(problem: IntegerProblem, placements_of: Sequence[Sequence[int]]) -> list[int]:
    """One placement of each required exercise: those that keep the limits with the fewest seconds of transition."""

    def cost(numbers: Sequence[int]) -> _AssignmentCost:
        choices = [Choice(number, 0) for number in numbers]
        transition_s = ordered_transition_s(problem, choices)
        is_infeasible = not is_feasible(problem, choices, transition_s or 0)
        return _AssignmentCost(is_infeasible, transition_s is None, transition_s or 0)

    if prod(map(len, placements_of)) <= MAX_STAGE_ASSIGNMENTS:
        return min(map(list, product(*placements_of)), key=cost)
    # Too many to compare them all: start in the middle of the session and improve one exercise at a time.
    assignment = [numbers[len(numbers) // 2] for numbers in placements_of]
    lowest_cost = cost(assignment)
    is_improving = True
    while is_improving:
        is_improving = False
        for place, numbers in enumerate(placements_of):
            for number in numbers:
                trial = [*assignment[:place], number, *assignment[place + 1 :]]
                trial_cost = cost(trial)
                if trial_cost < lowest_cost:
                    assignment, lowest_cost, is_improving = trial, trial_cost, True
    return assignment


def _find_separator(problem: IntegerProblem, choices: Sequence[Choice]) -> Choice | None:
    """The shortest further exercise that keeps equal loads apart, or brings the selection nearer to it."""
    selected = [problem.placement_of(choice) for choice in choices]
    crowded = _most_crowded_load(selected)
    candidates: list[tuple[bool, bool, int, int]] = []
    for number in _shortest_by_key(problem, {placement.family for placement in selected}):
        placement = problem.placements[number]
        trial = [*choices, Choice(number, 0)]
        transition_s = ordered_transition_s(problem, trial)
        if is_feasible(problem, trial, transition_s or 0):
            # Where no separator gives an order yet, one in the crowded stage with another load comes nearer to it.
            fails_to_separate = crowded is None or placement.stage != crowded[0] or placement.load == crowded[1]
            seconds = placement.options[0].time_s + (transition_s or 0)
            candidates.append((transition_s is None, fails_to_separate, seconds, number))
    return Choice(min(candidates)[3], 0) if candidates else None


def _most_crowded_load(selected: Sequence[Placement]) -> tuple[int, int] | None:
    """The stage and the load of which there are most; None where nothing is loaded."""
    loaded = [(placement.stage, placement.load) for placement in selected if placement.load]
    return max(loaded, key=lambda pair: (loaded.count(pair), pair), default=None)


def _shortest_by_key(problem: IntegerProblem, used_families: set[int]) -> list[int]:
    """For each stage, position and load, the placement with the shortest dose."""
    shortest: dict[SequenceKey, tuple[int, int]] = {}
    for number, placement in enumerate(problem.placements):
        if placement.family not in used_families:
            key = (placement.stage, placement.position, placement.load)
            entry = (placement.options[0].time_s, number)
            shortest[key] = min(entry, shortest.get(key, entry))
    return [number for _, number in shortest.values()]
