"""Local search: best replacement, addition and pair of doses, until nothing improves."""

from bisect import bisect_right
from typing import Final

from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.evaluator import Evaluator
from app.sessions.solver.packed_sums import INFEASIBLE, PackedSums

MAX_ROUNDS: Final = 2
"""Rounds, each of bounded work."""
OPTIONS_TRIED: Final = 2
"""Longest doses that fit, of a placement that may come in: long ones leave least idle time."""
SMALL_SESSION: Final = 4
"""Exercises up to which a session is small: cheap enough to be searched more widely."""
OPTIONS_TRIED_WHEN_SMALL: Final = 8
"""The same number of doses in a small session."""
MAX_LOAD_PARTNERS: Final = 4
"""Placements of one load that are tried beside an exercise that gives up some of its seconds."""


class LocalSearch:
    """A selection that only ever gains points."""

    def __init__(
        self, evaluator: Evaluator, placements: list[int], is_required: list[bool], selection: list[int], points: int
    ) -> None:
        """`placements` may come in; `points` are those of the selection in its best order."""
        self.evaluator: Evaluator = evaluator
        self.table: CandidateTable = evaluator.table
        self.placements: list[int] = placements
        self.is_required: list[bool] = is_required
        self.selection: list[int] = selection.copy()
        self.points: int = points
        self.max_exercises: int = self.table.problem.max_exercises
        self.options_tried: int = (
            OPTIONS_TRIED_WHEN_SMALL
            if self.max_exercises <= SMALL_SESSION or self.table.problem.strain_max_s
            else OPTIONS_TRIED
        )
        self.sums: PackedSums = evaluator.new_sums()
        """Packed sums of the selection, or of the part of it that stays."""
        self.with_first: PackedSums = evaluator.new_sums()
        """The same with the first of a pair."""
        self.changed: PackedSums = evaluator.new_sums()
        """The same with all that is tried."""
        self.sums.assign(selection)
        self.points_when_tried: dict[tuple[int, int], int] = {}
        """For each index, and pair of indices, the points when it was last tried: with the same points the selection
        is the same, and the trial would gain nothing again."""

    def run(self) -> None:
        """Improves the selection round after round, until a round gains nothing."""
        for _ in range(MAX_ROUNDS):
            initial_points = self.points
            for index in range(len(self.selection)):
                if self._is_to_try(index, index):
                    self._replace_best(index)
            if len(self.selection) < self.max_exercises:
                self._add_best()
            for index in range(len(self.selection)):
                for other in range(index):
                    if self._is_to_try(index, other):
                        self._redose_pair(index, other)
            if self.points == initial_points:
                return

    def _is_to_try(self, index: int, other: int) -> bool:
        """True where the selection has changed since these were tried; notes that they are tried now."""
        pair = index, other
        is_known = self.points_when_tried.get(pair) == self.points
        self.points_when_tried[pair] = self.points
        return not is_known

    def _replace_best(self, index: int) -> None:
        """Puts the best candidate in the place of one, all others staying."""
        table = self.table
        old = self.selection[index]
        own_placement = table.placement[old]
        room_s = self.evaluator.remaining_s(self.sums) + table.time_s[old]
        self.sums.remove(old)
        families = {table.family[candidate] for n, candidate in enumerate(self.selection) if n != index}
        placements = [own_placement] if self.is_required[own_placement] else [own_placement, *self.placements]
        best = self._best_insertion(families, room_s, own_placement, placements)
        self.selection[index] = best if best >= 0 else old
        self.sums.add(self.selection[index])

    def _add_best(self) -> None:
        """Adds the best further candidate, where one gains points."""
        families = {self.table.family[candidate] for candidate in self.selection}
        best = self._best_insertion(families, self.evaluator.remaining_s(self.sums), -1, self.placements)
        if best >= 0:
            self.selection.append(best)
            self.sums.add(best)

    def _best_insertion(self, families: set[int], room_s: int, own_placement: int, placements: list[int]) -> int:
        """The candidate that gains most beside `sums`, and takes its points; -1 where none gains.

        Tries all doses of the placement `own_placement` and the longest of the others that fit. `families`
        may not come in.
        """
        table, evaluator, changed, best = self.table, self.evaluator, self.changed, -1
        for placement in placements:
            first = table.first[placement]
            if table.family[first] in families:
                continue
            fitting = bisect_right(table.dose_seconds[placement], room_s)
            shortest = 0 if placement == own_placement or fitting < self.options_tried else fitting - self.options_tried
            for candidate in range(first + shortest, first + fitting):
                changed.assign_with(self.sums, candidate)
                # Tested here, because most candidates are rejected by the bound: it saves a call.
                bound = changed.upper_bound()
                if bound > self.points:
                    points = evaluator.points_when_ordered(changed, bound, self.points + 1)
                    if points > INFEASIBLE:
                        self.points, best = points, candidate
        return best

    def _redose_pair(self, index: int, other: int) -> None:
        """Gives two exercises their best doses: what one gives up is free for the other."""
        table, selection = self.table, self.selection
        placement, other_placement = table.placement[selection[index]], table.placement[selection[other]]
        room_s = self.evaluator.remaining_s(self.sums)
        room_s += table.time_s[selection[index]] + table.time_s[selection[other]]
        self.sums.remove(selection[index])
        self.sums.remove(selection[other])
        first, other_first = table.first[placement], table.first[other_placement]
        for candidate in range(first, first + len(table.dose_seconds[placement])):
            self.with_first.assign_with(self.sums, candidate)
            fitting = bisect_right(table.dose_seconds[other_placement], room_s - table.time_s[candidate])
            shortest = fitting - self.options_tried if fitting > self.options_tried else 0
            for other_candidate in range(other_first + shortest, other_first + fitting):
                self.changed.assign_with(self.with_first, other_candidate)
                bound = self.changed.upper_bound()
                if bound > self.points:
                    points = self.evaluator.points_when_ordered(self.changed, bound, self.points + 1)
                    if points > INFEASIBLE:
                        self.points = points
                        selection[index], selection[other] = candidate, other_candidate
        self.sums.add(selection[index])
        self.sums.add(selection[other])

    def rebalance_loads(self) -> bool:
        """Lets an exercise give up seconds of a limited load to another that is inserted.

        True where that gained points.
        """
        initial_points = self.points
        for giver in range(len(self.selection)):
            for index in range(-1 if len(self.selection) < self.max_exercises else 0, len(self.selection)):
                stays = index >= 0 and self.is_required[self.table.placement[self.selection[index]]]
                if index != giver and not stays and self.table.limited_load[self.selection[giver]] >= 0:
                    self._share_load(index, giver)
        return self.points > initial_points

    def _share_load(self, index: int, giver: int) -> None:
        """Inserts the best candidate with the load of `giver`, which gets a shorter dose.

        It replaces the candidate at `index`, or is added where that is -1.
        """
        table = self.table
        old_dose = self.selection[giver]
        rest = [candidate for n, candidate in enumerate(self.selection) if n not in (index, giver)]
        load = table.limited_load[old_dose]
        used_s = sum([table.time_s[candidate] for candidate in rest if table.limited_load[candidate] == load])
        room_s = self.evaluator.remaining_s(self.sums) + table.time_s[old_dose]
        if index >= 0:
            room_s += table.time_s[self.selection[index]]
            self.sums.remove(self.selection[index])
        self.sums.remove(old_dose)
        room_s = min(room_s, table.problem.load_max_s[load] - used_s)
        best, shorter = self._best_partner(old_dose, rest, room_s)
        self.selection[giver] = shorter
        self.sums.add(shorter)
        if best < 0:
            best = self.selection[index] if index >= 0 else -1
        elif index >= 0:
            self.selection[index] = best
        else:
            self.selection.append(best)
        if best >= 0:
            self.sums.add(best)

    def _best_partner(self, old_dose: int, rest: list[int], room_s: int) -> tuple[int, int]:
        """The candidate that gains most beside a shorter dose of `old_dose`, and that dose.

        (-1, `old_dose`) where none gains.
        """
        table = self.table
        load = table.limited_load[old_dose]
        families = {table.family[candidate] for candidate in rest} | {table.family[old_dose]}
        best, shorter, tried = -1, old_dose, 0
        for placement in self.placements:
            first = table.first[placement]
            if table.limited_load[first] != load or table.family[first] in families:
                continue
            tried += 1
            if tried > MAX_LOAD_PARTNERS:
                break
            for dose in range(table.first[table.placement[old_dose]], old_dose):
                # The sums stand for the rest of the selection with this dose while a partner is sought.
                self.sums.add(dose)
                inserted = self._best_insertion(families, room_s - table.time_s[dose], -1, [placement])
                self.sums.remove(dose)
                if inserted >= 0:
                    best, shorter = inserted, dose
        return best, shorter
