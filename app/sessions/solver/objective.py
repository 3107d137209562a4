"""What a choice is worth, and the order in which it is done. The slow, plain form: the search keeps its own sums."""

from collections.abc import Sequence
from typing import NamedTuple

from app.sessions.ordering.sequence import PHASE_OF_STAGE, Kind, best_order, gentle_order
from app.sessions.solver.model import ASIDE_S, DRY_PHASE, IDLER, MOST_UNEVEN, SPARE_S, VARIETY, Choice, Problem


class Ordered(NamedTuple):
    """A choice in the order in which it is done."""

    choices: tuple[Choice, ...]
    moving_s: int
    points: int


def seconds_served(problem: Problem, choices: Sequence[Choice]) -> list[int]:
    """Seconds that count for each served goal: of each exercise, whole ones."""
    seconds = [0] * len(problem.goals)
    for line, option in choices:
        work = problem.lines[line].options[option].work_s
        for goal, share in enumerate(problem.lines[line].serves):
            seconds[goal] += work * share // 1000
    return seconds


def fits(problem: Problem, choices: Sequence[Choice], moving_s: int) -> bool:
    """True where every limit is kept."""
    lines = [problem.lines[choice.line] for choice in choices]
    times = [problem.lines[line].options[option].time_s for line, option in choices]
    if len(lines) > problem.most or len({line.family for line in lines}) < len(lines):
        return False
    if not {line.exercise for line in lines}.issuperset(problem.must):
        return False
    phases = [0, 0, 0, 0]
    loads = [0] * len(problem.cap)
    for line, time in zip(lines, times, strict=True):
        phases[PHASE_OF_STAGE[line.stage]] += time
        loads[line.load] += time
    if any(time > most for time, most in zip(phases + loads, problem.largest + problem.cap, strict=True)):
        return False
    return sum(times) + moving_s <= problem.budget


def uneven_points(problem: Problem, seconds: Sequence[int]) -> int:
    """Points lost because goals have less or more than their share of the served seconds."""
    whole = sum(seconds)
    off = 0
    for one, low, high in zip(seconds, problem.low, problem.high, strict=True):
        off += max(0, whole * low - 1000 * one, 1000 * one - whole * high)
    return min(MOST_UNEVEN, off * problem.uneven // 1000)


def points_of(problem: Problem, choices: Sequence[Choice], moving_s: int) -> int:
    """Points of a choice that fits."""
    points = used = known = balance = aside = 0
    phases = [0, 0, 0, 0]
    for line, option in choices:
        one = problem.lines[line]
        points += one.value - one.options[option].distance
        used += one.options[option].time_s
        aside += one.options[option].time_s if one.aside else 0
        phases[PHASE_OF_STAGE[one.stage]] += one.options[option].time_s
        balance |= one.balance
        known += one.known
    seconds = seconds_served(problem, choices)
    points += sum(worth[min(s, problem.budget)] for worth, s in zip(problem.worth, seconds, strict=True))
    points -= uneven_points(problem, seconds)
    points -= (problem.idle + IDLER) * max(0, 2 * aside - used - ASIDE_S)
    points -= DRY_PHASE * sum(max(0, least - time) for time, least in zip(phases, problem.least, strict=True))
    points += problem.balance_worth * balance.bit_count()
    if problem.last_families:
        points -= VARIETY * max(0, 3 * known - len(choices) - problem.last_families)
    idle = max(0, problem.budget - used - moving_s - SPARE_S * len(choices))
    return points - problem.idle * idle - problem.travel * moving_s


def moving_in_order(problem: Problem, choices: Sequence[Choice]) -> int | None:
    """Seconds of moving in the best order that keeps loads apart and the climbing low; None where there is none."""
    return gentle_order(_kinds(problem, choices))


def put_in_order(problem: Problem, choices: Sequence[Choice]) -> Ordered | None:
    """The best order, where there is one that keeps loads apart and the climbing up and down low."""
    kinds = _kinds(problem, choices)
    moving, order = gentle_order(kinds), best_order(kinds)
    if moving is None or order is None:
        return None
    ordered = tuple(choices[n] for n in order)
    return Ordered(ordered, moving, points_of(problem, ordered, moving))


def _kinds(problem: Problem, choices: Sequence[Choice]) -> list[Kind]:
    lines = [problem.lines[choice.line] for choice in choices]
    return [(line.stage, line.place, 0 if line.load == problem.excused else line.load) for line in lines]
