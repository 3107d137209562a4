"""Points of a selection by its packed sums and the transitions of its best order."""

from typing import Final

from app.sessions.ordering.sequence import min_transition_s
from app.sessions.ordering.stages import STAGE_COUNT
from app.sessions.ordering.transitions import min_path_s
from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.packed_sums import INFEASIBLE, PackedSums, kind_counts

_NO_ORDER: Final = -1
"""Stands for seconds of transition where there is no order."""


class Evaluator:
    """The objective over packed sums. Seconds of transition are cached by sum of kinds."""

    def __init__(self, table: CandidateTable) -> None:
        self.table: CandidateTable = table
        self.orders_left: int = 0
        """How many more orders may be computed: each costs as much as many evaluations."""
        self._path_s: dict[int, int] = {}
        """By sum of kinds, seconds of transition where equal loads may be adjacent: a lower
        bound."""
        self._ordered_s: dict[int, int] = {}
        """By sum of kinds, seconds of transition in the best order."""

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
        path_s = self._path_s.get(sums.kinds)
        if path_s is None:
            path_s = self._compute_path_s(sums.kinds)
        if path_s < 0:
            return INFEASIBLE
        points = sums.points(bound, path_s)
        return points if points >= min_points else INFEASIBLE

    def points_when_ordered(self, sums: PackedSums, bound: int, min_points: int) -> int:
        """Points in the best order that keeps equal loads apart, from `bound = sums.upper_bound()`.

        `INFEASIBLE` where there is none, it may not be computed any more, or the points are below
        `min_points`.
        """
        points = self.points(sums, bound, min_points)
        if points < min_points:
            return INFEASIBLE
        ordered_s = self.ordered_transition_s(sums.kinds)
        if ordered_s < 0:
            return INFEASIBLE
        if ordered_s > self._path_s[sums.kinds]:
            points = sums.points(bound, ordered_s)
        return points if points >= min_points else INFEASIBLE

    def remaining_s(self, sums: PackedSums) -> int:
        """Seconds of the budget that a selection and its transitions leave; negative beyond it."""
        path_s = self._path_s.get(sums.kinds)
        if path_s is None:
            path_s = self._compute_path_s(sums.kinds)
        return sums.unused_s() - path_s

    def ordered_transition_s(self, kinds: int) -> int:
        """Seconds of transition in the best order; -1 where there is none.

        Also -1 where it is not known yet and no more orders may be computed.
        """
        ordered_s = self._ordered_s.get(kinds)
        if ordered_s is None:
            if not self.orders_left:
                return _NO_ORDER
            # Counted, not timed: the work of a search must be the same on every machine.
            self.orders_left -= 1
            keys = [self.table.kinds[kind] for kind, count in kind_counts(kinds) for _ in range(count)]
            transition_s = min_transition_s(self.table.problem.transitions, keys)
            ordered_s = self._ordered_s[kinds] = _NO_ORDER if transition_s is None else transition_s
        return ordered_s

    def _compute_path_s(self, kinds: int) -> int:
        """Seconds of the shortest path, equal loads adjacent or not.

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
        path_s = 0
        for (stage, _), count in load_counts.items():
            # `count` equal loads need `count - 1` others between them.
            if 2 * count > sizes[stage] + 1:
                path_s = _NO_ORDER
        if path_s == 0:
            path_s = min_path_s(self.table.problem.transitions, masks)
        self._path_s[kinds] = path_s
        return path_s
