"""What one candidate adds to the packed sums of a selection. `bit_layout` draws the bits."""

from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.solver.bit_layout import (
    COUNT_BITS,
    COUNTER_BITS,
    GOAL_BITS,
    GOAL_MASK,
    LIMITED_PHASES,
    OFF_GOAL_SHIFT,
    REPEATS_SHIFT,
    VALUE_SHIFT,
    WISH_BITS,
    WISH_SHIFT,
)
from app.sessions.solver.model import IntegerProblem, Placement


class PackedCandidate:
    """What one candidate adds to each of the five sums."""

    def __init__(self, times: int, loads: int, values: int, served: int, kinds: int) -> None:
        self.times: int = times
        self.loads: int = loads
        self.values: int = values
        self.served: int = served
        self.kinds: int = kinds

    def goal_seconds(self, goal_count: int) -> list[int]:
        """Seconds of work that count for each goal."""
        return [self.served >> GOAL_BITS * goal & GOAL_MASK for goal in range(goal_count)]

    def value_at_prices(self, prices: list[int]) -> int:
        """Thousandths of a point: its value, and its seconds at the price of each goal.

        `prices` are in thousandths of a point per second.
        """
        served = self.served
        points = (self.values >> VALUE_SHIFT) * 1000
        for price in prices:
            points += price * (served & GOAL_MASK)
            served >>= GOAL_BITS
        return points


def pack_options(problem: IntegerProblem, placement: Placement, kind: int) -> list[PackedCandidate]:
    """The candidates of a placement, one for each dose option; `kind` numbers its kind."""
    phase: int = PHASE_OF_STAGE[placement.stage]
    load: int = placement.load
    times_per_s = 1
    if phase in LIMITED_PHASES:
        times_per_s |= 1 << COUNTER_BITS * (1 + LIMITED_PHASES.index(phase))
    loads_per_s = 0
    if load in problem.limited_loads:
        loads_per_s = 1 << COUNTER_BITS * problem.limited_loads.index(load)
    for limit in placement.strain_limits:
        loads_per_s |= 1 << COUNTER_BITS * (len(problem.limited_loads) + limit)
    off_goal_per_s = 1 << OFF_GOAL_SHIFT if placement.serves_no_goal else 0
    counts = 1 | placement.repeats_family << REPEATS_SHIFT
    for bit in range(WISH_BITS):
        counts |= (placement.wishes >> bit & 1) << WISH_SHIFT + COUNT_BITS * bit
    goal_shares: list[int] = list(placement.goal_shares)
    packed = []
    for option in placement.options:
        time_s: int = option.time_s
        credit_s: int = option.credit_s
        value: int = placement.value - option.distance
        served = 0
        for goal, share in enumerate(goal_shares):
            served |= credit_s * share // 1000 << GOAL_BITS * goal
        packed.append(
            PackedCandidate(
                times=time_s * times_per_s,
                loads=time_s * loads_per_s,
                values=(value << VALUE_SHIFT) + time_s * off_goal_per_s + counts,
                served=served,
                kinds=1 << COUNT_BITS * kind,
            )
        )
    return packed
