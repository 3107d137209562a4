"""The problem laid flat for the search: every candidate as a few whole numbers, whose sums decide everything.

Several counts share one number: a move is then a handful of additions, and one look tells whether a limit is broken.
"""

from collections.abc import Sequence
from typing import Final

from app.sessions.problem import ASIDE_S, DRY_PHASE, IDLER, MOST_UNEVEN, SPARE_S, VARIETY, Choice, Problem
from app.sessions.shelf import CAPPED, LOADS
from app.sessions.solver.order import PHASE_OF_STAGE, STAGES, Kind, gentle_order
from app.sessions.solver.travel import tour_s

NOTHING: Final = -(1 << 60)
"""Points of what breaks a limit."""
_FIELD: Final = 15
_FULL: Final = (1 << _FIELD - 1) - 1
_MASK: Final = (1 << _FIELD) - 1
_GUARD: Final = sum(1 << _FIELD * n + _FIELD - 1 for n in range(4))
"""Four counts of seconds in a number; each begins so far up that its highest bit tells when it is too much."""
_LIMITED: Final = (0, 2, 3)
"""Phases with a limit of their own; what is left for the others is the whole session."""
_TIRING: Final = tuple(n for n, load in enumerate(LOADS) if load in CAPPED)
LOAD_KINDS: Final = len(LOADS)
_GOAL: Final = 12
_GOAL_MASK: Final = (1 << _GOAL) - 1
_KNOWN: Final = 5
_KNOWN_MASK: Final = (1 << _KNOWN) - 1
_ASIDE_MASK: Final = (1 << 13) - 1
_GIVES: Final = _KNOWN + 13
_VALUE: Final = _GIVES + 3 * _KNOWN
_COUNT: Final = 5


class Tables:
    """Candidates (a line with an option) by number, and the points of a set of them."""

    def __init__(self, problem: Problem, kept: Sequence[int]) -> None:
        assert problem.most < 1 << _KNOWN, "more exercises than the sums can count"
        self.problem = problem
        self.budget: int = problem.budget
        self.idle: int = problem.idle
        self.travel: int = problem.travel
        self.balance: int = problem.balance_worth
        self.last: int = problem.last_families
        self.lost: int = min(problem.idle, problem.travel)
        self.worth: list[list[int]] = list(problem.worth)
        self.uneven: int = problem.uneven
        self.shares: list[tuple[int, int]] = list(zip(problem.low, problem.high, strict=True))
        largest = [problem.budget, *[problem.largest[p] for p in _LIMITED]]
        caps = [problem.cap[load] for load in _TIRING]
        self.no_time: int = sum(_FULL - most << _FIELD * n for n, most in enumerate(largest))
        """What the sum of times begins with."""
        self.no_load: int = sum(_FULL - most << _FIELD * n for n, most in enumerate(caps))
        self.least: list[tuple[int, int]] = [
            (_FIELD * n, problem.least[p] + _FULL - problem.largest[p])
            for n, p in enumerate(_LIMITED, 1)
            if problem.least[p]
        ]
        self.times: list[int] = []
        """Of each candidate its seconds: of the session, and of the phases with a limit."""
        self.loads: list[int] = []
        """Seconds of each load that is limited."""
        self.values: list[int] = []
        """Points beside the goals; below them what it gives a whole session, its seconds if it serves none, and 1
        where its family was in the last session."""
        self.served: list[int] = []
        """Seconds for each goal."""
        self.family: list[int] = []
        self.kind: list[int] = []
        """One of its kind; the sum over a choice decides how it can be ordered and what moving costs."""
        self.tires: list[int] = []
        """Its load where that is limited, else -1."""
        self.time: list[int] = []
        self.line: list[int] = []
        self.option: list[int] = []
        self.first: list[int] = [-1] * len(problem.lines)
        """Of each line, the number of its first candidate; the others follow, longer and longer."""
        self.menu: list[list[int]] = [[] for _ in problem.lines]
        """Of each line, the seconds of its doses."""
        self.families: int = 0
        self._kinds: list[Kind] = []
        self.stage_of: list[int] = []
        self.spot_of: list[int] = []
        self.load_of: list[int] = []
        self._moves: dict[int, int] = {}
        self._moving: dict[int, int] = {}
        self.orders: int = 0
        """How many orders may still be worked out: they are dear."""
        self._lay_all(kept)

    def _lay_all(self, kept: Sequence[int]) -> None:
        family: dict[int, int] = {}
        kinds: dict[Kind, int] = {}
        excused = self.problem.excused
        for number in kept:
            line = self.problem.lines[number]
            load = 0 if line.load == excused else line.load
            kind = (line.stage, line.place, load)
            if kind not in kinds:
                kinds[kind] = len(kinds)
                self._kinds.append(kind)
                self.stage_of.append(line.stage)
                self.spot_of.append(1 << line.place)
                self.load_of.append(line.stage * LOAD_KINDS + load)
            self._lay(number, 1 << _COUNT * kinds[kind], family.setdefault(line.family, len(family)))
        self.families = len(family)

    def _lay(self, number: int, kind: int, family: int) -> None:
        line = self.problem.lines[number]
        phase: int = PHASE_OF_STAGE[line.stage]
        load: int = line.load
        per_second = 1 | (1 << _FIELD * (1 + _LIMITED.index(phase)) if phase in _LIMITED else 0)
        per_load = 1 << _FIELD * _TIRING.index(load) if load in _TIRING else 0
        self.first[number] = len(self.time)
        shares: list[int] = list(line.serves)
        gives = sum([(line.balance >> bit & 1) << _GIVES + _KNOWN * bit for bit in range(3)])
        for n, option in enumerate(line.options):
            seconds: int = option.time_s
            work: int = option.work_s
            served = 0
            for goal, share in enumerate(shares):
                served |= work * share // 1000 << _GOAL * goal
            self.tires.append(load if load in _TIRING else -1)
            self.time.append(seconds)
            self.menu[number].append(seconds)
            self.times.append(seconds * per_second)
            self.loads.append(seconds * per_load)
            aside = seconds << _KNOWN if line.aside else 0
            self.values.append((line.value - option.distance << _VALUE) + gives + aside + line.known)
            self.served.append(served)
            self.line.append(number)
            self.option.append(n)
            self.kind.append(kind)
            self.family.append(family)

    def choice(self, c: int) -> Choice:
        """The candidate as a line and an option of the problem."""
        return Choice(self.line[c], self.option[c])

    def seconds(self, c: int) -> list[int]:
        """Seconds of the candidate for each goal."""
        served = self.served[c]
        return [served >> _GOAL * goal & _GOAL_MASK for goal in range(len(self.worth))]

    def milli(self, c: int, prices: list[int]) -> int:
        """Thousandths of a point of the candidate at these prices for a second of each goal."""
        served = self.served[c]
        points = (self.values[c] >> _VALUE) * 1000
        for price in prices:
            points += price * (served & _GOAL_MASK)
            served >>= _GOAL
        return points

    def points(self, times: int, loads: int, values: int, served: int, kinds: int, count: int, least: int) -> int:
        """Points of a set by its sums; `NOTHING` where a limit is broken, or they are under `least`.

        Moving is looked at last: it only costs, and most sets are too poor without it.
        """
        if times & _GUARD or loads & _GUARD:
            return NOTHING
        points = values >> _VALUE
        rest = served
        for worth in self.worth:
            points += worth[rest & _GOAL_MASK]
            rest >>= _GOAL
        if self.least or self.last:
            points -= self._short(times, values, count)
        idle = _FULL - (times & _MASK) - SPARE_S * count
        if self.balance:
            points += self._whole(values >> _GIVES)
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
        elif idle < -SPARE_S * count:
            return NOTHING
        points -= self.travel * moving
        return points if points >= least else NOTHING

    def _whole(self, gives: int) -> int:
        """Points for what a whole session has some of."""
        first, second, third = gives & _KNOWN_MASK, gives >> _KNOWN & _KNOWN_MASK, gives >> 2 * _KNOWN & _KNOWN_MASK
        return self.balance * ((1 if first else 0) + (1 if second else 0) + (1 if third else 0))

    def _short(self, times: int, values: int, count: int) -> int:
        """Points lost by phases that are short of their least, and by families that the last session had."""
        lost = 0
        for shift, few in self.least:
            short = few - (times >> shift & _MASK)
            if short > 0:
                lost += DRY_PHASE * short
        many = 3 * (values & _KNOWN_MASK) - count - self.last
        return lost + VARIETY * many if self.last and many > 0 else lost

    def _astray(self, times: int, values: int, served: int) -> int:
        """Points lost by what serves no goal, and by goals under or over their share."""
        beside = values >> _KNOWN & _ASIDE_MASK
        over = 2 * beside - ASIDE_S - self.budget + _FULL - (times & _MASK)
        lost = self._unevenly(served) if self.uneven else 0
        return lost + (self.idle + IDLER) * over if over > 0 else lost

    def _unevenly(self, served: int) -> int:
        """Points lost because goals have less or more than their share."""
        whole = 0
        rest = served
        while rest:
            whole += rest & _GOAL_MASK
            rest >>= _GOAL
        off = 0
        for low, high in self.shares:
            seconds = 1000 * (served & _GOAL_MASK)
            served >>= _GOAL
            if seconds < whole * low:
                off += whole * low - seconds
            elif seconds > whole * high:
                off += seconds - whole * high
        lost = off * self.uneven // 1000
        return lost if lost < MOST_UNEVEN else MOST_UNEVEN

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
            idle = room - SPARE_S * count
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
            found = gentle_order([self._kinds[number] for number in _numbers(kinds)])
            moving = self._moving[kinds] = -1 if found is None else found
        return moving

    def room(self, times: int, kinds: int) -> int:
        """Seconds of the budget that a set leaves."""
        moving = self._moves.get(kinds)
        if moving is None:
            moving = self._move(kinds)
        return _FULL - (times & _MASK) - moving

    def _move(self, kinds: int) -> int:
        """Seconds of moving where equal loads may meet; -1 where a stage has more of a load than can be kept apart."""
        masks, sizes, loads = [0] * STAGES, [0] * STAGES, [0] * (STAGES * LOAD_KINDS)
        for number in _numbers(kinds):
            stage = self.stage_of[number]
            masks[stage] |= self.spot_of[number]
            sizes[stage] += 1
            loads[self.load_of[number]] += 1
        moving = 0
        for place, count in enumerate(loads):
            if 2 * count > sizes[place // LOAD_KINDS] + 1 and place % LOAD_KINDS:
                moving = -1
        if not moving:
            moving = tour_s(masks)
        self._moves[kinds] = moving
        return moving


def _numbers(kinds: int) -> list[int]:
    """The kinds that a sum of kinds holds, each as often as it is held."""
    found = []
    number = 0
    while kinds:
        many = kinds & (1 << _COUNT) - 1
        if many:
            found += [number] * many
            kinds >>= _COUNT
            number += 1
        else:
            zeros = ((kinds & -kinds).bit_length() - 1) // _COUNT
            kinds >>= _COUNT * zeros
            number += zeros
    return found
