"""Threshold accepting: a walk through feasible selections that accepts ever smaller losses."""

from typing import Final

from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.evaluator import Evaluator
from app.sessions.solver.local_search import SMALL_SESSION, LocalSearch
from app.sessions.solver.moves import MoveGenerator
from app.sessions.solver.packed_sums import INFEASIBLE, PackedSums
from app.sessions.solver.random_source import RandomSource
from app.sessions.solver.shortlist import rank_by_reduced_value

WIDE_THRESHOLD: Final = 300
"""Points that a move may lose at first in a wide run, over all of the shortlist; the threshold
falls to nothing."""
NARROW_THRESHOLD: Final = 150
"""The same in a narrow run, over the placements that promise most beside the incumbent."""
ORDERED_MOVES_DIVISOR: Final = 3
"""A wide run computes orders in its last third alone: what it finds before is outdone."""
MAX_ORDERS: Final = 80
"""Orders computed in one restart."""
NARROW_BASE_SIZE: Final = 16
"""Placements of all and of each stage in a narrow run, and ..."""
NARROW_SIZE_PER_EXERCISE: Final = 2
"""... so many more for each exercise that the session may have."""


class ThresholdAccepting:
    """Restarts of the walk, each ended by a local search; the incumbent is the best of all."""

    def __init__(self, table: CandidateTable, ranking: list[int], seed: int) -> None:
        """`ranking` holds the placements of the shortlist, the most promising first."""
        self.table: CandidateTable = table
        self.evaluator: Evaluator = Evaluator(table)
        self.random: RandomSource = RandomSource(seed)
        self.ranking: list[int] = ranking
        self.moves: MoveGenerator = MoveGenerator(table, ranking)
        self.max_exercises: int = table.problem.max_exercises
        self.required: list[int] = []
        """Candidates of the required exercises, and what must be between them: every run begins
        with it."""
        self.incumbent: list[int] = []
        """Candidates of the best feasible selection; empty while there is none."""
        self.incumbent_points: int = INFEASIBLE
        self.selection: list[int] = []
        """Candidates of the current selection."""
        self.points: int = INFEASIBLE
        self.family_used: list[int] = [0] * table.family_count
        self.sums: PackedSums = self.evaluator.new_sums()
        """Packed sums of the current selection."""
        self.moved_sums: PackedSums = self.evaluator.new_sums()
        """Packed sums of the selection after the proposed move."""

    def start_from_required(self, required: list[int], points: int) -> None:
        """Sets what every run begins with; it is the first incumbent, though usually a poor one."""
        self.required = required
        if self._reset_to(required) and self.moves.remaining_s >= 0:
            self.incumbent, self.incumbent_points = required, points

    def run_restart(self, wide_moves: int, narrow_moves: int) -> None:
        """Updates the incumbent by a wide run, a narrow run from its best, and a local search."""
        previous, previous_points = self.incumbent, self.incumbent_points
        # A restart forgets the incumbent, so that it may look elsewhere; the better of both is kept below.
        if not self.required:
            self.incumbent, self.incumbent_points = [], INFEASIBLE
        self._run_wide(wide_moves)
        if self.incumbent:
            size = NARROW_BASE_SIZE + NARROW_SIZE_PER_EXERCISE * self.max_exercises
            ranking = rank_by_reduced_value(self.table, self.ranking, self.incumbent)
            self.moves.restrict_to(ranking, size, self.incumbent)
            self._run(self.incumbent, narrow_moves, NARROW_THRESHOLD, narrow_moves)
            self._polish()
        if previous_points >= self.incumbent_points:
            self.incumbent, self.incumbent_points = previous, previous_points

    def _run_wide(self, move_count: int) -> None:
        """A run over the whole shortlist; a second with more orders where the first found none."""
        self.moves.restrict_to(self.ranking, len(self.ranking), [])
        self.evaluator.orders_left = MAX_ORDERS
        is_small = self.max_exercises <= SMALL_SESSION
        ordered_moves = move_count if is_small else move_count // ORDERED_MOVES_DIVISOR
        self._run(self.required, move_count, WIDE_THRESHOLD, ordered_moves)
        if not self.incumbent and not self.required:
            self._drop_until_ordered()
        if not self.incumbent:
            self.evaluator.orders_left = move_count
            self._run(self.required, move_count, WIDE_THRESHOLD, move_count)

    def _polish(self) -> None:
        placements = self.ranking if self.max_exercises <= SMALL_SESSION else self.moves.ranking
        search = LocalSearch(self.evaluator, placements, self.moves.is_required, self.incumbent, self.incumbent_points)
        search.run()
        if search.rebalance_loads():
            search.run()
        self.incumbent, self.incumbent_points = search.selection, search.points

    def _run(self, initial: list[int], move_count: int, start_threshold: int, ordered_moves: int) -> None:
        """Tries `move_count` moves from the initial selection.

        `threshold = start_threshold * (remaining / move_count)^2`, in whole points.
        Only in the last `ordered_moves` can the incumbent change: there a selection must have an
        order.
        """
        if not self._reset_to(initial):
            return
        square = move_count * move_count
        for remaining in range(move_count, 0, -1):
            # What the moves without orders have reached may be the best so far: it was never compared.
            if remaining == ordered_moves:
                self._record_if_best()
            if self.moves.propose(self.random.next_bits()):
                threshold = start_threshold * remaining * remaining // square
                self._try_move(self.points - threshold, remaining <= ordered_moves)

    def _reset_to(self, selection: list[int]) -> bool:
        """Makes this the current selection; True where it keeps the hard constraints."""
        # One list for both: the generator sees every move that is made.
        self.selection = self.moves.selection = selection.copy()
        self.sums.assign(selection)
        self.family_used = [0] * self.table.family_count
        for candidate in selection:
            self.family_used[self.table.family[candidate]] = 1
        self.points = self.evaluator.points(self.sums, self.sums.upper_bound(), INFEASIBLE + 1)
        self.moves.remaining_s = self.evaluator.remaining_s(self.sums)
        return self.points > INFEASIBLE

    def _try_move(self, min_points: int, needs_order: bool) -> None:
        """Makes the proposed move unless it is infeasible or leads below `min_points`."""
        moves = self.moves
        count = len(self.selection) - len(moves.removed) + len(moves.inserted)
        if count > self.max_exercises or self._has_family_conflict():
            return
        sums = self.moved_sums
        sums.assign_move(self.sums, self.selection, moves.removed, moves.inserted)
        bound = sums.upper_bound()
        if bound < min_points:
            return
        points = self.evaluator.points(sums, bound, min_points)
        if needs_order and points > self.incumbent_points:
            points = self.evaluator.points_when_ordered(sums, bound, min_points)
        if points == INFEASIBLE:
            return
        # The two objects change roles: cheaper than a copy of five numbers.
        self.sums, self.moved_sums = sums, self.sums
        self.points = points
        moves.remaining_s = self.evaluator.remaining_s(sums)
        self._apply_move()
        if needs_order and points > self.incumbent_points:
            self.incumbent, self.incumbent_points = self.selection.copy(), points

    def _has_family_conflict(self) -> bool:
        """True where an inserted candidate has the family of one that stays or of another."""
        family, selection, inserted = self.table.family, self.selection, self.moves.inserted
        for position, candidate in enumerate(inserted):
            own_family = family[candidate]
            if self.family_used[own_family]:
                is_removed = False
                for index in self.moves.removed:
                    if family[selection[index]] == own_family:
                        is_removed = True
                if not is_removed:
                    return True
            for other in range(position):
                if family[inserted[other]] == own_family:
                    return True
        return False

    def _apply_move(self) -> None:
        """Makes the proposed move in the current selection."""
        family, selection = self.table.family, self.selection
        removed, inserted = self.moves.removed, self.moves.inserted
        for index in removed:
            self.family_used[family[selection[index]]] = 0
        for candidate in inserted:
            self.family_used[family[candidate]] = 1
        if len(removed) == len(inserted):
            for n, index in enumerate(removed):
                selection[index] = inserted[n]
            return
        for index in sorted(removed, reverse=True):
            selection.pop(index)
        selection.extend(inserted)

    def _record_if_best(self) -> None:
        """Makes the current selection the incumbent where it has an order and more points."""
        points = self.evaluator.points_when_ordered(self.sums, self.sums.upper_bound(), self.incumbent_points + 1)
        if self.selection and points > self.incumbent_points:
            self.incumbent, self.incumbent_points = self.selection.copy(), points

    def _drop_until_ordered(self) -> None:
        """Looks for an incumbent in the current selection with candidates removed."""
        selection = self.selection.copy()
        while len(selection) > 1 and not self.incumbent:
            for index in range(len(selection)):
                fewer = selection[:index] + selection[index + 1 :]
                if not self.moves.is_required[self.table.placement[selection[index]]] and self._reset_to(fewer):
                    self._record_if_best()
            selection.pop()
