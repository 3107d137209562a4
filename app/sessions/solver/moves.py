"""Neighbourhood moves: what to remove from a selection and what to insert, at random."""

from bisect import bisect_right
from typing import Final

from app.sessions.solver.candidates import CandidateTable

DRAW_MASK: Final = 127
"""The lowest 7 random bits draw the kind of a move: 0 to 127."""
ADD_BELOW: Final = 5
"""Draws below this add a candidate."""
DOSE_BELOW: Final = 10
"""Draws from there to below this change one dose."""
SWAP_BELOW: Final = 58
"""Draws from there to below this swap one candidate for another."""
SPLIT_BELOW: Final = 62
"""Draws from there to below this put two candidates in the place of one."""
DROP_BELOW: Final = 67
"""Draws from there to below this remove one candidate."""
PAIR_DOSE_FIRST_BELOW: Final = 99
"""Draws from there to below this change a dose and swap another candidate for what then fits."""
PAIR_BELOW: Final = 106
"""Draws from there to below this swap first and change the dose of the other. The rest rebuilds
one to four."""


class MoveGenerator:
    """Proposes moves from the current selection; early placements of a ranking come more often."""

    def __init__(self, table: CandidateTable, ranking: list[int]) -> None:
        """`ranking` holds the placements that may be inserted, the most promising first."""
        self.table: CandidateTable = table
        self.selection: list[int] = []
        """The current selection: the search's own list, which it changes in place."""
        self.remaining_s: int = 0
        """Seconds that the current selection leaves."""
        self.removed: list[int] = []
        """Of the proposed move, indices into the selection."""
        self.inserted: list[int] = []
        """Of the proposed move, candidates."""
        self.ranking: list[int] = ranking
        self.stage_ranking: list[list[int]] = []
        """For each placement, the ranking of the placements of its stage."""
        self.same_exercise: list[list[int]] = _group_by_exercise(table, ranking)
        """For each placement, the placements of its exercise."""
        self.is_required: list[bool] = [
            placement.exercise in table.problem.required for placement in table.problem.placements
        ]

    def restrict_to(self, ranking: list[int], count: int, selection: list[int]) -> None:
        """Limits insertions to those selected and the first `count` of all and of each stage."""
        placements = self.table.problem.placements
        selected = {self.table.placement[candidate] for candidate in selection}
        self.ranking = [number for rank, number in enumerate(ranking) if rank < count or number in selected]
        by_stage: dict[int, list[int]] = {}
        for number in ranking:
            of_stage = by_stage.setdefault(placements[number].stage, [])
            if len(of_stage) < count or number in selected:
                of_stage.append(number)
        self.stage_ranking = [by_stage.get(placement.stage, self.ranking) for placement in placements]

    def propose(self, bits: int) -> bool:
        """Sets `removed` and `inserted` by 60 random bits; False where that gives no move."""
        # One long chain on purpose: a further call for each move costs the search one per cent.
        self.removed.clear()
        self.inserted.clear()
        selection = self.selection
        count = len(selection)
        draw = bits & DRAW_MASK
        if not count or draw < ADD_BELOW:
            return self._insert(
                self._long_dose_within(_draw_early(self.ranking, bits >> 7), self.remaining_s, bits >> 40)
            )
        # Each decision takes bits of its own, so that no decision repeats another.
        index = (bits >> 7 & 255) % count
        if draw >= PAIR_BELOW:
            return self._propose_rebuild(index, bits >> 15)
        self.removed.append(index)
        candidate = selection[index]
        placement = self.table.placement[candidate]
        if draw < DOSE_BELOW or self.is_required[placement]:
            return self._propose_dose(candidate, bits)
        if draw < SWAP_BELOW:
            room_s = self.remaining_s + self.table.time_s[candidate]
            other = self._long_dose_within(self._draw_near(placement, bits >> 15), room_s, bits >> 50)
            return other != candidate and self._insert(other)
        if draw < SPLIT_BELOW:
            return self._propose_split(candidate, placement, bits)
        if draw < DROP_BELOW or count == 1:
            return True
        return self._propose_pair(index, (bits >> 15 & 255) % count, bits)

    def _insert(self, candidate: int) -> bool:
        """Inserts a candidate; False where it is -1, for none."""
        self.inserted.append(candidate)
        return candidate >= 0

    def _propose_dose(self, candidate: int, bits: int) -> bool:
        other = self._other_dose(candidate, bits >> 15)
        return other != candidate and self._insert(other)

    def _propose_split(self, candidate: int, placement: int, bits: int) -> bool:
        """Two candidates in the place of one.

        The first gets one to four fifths of the room, the second what is left.
        """
        room_s = self.remaining_s + self.table.time_s[candidate]
        near, other = self._draw_near(placement, bits >> 15), _draw_early(self.ranking, bits >> 23)
        first = self._long_dose_within(near, room_s * (1 + (bits >> 44 & 3)) // 5, bits >> 46)
        if first < 0:
            return False
        self.inserted.append(first)
        return self._insert(self._long_dose_within(other, room_s - self.table.time_s[first], bits >> 48))

    def _propose_pair(self, index: int, other_index: int, bits: int) -> bool:
        """Another dose for one candidate, and a swap of another for what fits beside it."""
        if other_index == index:
            return False
        self.removed.append(other_index)
        table = self.table
        candidate, other = self.selection[index], self.selection[other_index]
        room_s = self.remaining_s + table.time_s[candidate] + table.time_s[other]
        if bits & DRAW_MASK < PAIR_DOSE_FIRST_BELOW:
            dose = self._other_dose(candidate, bits >> 23)
            self.inserted.append(dose)
            placement = table.placement[other]
            return self._insert(self._long_dose_within(placement, room_s - table.time_s[dose], bits >> 50))
        dose = self._other_dose(other, bits >> 23)
        near = self._draw_near(table.placement[candidate], bits >> 15)
        return self._insert(self._long_dose_within(near, room_s - table.time_s[dose], bits >> 50)) and self._insert(
            dose
        )

    def _propose_rebuild(self, index: int, bits: int) -> bool:
        """Removes one to four candidates and inserts about as many others as fit."""
        selection, table, removed = self.selection, self.table, self.removed
        count = len(selection)
        removed.append(index)
        for n in range(bits & 1 if count < 6 else bits & 3):
            other = (bits >> 2 + 3 * n & 255) % count
            if other not in removed:
                removed.append(other)
        room_s = self.remaining_s
        for removed_index in removed:
            candidate = selection[removed_index]
            if self.is_required[table.placement[candidate]]:
                return False
            room_s += table.time_s[candidate]
        insertions = len(removed) - 1 + (bits >> 12) % 3
        for left in range(insertions if insertions else 1, 0, -1):
            # Twice an even share: the first insertions may be long, and the last takes what is left.
            share_s = room_s if left == 1 else 2 * room_s // (left + 1)
            candidate = self._long_dose_within(_draw_early(self.ranking, bits >> 14 + left), share_s, bits >> 32 + left)
            if candidate >= 0:
                self.inserted.append(candidate)
                room_s -= table.time_s[candidate]
        return True

    def _draw_near(self, placement: int, bits: int) -> int:
        """A placement, in three draws of four one of the same stage."""
        return _draw_early(self.stage_ranking[placement] if bits & 3 else self.ranking, bits >> 2)

    def _other_dose(self, candidate: int, bits: int) -> int:
        """Any dose of the same placement, or (one in four) the same dose in any stage."""
        first = self.table.first
        placement = self.table.placement[candidate]
        if not bits & 3:
            placements = self.same_exercise[placement]
            return candidate - first[placement] + first[placements[(bits >> 2) % len(placements)]]
        return first[placement] + (bits >> 5 & 255) % len(self.table.dose_seconds[placement])

    def _long_dose_within(self, placement: int, room_s: int, bits: int) -> int:
        """One of the four longest doses of a placement that fit the room; -1 where none fits."""
        longest = bisect_right(self.table.dose_seconds[placement], room_s) - 1
        if longest < 0:
            return -1
        shorter = bits & 3
        return self.table.first[placement] + (longest - shorter if longest > shorter else 0)


def _draw_early(ranking: list[int], bits: int) -> int:
    """The earlier of two random elements of the ranking."""
    count = len(ranking)
    a = (bits & 0xFFFF) % count
    b = (bits >> 16 & 0xFFFF) % count
    return ranking[a if a < b else b]


def _group_by_exercise(table: CandidateTable, numbers: list[int]) -> list[list[int]]:
    """For each placement, those of `numbers` that have its exercise."""
    by_exercise: dict[int, list[int]] = {}
    for number in numbers:
        by_exercise.setdefault(table.problem.placements[number].exercise, []).append(number)
    return [by_exercise.get(placement.exercise, []) for placement in table.problem.placements]
