"""Packed sums of a selection, and the terms of the objective that follow from them.

`bit_layout` draws the bits.
"""

from typing import Final

from app.sessions.solver.bit_layout import (
    COUNT_BITS,
    COUNT_MASK,
    COUNTER_BITS,
    COUNTER_MASK,
    COUNTER_MAX,
    COUNTERS,
    GOAL_BITS,
    GOAL_MASK,
    LIMITED_PHASES,
    OFF_GOAL_MASK,
    OFF_GOAL_SHIFT,
    OVERFLOW_BITS,
    REPEATS_SHIFT,
    VALUE_SHIFT,
    WISH_MASKS,
    overflow_bits,
)
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.objective import (
    FREE_IDLE_S,
    MAX_IMBALANCE_PENALTY,
    OFF_GOAL_ALLOWANCE_S,
    OFF_GOAL_PENALTY_PER_S,
    PHASE_SHORTFALL_PENALTY_PER_S,
    REPEATED_FAMILY_PENALTY,
)
from app.sessions.solver.packed_candidate import PackedCandidate

INFEASIBLE: Final = -(1 << 60)
"""Points of a selection that breaks a hard constraint: fewer than any that keeps all."""


class PackedSums:
    """The sums of one selection, and the terms of the objective that follow from them."""

    def __init__(self, problem: IntegerProblem, candidates: list[PackedCandidate]) -> None:
        assert problem.max_exercises <= COUNT_MASK, "more exercises than a counter can count"
        assert len(problem.limited_loads) <= COUNTERS, "more limited loads than counters"
        self.candidates: list[PackedCandidate] = candidates
        limits = [problem.budget_s, *[problem.phase_max_s[phase] for phase in LIMITED_PHASES]]
        self.empty_times: int = _initial_counters(limits)
        load_limits = [*[problem.load_max_s[load] for load in problem.limited_loads], *problem.strain_max_s]
        self.empty_loads: int = _initial_counters(load_limits)
        self.load_overflow_bits: int = overflow_bits(len(load_limits))
        self.budget_s: int = problem.budget_s
        self.goal_utility: list[list[int]] = list(problem.goal_utility)
        self.goal_shares: list[tuple[int, int]] = list(zip(problem.goal_min_share, problem.goal_max_share, strict=True))
        self.imbalance_penalty_per_s: int = problem.imbalance_penalty_per_s
        self.phase_minima: list[tuple[int, int]] = [
            (COUNTER_BITS * n, problem.phase_min_s[phase] + COUNTER_MAX - problem.phase_max_s[phase])
            for n, phase in enumerate(LIMITED_PHASES, 1)
            if problem.phase_min_s[phase]
        ]
        """Of each phase with a minimum, the shift of its counter and the counter at the minimum."""
        self.previous_family_count: int = problem.previous_family_count
        self.wishes: list[tuple[int, int]] = [
            (mask, points) for mask, points in zip(WISH_MASKS, problem.wish_points, strict=True) if points
        ]
        """Of each wish that earns points, the bits of its count and the points."""
        self.idle_penalty_per_s: int = problem.idle_penalty_per_s
        self.transition_penalty_per_s: int = problem.transition_penalty_per_s
        self.min_penalty_per_s: int = min(problem.idle_penalty_per_s, problem.transition_penalty_per_s)
        self.times: int = self.empty_times
        self.loads: int = self.empty_loads
        self.values: int = 0
        self.served: int = 0
        self.kinds: int = 0
        """The exercises of each kind: decides the order and the seconds of transition."""

    def assign(self, selection: list[int]) -> None:
        """Becomes the sums of these candidates."""
        self.times, self.loads = self.empty_times, self.empty_loads
        self.values = self.served = self.kinds = 0
        for candidate in selection:
            self.add(candidate)

    def add(self, candidate: int) -> None:
        """Adds one candidate."""
        packed = self.candidates[candidate]
        self.times += packed.times
        self.loads += packed.loads
        self.values += packed.values
        self.served += packed.served
        self.kinds += packed.kinds

    def remove(self, candidate: int) -> None:
        """Takes one candidate off."""
        packed = self.candidates[candidate]
        self.times -= packed.times
        self.loads -= packed.loads
        self.values -= packed.values
        self.served -= packed.served
        self.kinds -= packed.kinds

    def assign_with(self, base: "PackedSums", candidate: int) -> None:
        """Becomes the sums of `base` and one candidate more."""
        packed = self.candidates[candidate]
        self.times = base.times + packed.times
        self.loads = base.loads + packed.loads
        self.values = base.values + packed.values
        self.served = base.served + packed.served
        self.kinds = base.kinds + packed.kinds

    def assign_move(self, base: "PackedSums", selection: list[int], removed: list[int], inserted: list[int]) -> None:
        """Becomes the sums of `base` after a move.

        `removed` holds indices into `selection`, `inserted` holds candidates.
        """
        # Local names on purpose: in plain Python an attribute costs more than the addition.
        candidates = self.candidates
        times, loads, values, served, kinds = base.times, base.loads, base.values, base.served, base.kinds
        for candidate in inserted:
            packed = candidates[candidate]
            times += packed.times
            loads += packed.loads
            values += packed.values
            served += packed.served
            kinds += packed.kinds
        for index in removed:
            packed = candidates[selection[index]]
            times -= packed.times
            loads -= packed.loads
            values -= packed.values
            served -= packed.served
            kinds -= packed.kinds
        self.times, self.loads, self.values, self.served, self.kinds = times, loads, values, served, kinds

    def unused_s(self) -> int:
        """Seconds of the budget that the exercises leave, for transitions and idle time."""
        return COUNTER_MAX - (self.times & COUNTER_MASK)

    def upper_bound(self) -> int:
        """Most points that the selection can have in any order.

        `INFEASIBLE` where the budget or the limit of a phase or load is broken.

        Transitions can only turn idle seconds into seconds of transition, so each idle second costs
        at least the smaller of the two penalties. Imbalance and off-goal time are left out: most
        selections fail without them.
        """
        # The cheapest test comes first: one move of seven fails it.
        times = self.times
        if times & OVERFLOW_BITS or self.loads & self.load_overflow_bits:
            return INFEASIBLE
        values = self.values
        points = values >> VALUE_SHIFT
        served = self.served
        for utility in self.goal_utility:
            points += utility[served & GOAL_MASK]
            served >>= GOAL_BITS
        # In this function on purpose: in plain Python a call costs more than the loop.
        for shift, minimum in self.phase_minima:
            short_s = minimum - (times >> shift & COUNTER_MASK)
            if short_s > 0:
                points -= PHASE_SHORTFALL_PENALTY_PER_S * short_s
        if self.previous_family_count:
            points -= self._repetition_penalty()
        for mask, wish_points in self.wishes:
            if values & mask:
                points += wish_points
        idle_s = COUNTER_MAX - (times & COUNTER_MASK) - FREE_IDLE_S * (values & COUNT_MASK)
        return points - self.min_penalty_per_s * idle_s if idle_s > 0 else points

    def points(self, bound: int, transition_s: int) -> int:
        """Points with `transition_s`, from the upper bound; `INFEASIBLE` beyond the budget."""
        free_s = FREE_IDLE_S * (self.values & COUNT_MASK)
        idle_s = COUNTER_MAX - (self.times & COUNTER_MASK) - free_s
        points = bound - self._off_goal_penalty()
        if self.imbalance_penalty_per_s:
            points -= self._imbalance_penalty()
        if idle_s > 0:
            points += self.min_penalty_per_s * idle_s
        idle_s -= transition_s
        if idle_s > 0:
            points -= self.idle_penalty_per_s * idle_s
        # Getting ready need not be stretched, so transitions may use up the free seconds as well.
        elif idle_s < -free_s:
            return INFEASIBLE
        return points - self.transition_penalty_per_s * transition_s

    def _repetition_penalty(self) -> int:
        """Points lost by families of the last session."""
        repeats = self.values >> REPEATS_SHIFT & COUNT_MASK
        excess = 3 * repeats - (self.values & COUNT_MASK) - self.previous_family_count
        return REPEATED_FAMILY_PENALTY * excess if excess > 0 else 0

    def _off_goal_penalty(self) -> int:
        off_goal_s = self.values >> OFF_GOAL_SHIFT & OFF_GOAL_MASK
        used_s = self.budget_s - COUNTER_MAX + (self.times & COUNTER_MASK)
        excess_s = 2 * off_goal_s - used_s - OFF_GOAL_ALLOWANCE_S
        return (self.idle_penalty_per_s + OFF_GOAL_PENALTY_PER_S) * excess_s if excess_s > 0 else 0

    def _imbalance_penalty(self) -> int:
        total = 0
        served = self.served
        while served:
            total += served & GOAL_MASK
            served >>= GOAL_BITS
        served = self.served
        outside = 0
        for low, high in self.goal_shares:
            seconds = 1000 * (served & GOAL_MASK)
            served >>= GOAL_BITS
            if seconds < total * low:
                outside += total * low - seconds
            elif seconds > total * high:
                outside += seconds - total * high
        penalty = outside * self.imbalance_penalty_per_s // 1000
        return penalty if penalty < MAX_IMBALANCE_PENALTY else MAX_IMBALANCE_PENALTY


def _initial_counters(limits: list[int]) -> int:
    """Counters that begin so high that each overflows when its limit is passed."""
    return sum([COUNTER_MAX - limit << COUNTER_BITS * n for n, limit in enumerate(limits)])


def kind_counts(kinds: int) -> list[tuple[int, int]]:
    """(Kind, count) of every kind in a sum of kinds."""
    counts = []
    kind = 0
    while kinds:
        count = kinds & COUNT_MASK
        if count:
            counts.append((kind, count))
            kinds >>= COUNT_BITS
            kind += 1
        else:
            # Selections hold few of many kinds: skip all empty counters at once.
            empty = ((kinds & -kinds).bit_length() - 1) // COUNT_BITS
            kinds >>= COUNT_BITS * empty
            kind += empty
    return counts
