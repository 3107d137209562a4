"""The problem laid flat for the search: every sum of a choice in one big integer.

The integer has 32-bit fields (seconds, value, seconds by phase and by load, seconds for each goal): a move is one
addition, and all upper limits are checked by one subtraction.
"""

from collections.abc import Callable, Sequence
from struct import Struct

from app.sessions.order import Kind, gentle_order
from app.sessions.problem import DRY_PHASE, PHASE_OF_STAGE, SPARE_S, STAGES, VARIETY, Choice, Problem
from app.sessions.shelf import LOADS
from app.sessions.travel import POSITIONS, tour_s

_BITS = 32
_VALUE, _PHASES, _LOADS, _KNOWN, _GOALS = 1, 2, 6, 6 + len(LOADS), 7 + len(LOADS)
_LIFT = 1 << 14
"""Added to each value, so that no field is ever negative."""
_FREE = 1 << 30
_COUNT = 5
_PLACES = len(POSITIONS)
_STAGE_MASK = (1 << _PLACES) - 1


class Tables:
    """Candidates (a line with an option) by number, and the points of a set of them."""

    def __init__(self, problem: Problem, kept: Sequence[int]) -> None:
        self.problem = problem
        goals = len(problem.goals)
        fields = _GOALS + goals
        self._fields: Callable[[bytes], tuple[int, ...]] = Struct(f"<{fields}I").unpack
        self._budget = problem.budget
        self._size = 4 * fields
        self._guard = sum(1 << _BITS * n + _BITS - 1 for n in range(fields))
        limits = [problem.budget, _FREE, *problem.largest, *problem.cap, _FREE, *[_FREE] * goals]
        self._limit = sum(most << _BITS * n for n, most in enumerate(limits)) | self._guard
        self._worth = tuple((_GOALS + n, worth) for n, worth in enumerate(problem.worth))
        self._least = tuple((_PHASES + n, least) for n, least in enumerate(problem.least) if least)
        self._cells: dict[int, tuple[int, int]] = {}
        self.sums: list[int] = []
        self.family: list[int] = []
        self.cell: list[int] = []
        self.kind: list[int] = []
        """One of its kind (stage, place, load); the sum over a choice decides how it can be ordered."""
        self._kinds: dict[Kind, int] = {}
        self._moving: dict[int, int | None] = {}
        self.choice: list[Choice] = []
        self.first: dict[int, int] = {}
        """Of each line, the number of its first candidate; the others follow, longer and longer."""
        for number in kept:
            self._lay(number)

    def _lay(self, number: int) -> None:
        line = self.problem.lines[number]
        per_second = 1 | 1 << _BITS * (_PHASES + PHASE_OF_STAGE[line.stage]) | 1 << _BITS * (_LOADS + line.load)
        per_work = 0
        for goal, share in enumerate(line.serves):
            per_work |= share << _BITS * (_GOALS + goal)
        fixed = (line.value + _LIFT << _BITS * _VALUE) | (line.known << _BITS * _KNOWN)
        self.first[number] = len(self.sums)
        count = len(line.options)
        self.sums += [
            option.time_s * per_second + option.work_s * per_work + fixed - (option.distance << _BITS * _VALUE)
            for option in line.options
        ]
        self.choice += [Choice(number, n) for n in range(count)]
        kind = (line.stage, line.place, 0 if line.load == self.problem.excused else line.load)
        number_of_kind = self._kinds.setdefault(kind, len(self._kinds))
        self.kind += [1 << _COUNT * number_of_kind] * count
        self.family += [1 << line.family] * count
        self.cell += [1 << line.stage * _PLACES + line.place | line.balance << STAGES * _PLACES] * count

    def points(self, sums: int, cells: int, count: int) -> int | None:
        """Points of a set by its summed fields and its united cells; None where a limit is broken."""
        guard = self._guard
        if self._limit - sums & guard != guard:
            return None
        place = self._cells.get(cells)
        if place is None:
            place = self._cells[cells] = self._place(cells)
        moving, points = place
        problem = self.problem
        fields = self._fields(sums.to_bytes(self._size, "little"))
        idle = problem.budget - fields[0] - moving
        if idle < 0:
            return None
        points += fields[_VALUE] - count * _LIFT
        if idle > SPARE_S * count:
            points -= problem.idle * (idle - SPARE_S * count)
        for n, worth in self._worth:
            points += worth[fields[n] // 1000]
        for n, least in self._least:
            if fields[n] < least:
                points -= DRY_PHASE * (least - fields[n])
        if problem.last_families:
            many = 3 * fields[_KNOWN] - count - problem.last_families
            if many > 0:
                points -= VARIETY * many
        return points

    def moving_apart(self, kinds: int) -> int | None:
        """Least seconds of moving with equal loads kept apart and little climbing; None where that cannot be."""
        if kinds not in self._moving:
            held = [
                kind
                for number, kind in enumerate(self._kinds)
                for _ in range(kinds >> _COUNT * number & (1 << _COUNT) - 1)
            ]
            self._moving[kinds] = gentle_order(held)
        return self._moving[kinds]

    def moving(self, cells: int) -> int:
        """Least seconds of moving through these cells."""
        return self._cells[cells][0]

    def room(self, sums: int, cells: int) -> int:
        """Seconds of the budget that a set leaves."""
        return self._budget - (sums & 0xFFFFFFFF) - self._cells[cells][0]

    def _place(self, cells: int) -> tuple[int, int]:
        masks = [cells >> stage * _PLACES & _STAGE_MASK for stage in range(STAGES)]
        moving = tour_s(masks)
        balance = (cells >> STAGES * _PLACES).bit_count()
        return moving, balance * self.problem.balance_worth - self.problem.travel * moving
