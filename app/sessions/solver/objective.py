"""The objective and the hard constraints in their plain form, and the order of a selection.

`evaluator` computes the same from packed running sums, many times as fast; tests compare the two.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.sessions.ordering.sequence import SequenceKey, min_order_cost, min_transition_s, optimal_sequence
from app.sessions.ordering.stages import PHASE_COUNT, PHASE_OF_STAGE
from app.sessions.ordering.transitions import COST_PER_SECOND
from app.sessions.ordering.variety import NO_GOAL, vary_order
from app.sessions.solver.model import BEGINNING_WISH, Choice, IntegerProblem, Placement

FREE_IDLE_S: Final = 5
"""Seconds by which getting ready for one exercise can be stretched: `5 * exercises` idle seconds
cost nothing."""
PHASE_SHORTFALL_PENALTY_PER_S: Final = 40
"""Points lost for each second that a phase is short of its minimum: `40 * max(0, phase_min_s -
seconds)`."""
REPEATED_FAMILY_PENALTY: Final = 600
"""Points lost for each family too many that the last session had too.

`600 * max(0, 3 * repeated - exercises - previous_family_count)`: about a third of the exercises may
repeat.
"""
OFF_GOAL_ALLOWANCE_S: Final = 400
"""Seconds that exercises without a goal may take more than the others before a penalty applies."""
OFF_GOAL_PENALTY_PER_S: Final = 2
"""Points lost for each further such second, beyond the points of an idle second.

`(idle_penalty_per_s + 2) * max(0, 2 * off_goal_s - used_s - 400)`: more of it is worse than an
empty second.
"""
MAX_IMBALANCE_PENALTY: Final = 900
"""Most points that goals outside their shares cost. Bounded, so that a share out of reach
changes little else."""


class OrderedSelection(NamedTuple):
    """A selection in the order in which it is done."""

    choices: tuple[Choice, ...]
    transition_s: int
    points: int


def goal_seconds(problem: IntegerProblem, choices: Sequence[Choice]) -> list[int]:
    """Seconds of work that count for each goal; each exercise counts whole seconds."""
    seconds = [0] * len(problem.goal_utility)
    for choice in choices:
        credit_s = problem.option_of(choice).credit_s
        for goal, share in enumerate(problem.placement_of(choice).goal_shares):
            # Whole seconds of each exercise, as a session states them: rounding the total would not add up.
            seconds[goal] += credit_s * share // 1000
    return seconds


def is_feasible(problem: IntegerProblem, choices: Sequence[Choice], transition_s: int) -> bool:
    """True where the selection keeps every hard constraint but those of its order."""
    placements = [problem.placement_of(choice) for choice in choices]
    if len(placements) > problem.max_exercises:
        return False
    if len({placement.family for placement in placements}) < len(placements):
        return False
    if not {placement.exercise for placement in placements}.issuperset(problem.required):
        return False
    used_s = sum([problem.option_of(choice).time_s for choice in choices])
    return used_s + transition_s <= problem.budget_s and _is_within_maxima(problem, choices)


def _is_within_maxima(problem: IntegerProblem, choices: Sequence[Choice]) -> bool:
    """True where no phase, no limited load and no limited strain has too many seconds."""
    phases = [0] * PHASE_COUNT
    strains = [0] * len(problem.strain_max_s)
    loads = [0] * len(problem.load_max_s)
    for choice in choices:
        placement, time_s = problem.placement_of(choice), problem.option_of(choice).time_s
        phases[PHASE_OF_STAGE[placement.stage]] += time_s
        loads[placement.load] += time_s
        for limit in placement.strain_limits:
            strains[limit] += time_s
    if any(time_s > limit for time_s, limit in zip(strains, problem.strain_max_s, strict=True)):
        return False
    if any(time_s > limit for time_s, limit in zip(phases, problem.phase_max_s, strict=True)):
        return False
    return all(loads[load] <= problem.load_max_s[load] for load in problem.limited_loads)


def objective(problem: IntegerProblem, choices: Sequence[Choice], transition_s: int, floor_changes: int = 0) -> int:
    """Points of a feasible selection: value and goal utility, less penalties.

    `transition_s` and `floor_changes` are those of its order.
    """
    placements = [problem.placement_of(choice) for choice in choices]
    options = [problem.option_of(choice) for choice in choices]
    used_s = sum([option.time_s for option in options])
    points = sum([placement.value for placement in placements]) - sum([option.distance for option in options])
    seconds = goal_seconds(problem, choices)
    points += sum(utility[min(s, problem.budget_s)] for utility, s in zip(problem.goal_utility, seconds, strict=True))
    wishes = 0
    for placement in placements:
        wishes |= placement.wishes
    points += sum([own for bit, own in enumerate(problem.wish_points) if wishes >> bit & 1])
    points -= imbalance_penalty(problem, seconds)
    points -= _off_goal_penalty(problem, choices, used_s)
    points -= _phase_shortfall_penalty(problem, choices)
    points -= _repetition_penalty(problem, choices)
    points -= problem.floor_change_penalty * max(0, floor_changes - 1)
    idle_s = max(0, problem.budget_s - used_s - transition_s - FREE_IDLE_S * len(choices))
    return points - problem.idle_penalty_per_s * idle_s - problem.transition_penalty_per_s * transition_s


def imbalance_penalty(problem: IntegerProblem, seconds: Sequence[int]) -> int:
    """Points lost because goals have less or more than their share of the seconds for goals.

    `min(300, imbalance_penalty_per_s * outside // 1000)`, where `outside` sums over the goals
    `max(0, total * min_share - 1000 * s, 1000 * s - total * max_share)`.
    """
    total = sum(seconds)
    outside = 0
    for goal_s, low, high in zip(seconds, problem.goal_min_share, problem.goal_max_share, strict=True):
        outside += max(0, total * low - 1000 * goal_s, 1000 * goal_s - total * high)
    return min(MAX_IMBALANCE_PENALTY, outside * problem.imbalance_penalty_per_s // 1000)


def _off_goal_penalty(problem: IntegerProblem, choices: Sequence[Choice], used_s: int) -> int:
    # Doubled, because `used_s` holds the off-goal seconds too: they may equal the others.
    off_goal_s = 0
    for choice in choices:
        if problem.placement_of(choice).serves_no_goal:
            off_goal_s += problem.option_of(choice).time_s
    return (problem.idle_penalty_per_s + OFF_GOAL_PENALTY_PER_S) * max(
        0, 2 * off_goal_s - used_s - OFF_GOAL_ALLOWANCE_S
    )


def _phase_shortfall_penalty(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    phases = [0] * PHASE_COUNT
    for choice in choices:
        phases[PHASE_OF_STAGE[problem.placement_of(choice).stage]] += problem.option_of(choice).time_s
    short = [max(0, minimum - time) for time, minimum in zip(phases, problem.phase_min_s, strict=True)]
    return PHASE_SHORTFALL_PENALTY_PER_S * sum(short)


def _repetition_penalty(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    if not problem.previous_family_count:
        return 0
    repeated = sum([problem.placement_of(choice).repeats_family for choice in choices])
    return REPEATED_FAMILY_PENALTY * max(0, 3 * repeated - len(choices) - problem.previous_family_count)


def ordered_transition_s(problem: IntegerProblem, choices: Sequence[Choice]) -> int | None:
    """Seconds of transition in the best order that keeps loads apart; None where there is none."""
    return min_transition_s(problem.transitions, _sequence_keys(problem, choices))


def order_selection(problem: IntegerProblem, choices: Sequence[Choice]) -> OrderedSelection | None:
    """The selection in its best order; None where no order keeps loads apart.

    Also None where the best order has more floor changes than `min_transition_s` allows.
    """
    # Sorted, so that of orders that cost the same the choice is always the same.
    choices = sorted(choices)
    keys = _sequence_keys(problem, choices)
    cost, order = min_order_cost(problem.transitions, keys), optimal_sequence(problem.transitions, keys)
    if cost is None or order is None:
        return None
    placements = [problem.placement_of(choice) for choice in choices]
    main_goals = [main_goal(placement) for placement in placements]
    is_gentle = [bool(placement.wishes & BEGINNING_WISH) for placement in placements]
    order = vary_order(problem.transitions, keys, order, main_goals, is_gentle)
    ordered = tuple([choices[index] for index in order])
    transition_s, floor_changes = divmod(cost, COST_PER_SECOND)
    return OrderedSelection(ordered, transition_s, objective(problem, ordered, transition_s, floor_changes))


def main_goal(placement: Placement) -> int:
    """The goal that gets most of its seconds, by number."""
    share = max(placement.goal_shares, default=0)
    return placement.goal_shares.index(share) if share else NO_GOAL


def _sequence_keys(problem: IntegerProblem, choices: Sequence[Choice]) -> list[SequenceKey]:
    placements = [problem.placement_of(choice) for choice in choices]
    exempt = problem.repeatable_load
    return [(one.stage, one.position, 0 if one.load == exempt else one.load) for one in placements]
