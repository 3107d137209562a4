"""Points of a selection by its packed sums and the transitions of its best order."""

from typing import Final

from app.sessions.ordering.sequence import min_order_cost
from app.sessions.ordering.stages import STAGE_COUNT
from app.sessions.ordering.transitions import COST_PER_SECOND, min_floor_changes, min_path_s
from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.packed_sums import INFEASIBLE, PackedSums, kind_counts

_NO_ORDER: Final = -1
"""Stands for the cost of an order where there is none."""


class Evaluator:
    """The objective over packed sums. Costs of orders are cached by sum of kinds.

    A cost is `64 * seconds of transition + floor changes`.
    """

    def __init__(self, table: CandidateTable) -> None:
        self.table: CandidateTable = table
        self.orders_left: int = 0
        """How many more orders may be computed: each costs as much as many evaluations."""
        self.floor_change_penalty: int = table.problem.floor_change_penalty
        self._path_cost: dict[int, int] = {}
        """By sum of kinds, the cost where equal loads may be adjacent: a lower bound."""
        self._ordered_cost: dict[int, int] = {}
        """By sum of kinds, the cost of the best order."""

    def new_sums(self) -> PackedSums:
        """Sums of an empty selection."""
        return PackedSums(self.table.problem, self.table.packed)

    def points(self, sums: PackedSums, bound: int, min_points: int) -> int:
        """Points where equal loads may be adjacent, from `bound = sums.upper_bound()`.

        `INFEASIBLE` where a hard constraint is broken or the points are below `min_points`. An
        inner loop tests the bound before it calls: four selections of five are rejected by it
        alone.
        """
        if bound < min_points:
            return INFEASIBLE
        cost = self._path_cost.get(sums.kinds)
        if cost is None:
            cost = self._compute_path_cost(sums.kinds)
        if cost < 0:
            return INFEASIBLE
        points = sums.points(bound, cost // COST_PER_SECOND)
        if cost % COST_PER_SECOND > 1:
            points -= self.floor_change_penalty * (cost % COST_PER_SECOND - 1)
        return points if points >= min_points else INFEASIBLE

    def points_when_ordered(self, sums: PackedSums, bound: int, min_points: int) -> int:
        """Points in the best order that keeps equal loads apart, from `bound = sums.upper_bound()`.

        `INFEASIBLE` where there is none, it may not be computed any more, or the points are below
        `min_points`.
        """
        points = self.points(sums, bound, min_points)
        if points < min_points:
            return INFEASIBLE
        cost = self.ordered_cost(sums.kinds)
        if cost < 0:
            return INFEASIBLE
        if cost > self._path_cost[sums.kinds]:
            points = sums.points(bound, cost // COST_PER_SECOND)
            if cost % COST_PER_SECOND > 1:
                points -= self.floor_change_penalty * (cost % COST_PER_SECOND - 1)
        return points if points >= min_points else INFEASIBLE

    def remaining_s(self, sums: PackedSums) -> int:
        """Seconds of the budget that a selection and its transitions leave; negative beyond it."""
        cost = self._path_cost.get(sums.kinds)
        if cost is None:
            cost = self._compute_path_cost(sums.kinds)
        return sums.unused_s() - cost // COST_PER_SECOND

    def ordered_cost(self, kinds: int) -> int:
        """`64 * seconds + floor changes` of the best order; -1 where there is none.

        Also -1 where it is not known yet and no more orders may be computed.
        """
        ordered_cost = self._ordered_cost.get(kinds)
        if ordered_cost is None:
            if not self.orders_left:
                return _NO_ORDER
            # Counted, not timed: the work of a search must be the same on every machine.
            self.orders_left -= 1
            keys = [self.table.kinds[kind] for kind, count in kind_counts(kinds) for _ in range(count)]
            min_cost = min_order_cost(self.table.problem.transitions, keys)
            ordered_cost = self._ordered_cost[kinds] = _NO_ORDER if min_cost is None else min_cost
        return ordered_cost

    def _compute_path_cost(self, kinds: int) -> int:
        """Seconds of the shortest path and fewest floor changes, equal loads adjacent or not.

        -1 where a stage has more exercises of a load than the others of the stage can keep apart.
        """
        masks = [0] * STAGE_COUNT
        sizes = [0] * STAGE_COUNT
        load_counts: dict[tuple[int, int], int] = {}
        for kind, count in kind_counts(kinds):
            stage, position, load = self.table.kinds[kind]
            masks[stage] |= 1 << position
            sizes[stage] += count
            if load:
                load_counts[stage, load] = load_counts.get((stage, load), 0) + count
        path_cost = 0
        for (stage, _), count in load_counts.items():
            # `count` equal loads need `count - 1` others between them.
            if 2 * count > sizes[stage] + 1:
                path_cost = _NO_ORDER
        if path_cost == 0:
            path_cost = COST_PER_SECOND * min_path_s(self.table.problem.transitions, masks)
            if self.floor_change_penalty:
                path_cost += min_floor_changes(self.table.problem.transitions, masks)
        self._path_cost[kinds] = path_cost
        return path_cost
