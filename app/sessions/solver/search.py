"""Choosing exercises and doses: threshold accepting over whole numbers, with fixed work and its own dice."""

from collections.abc import Sequence
from typing import Final

from app.sessions.solver.evaluator import NOTHING, Tables
from app.sessions.solver.local_search import SMALL, Polish
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.moves import Trial
from app.sessions.solver.objective import OrderedSelection, order_selection
from app.sessions.solver.random_source import RandomSource
from app.sessions.solver.shortlist import by_gain, ranking

WORK: Final = ((1, 1, 60, 40), (2, 4, 500, 300), (4, 6, 700, 600), (10, 3, 600, 1100), (99, 2, 700, 1200))
"""For sessions of up to so many exercises, how often the search starts anew, with how many trials among all that is
promising, and with how many among what then promises most."""
WARMTH: Final = 300
COOLER: Final = 150
"""Points that a move may lose at first, among all and among few; nothing at the end."""
LATE: Final = 3
"""Among all it is only in the last third of the trials that orders are worked out: what is found early is outdone."""
ORDERS: Final = 80
"""Orders that are worked out in a start."""
FEW: Final = 16
FEW_EACH: Final = 2
"""Lines that promise most: so many, and so many for each exercise that the session may have."""


def search(problem: IntegerProblem, seed: int, start: Sequence[Choice] = (), moves: int = 0) -> OrderedSelection | None:
    """The best session found from `start`, which holds what is asked for by name; None where none was found."""
    if not problem.placements:
        return None
    lines = ranking(problem)
    lines += [choice.placement for choice in start if choice.placement not in lines]
    tables = Tables(problem, lines)
    walk = Walk(tables, lines, seed)
    if start:
        walk.held = [tables.first[choice.placement] + choice.option for choice in start]
        ordered = order_selection(problem, start)
        if ordered is not None:
            walk.hold(ordered.points)
    _, starts, wide, narrow = next(work for work in WORK if problem.max_exercises <= work[0])
    if moves:
        starts, wide, narrow = 1, moves // 2, moves - moves // 2
    for _ in range(starts):
        walk.start(wide, narrow)
    return order_selection(problem, [tables.choice(c) for c in walk.best]) if walk.best else None


class Walk:
    """Threshold accepting over choices that keep every limit; the best of all is kept."""

    def __init__(self, tables: Tables, lines: list[int], seed: int) -> None:
        self.tables: Tables = tables
        self.random: RandomSource = RandomSource(seed)
        self.most: int = tables.problem.max_exercises
        self.all: list[int] = lines
        self.trial: Trial = Trial(tables, lines)
        self.held: list[int] = []
        """What is asked for by name: every start begins with it."""
        self.best: list[int] = []
        self.best_points: int = NOTHING
        self.chosen: list[int] = []
        self.used: list[int] = [0] * tables.families
        self.times: int = 0
        self.loads: int = 0
        self.values: int = 0
        self.served: int = 0
        self.kinds: int = 0
        self.points: int = NOTHING

    def hold(self, points: int) -> None:
        """What is asked for by name is a session already, though a poor one."""
        if self._begin(self.held) and self.trial.room >= 0:
            self.best, self.best_points = self.held, points

    def start(self, wide: int, narrow: int) -> None:
        """One start: among all lines, then from the best found among few, then polished."""
        kept, points = self.best, self.best_points
        if not self.held:
            self.best, self.best_points = [], NOTHING
        self.trial.look_at(self.all, len(self.all), [])
        self.tables.orders = ORDERS
        self.go(self.held, wide, WARMTH, wide if self.most <= SMALL else wide // LATE)
        if not self.best and not self.held:
            self._thin_out()
        if not self.best:
            self.tables.orders = wide
            self.go(self.held, wide, WARMTH, wide)
        if self.best:
            few = FEW + FEW_EACH * self.most
            self.trial.look_at(by_gain(self.tables, self.all, self.best), few, self.best)
            self.go(self.best, narrow, COOLER, narrow)
            lines = self.all if self.most <= SMALL else self.trial.ranked
            polish = Polish(self.tables, lines, self.trial.fixed, self.best, self.best_points)
            polish.run()
            if polish.share_loads():
                polish.run()
            self.best, self.best_points = polish.chosen, polish.points
        if points >= self.best_points:
            self.best, self.best_points = kept, points

    def go(self, begin: list[int], moves: int, warmth: int, late: int) -> None:
        """`moves` trials, each kept where it loses no more than the warmth of the moment.

        Only in so many of the last is it asked what can be put in order: what is found early is soon outdone.
        """
        if not self._begin(begin):
            return
        square = moves * moves
        for left in range(moves, 0, -1):
            if left == late:
                self._look_back()
            if self.trial.propose(self.random.next_bits()):
                self._consider(self.points - warmth * left * left // square, left <= late)

    def _look_back(self) -> None:
        """What is chosen by now may be the best so far."""
        points = self.tables.points_apart(
            self.times, self.loads, self.values, self.served, self.kinds, len(self.chosen), self.best_points + 1
        )
        if self.chosen and points > self.best_points:
            self.best, self.best_points = self.chosen.copy(), points

    def _thin_out(self) -> None:
        """What cannot be put in order may be so without one, or a few."""
        fewer = self.chosen.copy()
        while len(fewer) > 1 and not self.best:
            for place in range(len(fewer)):
                trial = fewer[:place] + fewer[place + 1 :]
                if not self.trial.fixed[self.tables.line[fewer[place]]] and self._begin(trial):
                    self._look_back()
            fewer.pop()

    def _begin(self, chosen: list[int]) -> bool:
        """Sets out from this choice, if it keeps the limits."""
        tables = self.tables
        self.chosen = self.trial.chosen = chosen.copy()
        self.times, self.loads = tables.no_time, tables.no_load
        self.values = self.served = self.kinds = 0
        self.used = [0] * tables.families
        for c in chosen:
            self.times += tables.times[c]
            self.loads += tables.loads[c]
            self.values += tables.values[c]
            self.served += tables.served[c]
            self.kinds += tables.kind[c]
            self.used[tables.family[c]] = 1
        self.points = tables.points(
            self.times, self.loads, self.values, self.served, self.kinds, len(chosen), NOTHING + 1
        )
        self.trial.room = tables.room(self.times, self.kinds)
        return self.points > NOTHING

    def _consider(self, least: int, late: bool) -> None:
        """Makes the trial what is chosen, unless it breaks a limit or has fewer points than `least`."""
        tables = self.tables
        chosen, out, into = self.chosen, self.trial.out, self.trial.into
        count = len(chosen) - len(out) + len(into)
        if count > self.most or self._family_twice():
            return
        times, loads, values, served, kinds = self.times, self.loads, self.values, self.served, self.kinds
        for c in into:
            times += tables.times[c]
            loads += tables.loads[c]
            values += tables.values[c]
            served += tables.served[c]
            kinds += tables.kind[c]
        for n in out:
            c = chosen[n]
            times -= tables.times[c]
            loads -= tables.loads[c]
            values -= tables.values[c]
            served -= tables.served[c]
            kinds -= tables.kind[c]
        points = tables.points(times, loads, values, served, kinds, count, least)
        if late and points > self.best_points:
            points = tables.points_apart(times, loads, values, served, kinds, count, least)
        if points == NOTHING:
            return
        self.times, self.loads, self.values, self.served, self.kinds = times, loads, values, served, kinds
        self.points = points
        self.trial.room = tables.room(times, kinds)
        self._exchange()
        if late and points > self.best_points:
            self.best, self.best_points = chosen.copy(), points

    def _family_twice(self) -> bool:
        """True where what comes in is akin to what stays, or to another that comes."""
        family, chosen = self.tables.family, self.chosen
        for k, c in enumerate(self.trial.into):
            own = family[c]
            if self.used[own]:
                stays = True
                for n in self.trial.out:
                    if family[chosen[n]] == own:
                        stays = False
                if stays:
                    return True
            for other in range(k):
                if family[self.trial.into[other]] == own:
                    return True
        return False

    def _exchange(self) -> None:
        """The trial's changes, made to what is chosen."""
        family, chosen = self.tables.family, self.chosen
        for n in self.trial.out:
            self.used[family[chosen[n]]] = 0
        for c in self.trial.into:
            self.used[family[c]] = 1
        if len(self.trial.out) == len(self.trial.into):
            for k, n in enumerate(self.trial.out):
                chosen[n] = self.trial.into[k]
            return
        for n in sorted(self.trial.out, reverse=True):
            chosen.pop(n)
        chosen.extend(self.trial.into)
