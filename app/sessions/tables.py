"""The problem laid flat for the search: every sum of a choice in one big integer.

The integer has 32-bit fields (seconds, value, seconds by phase and by load, seconds for each goal): a move is one
addition, and all upper limits are checked by one subtraction.
"""

from collections.abc import Callable, Sequence
from struct import Struct

from app.sessions.order import PHASE_OF_STAGE, STAGES, Kind, gentle_order
from app.sessions.problem import DRY_PHASE, SPARE_S, VARIETY, Choice, Problem
from app.sessions.shelf import LOADS
from app.sessions.travel import tour_s

_BITS = 32
_VALUE, _PHASES, _LOADS, _KNOWN, _GOALS = 1, 2, 6, 6 + len(LOADS), 7 + len(LOADS)
_LIFT = 1 << 14
"""Added to each value, so that no field is ever negative."""
_FREE = 1 << 30
_COUNT = 5
_NO_LEAST = -(1 << 62)


class Tables:
    """Candidates (a line with an option) by number, and the points of a set of them."""

    def __init__(self, problem: Problem, kept: Sequence[int]) -> None:
        self.problem = problem
        goals = len(problem.goals)
        fields = _GOALS + goals
        self._fields: Callable[[bytes], tuple[int, ...]] = Struct(f"<{fields}I").unpack
        self._budget = problem.budget
        self._lost = min(problem.idle, problem.travel)
        self._balance = 3 * problem.balance_worth
        self._size = 4 * fields
        self._guard = sum(1 << _BITS * n + _BITS - 1 for n in range(fields))
        limits = [problem.budget, _FREE, *problem.largest, *problem.cap, _FREE, *[_FREE] * goals]
        self._limit = sum(most << _BITS * n for n, most in enumerate(limits)) | self._guard
        self._worth = tuple((_GOALS + n, worth) for n, worth in enumerate(problem.worth))
        self._least = tuple((_PHASES + n, least) for n, least in enumerate(problem.least) if least)
        self._places: dict[int, tuple[int, int]] = {}
        self.sums: list[int] = []
        self.family: list[int] = []
        self.kind: list[int] = []
        """One of its kind; the sum over a choice decides how it can be ordered and what moving costs."""
        self._kinds: list[tuple[Kind, int]] = []
        """Stage, place and load, and the bits of what it gives a whole session."""
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
        load = 0 if line.load == self.problem.excused else line.load
        kind = ((line.stage, line.place, load), line.balance)
        if kind not in self._kinds:
            self._kinds.append(kind)
        self.kind += [1 << _COUNT * self._kinds.index(kind)] * count
        self.family += [1 << line.family] * count

    def points(self, sums: int, kinds: int, count: int, least: int = _NO_LEAST) -> int | None:
        """Points of a set by its summed fields and its kinds; None where a limit is broken, or they are under `least`.

        Moving is looked at last: it only costs, and most sets are too poor without it.
        """
        guard = self._guard
        if self._limit - sums & guard != guard:
            return None
        fields = self._fields(sums.to_bytes(self._size, "little"))
        points = fields[_VALUE] - count * _LIFT
        for n, worth in self._worth:
            points += worth[fields[n] // 1000]
        for n, few in self._least:
            if fields[n] < few:
                points -= DRY_PHASE * (few - fields[n])
        problem = self.problem
        if problem.last_families:
            many = 3 * fields[_KNOWN] - count - problem.last_families
            if many > 0:
                points -= VARIETY * many
        idle = problem.budget - fields[0] - SPARE_S * count
        if points + self._balance - (self._lost * idle if idle > 0 else 0) < least:
            return None
        place = self._places.get(kinds)
        if place is None:
            place = self._places[kinds] = self._place(kinds)
        moving, more = place
        idle = problem.budget - fields[0] - moving
        if idle < 0:
            return None
        if idle > SPARE_S * count:
            points -= problem.idle * (idle - SPARE_S * count)
        return points + more

    def moving_apart(self, kinds: int) -> int | None:
        """Least seconds of moving with equal loads kept apart and little climbing; None where that cannot be."""
        if kinds not in self._moving:
            self._moving[kinds] = gentle_order([self._kinds[number][0] for number in _numbers(kinds)])
        return self._moving[kinds]

    def points_apart(self, sums: int, kinds: int, count: int, least: int) -> int | None:
        """Points in the best order that keeps equal loads apart; None where there is none or they are under `least`."""
        points = self.points(sums, kinds, count, least)
        if points is None or points < least:
            return None
        moving = self.moving_apart(kinds)
        if moving is None:
            return None
        more = moving - self._places[kinds][0]
        if more:
            room = self.room(sums, kinds)
            idle = max(0, room - SPARE_S * count)
            points -= more * self.problem.travel - min(more, idle) * self.problem.idle
            if room < more or points < least:
                return None
        return points

    def moving(self, kinds: int) -> int:
        """Least seconds of moving, loads left out of account."""
        return self._places[kinds][0]

    def room(self, sums: int, kinds: int) -> int:
        """Seconds of the budget that a set leaves."""
        return self._budget - (sums & 0xFFFFFFFF) - self._places[kinds][0]

    def _place(self, kinds: int) -> tuple[int, int]:
        masks = [0] * STAGES
        balance = 0
        for number in _numbers(kinds):
            (stage, place, _), bits = self._kinds[number]
            masks[stage] |= 1 << place
            balance |= bits
        moving = tour_s(masks)
        return moving, balance.bit_count() * self.problem.balance_worth - self.problem.travel * moving


def _numbers(kinds: int) -> list[int]:
    """The kinds that a sum of kinds holds, each as often as it is held."""
    found = []
    while kinds:
        number = ((kinds & -kinds).bit_length() - 1) // _COUNT
        found.append(number)
        kinds -= 1 << _COUNT * number
    return found
