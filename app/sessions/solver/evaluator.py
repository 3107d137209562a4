"""The points of a set of candidates by its sums, in the order that moves least where that is asked."""

from collections.abc import Sequence
from typing import Final

from app.sessions.ordering.sequence import min_transition_s
from app.sessions.ordering.stages import STAGE_COUNT
from app.sessions.ordering.transitions import min_path_s
from app.sessions.solver.candidates import (
    ASIDE_MASK,
    COUNT,
    FIELD,
    FULL,
    GIVES,
    GOAL,
    GOAL_MASK,
    GUARD,
    KNOWN,
    KNOWN_MASK,
    LIMITED,
    MASK,
    VALUE,
    Candidates,
)
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.objective import (
    FREE_IDLE_S,
    FREE_OFF_GOAL_S,
    MAX_IMBALANCE_PENALTY,
    OFF_GOAL_PENALTY_PER_S,
    PHASE_SHORTFALL_PENALTY_PER_S,
    REPEATED_FAMILY_PENALTY,
)

NOTHING: Final = -(1 << 60)
"""Points of what breaks a limit."""


class Tables(Candidates):
    """What a set of candidates is worth; moving and orders are worked out once for each sum of kinds."""

    def __init__(self, problem: IntegerProblem, kept: Sequence[int]) -> None:
        super().__init__(problem, kept)
        assert problem.max_exercises < 1 << KNOWN, "more exercises than the sums can count"
        self.budget: int = problem.budget_s
        self.idle: int = problem.idle_penalty_per_s
        self.travel: int = problem.transition_penalty_per_s
        self.balance: int = problem.balance_bonus
        self.last: int = problem.previous_family_count
        self.lost: int = min(problem.idle_penalty_per_s, problem.transition_penalty_per_s)
        self.worth: list[list[int]] = list(problem.goal_utility)
        self.uneven: int = problem.imbalance_penalty_per_s
        self.shares: list[tuple[int, int]] = list(zip(problem.goal_min_share, problem.goal_max_share, strict=True))
        largest = [problem.budget_s, *[problem.phase_max_s[p] for p in LIMITED]]
        caps = [problem.load_max_s[load] for load in problem.limited_loads]
        self.no_time: int = sum(FULL - most << FIELD * n for n, most in enumerate(largest))
        """What the sum of times begins with."""
        self.no_load: int = sum(FULL - most << FIELD * n for n, most in enumerate(caps))
        self.least: list[tuple[int, int]] = [
            (FIELD * n, problem.phase_min_s[p] + FULL - problem.phase_max_s[p])
            for n, p in enumerate(LIMITED, 1)
            if problem.phase_min_s[p]
        ]
        self._moves: dict[int, int] = {}
        self._moving: dict[int, int] = {}
        self.orders: int = 0
        """How many orders may still be worked out: they are dear."""

    def seconds(self, c: int) -> list[int]:
        """Seconds of the candidate for each goal."""
        served = self.served[c]
        return [served >> GOAL * goal & GOAL_MASK for goal in range(len(self.worth))]

    def milli(self, c: int, prices: list[int]) -> int:
        """Thousandths of a point of the candidate at these prices for a second of each goal."""
        served = self.served[c]
        points = (self.values[c] >> VALUE) * 1000
        for price in prices:
            points += price * (served & GOAL_MASK)
            served >>= GOAL
        return points

    def points(self, times: int, loads: int, values: int, served: int, kinds: int, count: int, least: int) -> int:
        """Points of a set by its sums; `NOTHING` where a limit is broken, or they are under `least`.

        Moving is looked at last: it only costs, and most sets are too poor without it.
        """
        if times & GUARD or loads & GUARD:
            return NOTHING
        points = values >> VALUE
        rest = served
        for worth in self.worth:
            points += worth[rest & GOAL_MASK]
            rest >>= GOAL
        if self.least or self.last:
            points -= self._short(times, values, count)
        idle = FULL - (times & MASK) - FREE_IDLE_S * count
        if self.balance:
            points += self._whole(values >> GIVES)
        if points - (self.lost * idle if idle > 0 else 0) < least:
            return NOTHING
        points -= self._astray(times, values, served)
        moving = self._moves.get(kinds)
        if moving is None:
            moving = self._move(kinds)
        if moving < 0:
            return NOTHING
        idle -= moving
        if idle > 0:
            points -= self.idle * idle
        elif idle < -FREE_IDLE_S * count:
            return NOTHING
        points -= self.travel * moving
        return points if points >= least else NOTHING

    def _whole(self, gives: int) -> int:
        """Points for what a whole session has some of."""
        first, second, third = gives & KNOWN_MASK, gives >> KNOWN & KNOWN_MASK, gives >> 2 * KNOWN & KNOWN_MASK
        return self.balance * ((1 if first else 0) + (1 if second else 0) + (1 if third else 0))

    def _short(self, times: int, values: int, count: int) -> int:
        """Points lost by phases that are short of their least, and by families that the last session had."""
        lost = 0
        for shift, few in self.least:
            short = few - (times >> shift & MASK)
            if short > 0:
                lost += PHASE_SHORTFALL_PENALTY_PER_S * short
        many = 3 * (values & KNOWN_MASK) - count - self.last
        return lost + REPEATED_FAMILY_PENALTY * many if self.last and many > 0 else lost

    def _astray(self, times: int, values: int, served: int) -> int:
        """Points lost by what serves no goal, and by goals under or over their share."""
        beside = values >> KNOWN & ASIDE_MASK
        over = 2 * beside - FREE_OFF_GOAL_S - self.budget + FULL - (times & MASK)
        lost = self._unevenly(served) if self.uneven else 0
        return lost + (self.idle + OFF_GOAL_PENALTY_PER_S) * over if over > 0 else lost

    def _unevenly(self, served: int) -> int:
        """Points lost because goals have less or more than their share."""
        whole = 0
        rest = served
        while rest:
            whole += rest & GOAL_MASK
            rest >>= GOAL
        off = 0
        for low, high in self.shares:
            seconds = 1000 * (served & GOAL_MASK)
            served >>= GOAL
            if seconds < whole * low:
                off += whole * low - seconds
            elif seconds > whole * high:
                off += seconds - whole * high
        lost = off * self.uneven // 1000
        return lost if lost < MAX_IMBALANCE_PENALTY else MAX_IMBALANCE_PENALTY

    def points_apart(self, times: int, loads: int, values: int, served: int, kinds: int, count: int, least: int) -> int:
        """Points in the best order that keeps equal loads apart; `NOTHING` where there is none or they are under."""
        points = self.points(times, loads, values, served, kinds, count, least)
        if points < least:
            return NOTHING
        moving = self.moving_apart(kinds)
        if moving < 0:
            return NOTHING
        more = moving - self._moves[kinds]
        if more:
            room = self.room(times, kinds)
            if room < more:
                return NOTHING
            idle = room - FREE_IDLE_S * count
            points -= more * self.travel
            if idle > 0:
                points += (more if more < idle else idle) * self.idle
        return points if points >= least else NOTHING

    def moving_apart(self, kinds: int) -> int:
        """Least seconds of moving with equal loads kept apart and little climbing.

        -1 where that cannot be, or where no more orders may be worked out.
        """
        moving = self._moving.get(kinds)
        if moving is None:
            if not self.orders:
                return -1
            self.orders -= 1
            found = min_transition_s(self.problem.transitions, [self._kinds[number] for number in _numbers(kinds)])
            moving = self._moving[kinds] = -1 if found is None else found
        return moving

    def room(self, times: int, kinds: int) -> int:
        """Seconds of the budget that a set leaves."""
        moving = self._moves.get(kinds)
        if moving is None:
            moving = self._move(kinds)
        return FULL - (times & MASK) - moving

    def _move(self, kinds: int) -> int:
        """Seconds of moving where equal loads may meet; -1 where a stage has more of a load than can be kept apart."""
        masks, sizes, loads = [0] * STAGE_COUNT, [0] * STAGE_COUNT, [0] * (STAGE_COUNT * self.load_count)
        for number in _numbers(kinds):
            stage = self.stage_of[number]
            masks[stage] |= self.spot_of[number]
            sizes[stage] += 1
            loads[self.load_of[number]] += 1
        moving = 0
        for place, count in enumerate(loads):
            if 2 * count > sizes[place // self.load_count] + 1 and place % self.load_count:
                moving = -1
        if not moving:
            moving = min_path_s(self.problem.transitions, masks)
        self._moves[kinds] = moving
        return moving


def _numbers(kinds: int) -> list[int]:
    """The kinds that a sum of kinds holds, each as often as it is held."""
    found = []
    number = 0
    while kinds:
        many = kinds & (1 << COUNT) - 1
        if many:
            found += [number] * many
            kinds >>= COUNT
            number += 1
        else:
            zeros = ((kinds & -kinds).bit_length() - 1) // COUNT
            kinds >>= COUNT * zeros
            number += zeros
    return found
