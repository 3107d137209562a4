"""The best other exercise for each place of a session: what the exercise there was preferred to."""

from collections.abc import Sequence
from typing import Final

from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.problem.solution import Solution
from app.sessions.solver.model import Choice, Placement
from app.sessions.solver.objective import is_feasible, objective
from app.sessions.solver.shortlist import shortlist

MAX_RIVALS: Final = 6
"""Rivals that are tried for each place."""
MAX_RIVAL_CANDIDATES: Final = 80
"""Unused placements that are looked at for all places, the most promising first."""


def rivals_by_place(solution: Solution) -> list[list[int]]:
    """Return for each place the placements that might stand there for its main goal, the most promising first.

    A placement is a rival at one place only: of the exercise that it is most like.
    """
    problem = solution.prepared.problem
    rivals: list[list[int]] = [[] for _ in solution.choices]
    if not solution.prepared.goals:
        return rivals
    unused = [number for number in shortlist(problem) if problem.placements[number].family not in solution.families]
    for number in unused[:MAX_RIVAL_CANDIDATES]:
        rival = problem.placements[number]
        item_index = _most_similar_place(rival, solution)
        is_same_phase = PHASE_OF_STAGE[rival.stage] == solution.phases[item_index]
        if is_same_phase and rival.goal_shares[_main_goal(solution.placements[item_index])]:
            rivals[item_index].append(number)
    return rivals


def _main_goal(placement: Placement) -> int:
    """The goal that it serves most, by number."""
    return placement.goal_shares.index(max(placement.goal_shares))


def _most_similar_place(rival: Placement, solution: Solution) -> int:
    """The place of the exercise that shares most of the rival's goals; of equals one in the same position."""
    best_key, best_index = (-1, False), 0
    for item_index, placement in enumerate(solution.placements):
        shared = sum(map(min, placement.goal_shares, rival.goal_shares))
        key = (shared, placement.position == rival.position)
        if placement.exercise not in solution.prepared.problem.required and key > best_key:
            best_key, best_index = key, item_index
    return best_index


def best_rival_solution(item_index: int, solution: Solution, rivals: Sequence[int]) -> Solution | None:
    """Return the best solution with one of the rivals at a place and all others as they are; None where none fits."""
    problem = solution.prepared.problem
    other_s = solution.exercise_s - solution.options[item_index].time_s
    trials: list[tuple[int, Choice]] = []
    for number in rivals:
        fitting = [
            option
            for option, dose in enumerate(problem.placements[number].options)
            if dose.time_s <= problem.budget_s - other_s
        ]
        if fitting:
            # The longest dose that fits is the rival's best case.
            choice = Choice(number, fitting[-1])
            trial = solution.replace_choice(item_index, choice)
            if is_feasible(problem, trial.choices, 0):
                # Without transitions the points are an upper bound; the order is looked at for the best trials alone.
                trials.append((-objective(problem, trial.choices, 0), choice))
        if len(trials) == MAX_RIVALS:
            break
    for _, choice in sorted(trials):
        trial = solution.replace_choice(item_index, choice)
        if trial.transition_s is not None and other_s + trial.transition_s <= problem.budget_s:
            return trial
    return None
