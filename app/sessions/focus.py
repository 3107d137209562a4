"""Which lines are worth looking at: before anything is chosen, and at the prices that a choice gives to goals."""

from collections.abc import Iterable, Sequence

from app.sessions.problem import SPARE_S, Choice, Problem
from app.sessions.score import seconds_served
from app.sessions.shelf import Option

SHORTLIST = 240
"""Lines that the search looks at."""
BEHIND_S, AHEAD_S = 30, 60
"""A goal's price is what a second brings from so little less to so much more than it has."""
DEAR = 20
"""A second costs what it brings in the exercise that uses it worse than all but so many of a hundred."""


def by_gain(problem: Problem, lines: Iterable[int], choices: Sequence[Choice]) -> list[int]:
    """The lines, best first by the most that one of their doses brings over what its seconds cost."""
    prices = [
        _price(worth, served) for worth, served in zip(problem.worth, seconds_served(problem, choices), strict=True)
    ]
    per_second = [
        sum(price * share for price, share in zip(prices, line.serves, strict=True)) // 1000 for line in problem.lines
    ]
    rates = []
    for n, number in choices:
        option = problem.lines[n].options[number]
        rates.append(_milli(problem, n, option, per_second[n]) // (option.time_s + SPARE_S))
    rates.sort()
    cost = rates[len(rates) * DEAR // 100]
    found = []
    for n in lines:
        options = problem.lines[n].options
        found.append((-max([_milli(problem, n, one, per_second[n]) - one.time_s * cost for one in options]), n))
    found.sort()
    return [n for _, n in found]


def _price(worth: Sequence[int], served: int) -> int:
    """Thousandths of a point for another second of a goal that has `served`."""
    low = max(0, min(served, len(worth) - 1) - BEHIND_S)
    high = min(len(worth) - 1, served + AHEAD_S)
    return (worth[high] - worth[low]) * 1000 // max(1, high - low)


def _milli(problem: Problem, n: int, option: Option, per_second: int) -> int:
    """Thousandths of a point of a line with this dose at these prices."""
    return (problem.lines[n].value - option.distance) * 1000 + option.work_s * per_second


def ranking(problem: Problem) -> list[int]:
    """The lines worth looking at, best first by the points of a middling dose; some of every stage and load."""
    promise = [(-_promise(problem, n), n) for n in range(len(problem.lines))]
    promise.sort()
    if len(promise) <= SHORTLIST:
        return [n for _, n in promise]
    kept: list[int] = []
    seen: dict[tuple[int, int], int] = {}
    for rank, (_, n) in enumerate(promise):
        line = problem.lines[n]
        key = (line.stage, line.load)
        seen[key] = seen.get(key, 0) + 1
        if rank < SHORTLIST * 2 // 3 or seen[key] <= 4 or line.exercise in problem.must:
            kept.append(n)
    return kept


def _promise(problem: Problem, number: int) -> int:
    line = problem.lines[number]
    option = line.options[len(line.options) // 2]
    points = line.value - option.distance + problem.idle * option.time_s
    for worth, share in zip(problem.worth, line.serves, strict=True):
        points += worth[option.work_s * share // 1000]
    return points * 1000 // (option.time_s + 30)
