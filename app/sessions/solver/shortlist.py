"""Which placements the search looks at: at first, and at the prices that a selection sets."""

from typing import Final

from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.objective import FREE_IDLE_S
from app.sessions.solver.packed_sums import INFEASIBLE

SHORTLIST_SIZE: Final = 240
"""Placements up to which all are looked at; of more, two thirds of this by rank and some of each
stage and load."""
MIN_PER_STAGE_AND_LOAD: Final = 4
"""Placements of each stage and load that are looked at, whatever their rank."""
OVERHEAD_S: Final = 30
"""Seconds added to a dose where points per second are compared: an exercise costs more than its
own seconds."""
PRICE_WINDOW_BELOW_S: Final = 30
"""Seconds below the current seconds of a goal where the window begins over which its marginal
utility is averaged."""
PRICE_WINDOW_ABOVE_S: Final = 60
"""Seconds above the current seconds of a goal where that window ends."""
TIME_PRICE_PERCENTILE: Final = 20
"""Percentile of points per second among the selected candidates that is the shadow price of a
second."""


def shortlist(problem: IntegerProblem) -> list[int]:
    """Placements worth looking at, best first by points per second of a middling dose.

    Where there are many, the best and some of each stage and load.
    """
    # Ties go to the lower number, which follows the slug: the order of rows never matters.
    values = [(-_standalone_value(problem, number), number) for number in range(len(problem.placements))]
    values.sort()
    if len(values) <= SHORTLIST_SIZE:
        return [number for _, number in values]
    selected: list[int] = []
    counts: dict[tuple[int, int], int] = {}
    for rank, (_, number) in enumerate(values):
        placement = problem.placements[number]
        key = (placement.stage, placement.load)
        counts[key] = counts.get(key, 0) + 1
        is_early = rank < SHORTLIST_SIZE * 2 // 3 or counts[key] <= MIN_PER_STAGE_AND_LOAD
        if is_early or placement.exercise in problem.required:
            selected.append(number)
    return selected


def rank_by_reduced_value(table: CandidateTable, placements: list[int], selection: list[int]) -> list[int]:
    """The placements, best first by the greatest reduced value among their doses.

    Reduced value: points at the marginal utility of each goal, less the seconds at their shadow
    price. The shadow price is a low percentile of points per second among the selected candidates.
    """
    goal_utility = table.problem.goal_utility
    served = [0] * len(goal_utility)
    for candidate in selection:
        for goal, seconds in enumerate(table.packed[candidate].goal_seconds(len(served))):
            served[goal] += seconds
    prices = [_marginal_utility(utility, seconds) for utility, seconds in zip(goal_utility, served, strict=True)]
    rates = [
        table.packed[candidate].value_at_prices(prices) // (table.time_s[candidate] + FREE_IDLE_S)
        for candidate in selection
    ]
    rates.sort()
    # A low percentile: time is worth what the less productive exercises of the selection make of it.
    time_price = rates[len(rates) * TIME_PRICE_PERCENTILE // 100]
    ranked = []
    for number in placements:
        best = INFEASIBLE
        for candidate in range(table.first[number], table.first[number] + len(table.dose_seconds[number])):
            value = table.packed[candidate].value_at_prices(prices) - table.time_s[candidate] * time_price
            best = value if value > best else best
        ranked.append((-best, number))
    ranked.sort()
    return [number for _, number in ranked]


def _marginal_utility(utility: list[int], served: int) -> int:
    """Thousandths of a point for one more second of a goal that has `served` seconds."""
    low = max(0, min(served, len(utility) - 1) - PRICE_WINDOW_BELOW_S)
    high = min(len(utility) - 1, served + PRICE_WINDOW_ABOVE_S)
    return (utility[high] - utility[low]) * 1000 // max(1, high - low)


def _standalone_value(problem: IntegerProblem, number: int) -> int:
    """Thousandths of a point per second of a placement at its middling dose, alone in a session."""
    placement = problem.placements[number]
    option = placement.options[len(placement.options) // 2]
    points = placement.value - option.distance + problem.idle_penalty_per_s * option.time_s
    for utility, share in zip(problem.goal_utility, placement.goal_shares, strict=True):
        points += utility[option.credit_s * share // 1000]
    return points * 1000 // (option.time_s + OVERHEAD_S)
