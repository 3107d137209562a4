"""Which lines are worth looking at: before anything is chosen, and at the prices that a choice gives to goals."""

from typing import Final

from app.sessions.solver.evaluator import NOTHING, Tables
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.objective import FREE_IDLE_S

SHORTLIST: Final = 240
"""Lines that the search looks at."""
BEHIND_S: Final = 30
AHEAD_S: Final = 60
"""A goal's price is what a second brings from so little less to so much more than it has."""
DEAR: Final = 20
"""A second costs what it brings in the exercise that uses it worse than all but so many of a hundred."""


def by_gain(tables: Tables, lines: list[int], chosen: list[int]) -> list[int]:
    """The lines, best first by the most that one of their doses brings over what its seconds cost."""
    served = [0] * len(tables.worth)
    for c in chosen:
        for goal, seconds in enumerate(tables.seconds(c)):
            served[goal] += seconds
    prices = [_price(worth, seconds) for worth, seconds in zip(tables.worth, served, strict=True)]
    rates = [tables.milli(c, prices) // (tables.time[c] + FREE_IDLE_S) for c in chosen]
    rates.sort()
    cost = rates[len(rates) * DEAR // 100]
    found = []
    for n in lines:
        most = NOTHING
        for c in range(tables.first[n], tables.first[n] + len(tables.menu[n])):
            gain = tables.milli(c, prices) - tables.time[c] * cost
            most = gain if gain > most else most
        found.append((-most, n))
    found.sort()
    return [n for _, n in found]


def _price(worth: list[int], served: int) -> int:
    """Thousandths of a point for another second of a goal that has `served`."""
    low = max(0, min(served, len(worth) - 1) - BEHIND_S)
    high = min(len(worth) - 1, served + AHEAD_S)
    return (worth[high] - worth[low]) * 1000 // max(1, high - low)


def ranking(problem: IntegerProblem) -> list[int]:
    """The lines worth looking at, best first by the points of a middling dose; some of every stage and load."""
    promise = [(-_promise(problem, n), n) for n in range(len(problem.placements))]
    promise.sort()
    if len(promise) <= SHORTLIST:
        return [n for _, n in promise]
    kept: list[int] = []
    seen: dict[tuple[int, int], int] = {}
    for rank, (_, n) in enumerate(promise):
        line = problem.placements[n]
        key = (line.stage, line.load)
        seen[key] = seen.get(key, 0) + 1
        if rank < SHORTLIST * 2 // 3 or seen[key] <= 4 or line.exercise in problem.required:
            kept.append(n)
    return kept


def _promise(problem: IntegerProblem, number: int) -> int:
    line = problem.placements[number]
    option = line.options[len(line.options) // 2]
    points = line.value - option.distance + problem.idle_penalty_per_s * option.time_s
    for worth, share in zip(problem.goal_utility, line.goal_shares, strict=True):
        points += worth[option.work_s * share // 1000]
    return points * 1000 // (option.time_s + 30)
