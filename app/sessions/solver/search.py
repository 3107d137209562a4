"""Choosing exercises and doses: threshold accepting over whole numbers, with fixed work and its own dice."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from app.sessions.problem import Choice, Problem
from app.sessions.score import Ordered, put_in_order
from app.sessions.solver.dice import Dice
from app.sessions.solver.focus import by_gain, ranking
from app.sessions.solver.polish import SMALL, Polish
from app.sessions.solver.tables import NOTHING, Tables

WORK: Final = ((1, 1, 60, 40), (2, 3, 400, 200), (4, 4, 600, 400), (10, 3, 800, 1300), (99, 2, 700, 1600))
"""For sessions of up to so many exercises, how often the search starts anew, with how many trials among all that is
promising, and with how many among what then promises most."""
WARMTH: Final = 300
COOLER: Final = 150
"""Points that a move may lose at first, among all and among few; nothing at the end."""
LATE: Final = 3
"""Among all it is only in the last third of the trials that orders are worked out: what is found early is outdone."""
ORDERS: Final = 100
"""Orders that are worked out in a start."""
FEW: Final = 16
FEW_EACH: Final = 2
"""Lines that promise most: so many, and so many for each exercise that the session may have."""
ADD: Final = 5
DOSE: Final = 10
SWAP: Final = 58
SPLIT: Final = 62
DROP: Final = 67
DOSES: Final = 99
REBUILD: Final = 106
"""Of 128 trials, where each kind ends; the rest take out some and put in others."""


def search(problem: Problem, seed: int, start: Sequence[Choice] = (), moves: int = 0) -> Ordered | None:
    """The best session found from `start`, which holds what is asked for by name; None where none was found."""
    if not problem.lines:
        return None
    lines = ranking(problem)
    lines += [choice.line for choice in start if choice.line not in lines]
    tables = Tables(problem, lines)
    walk = Walk(tables, lines, seed)
    if start:
        walk.held = [tables.first[choice.line] + choice.option for choice in start]
        ordered = put_in_order(problem, start)
        if ordered is not None:
            walk.hold(ordered.points)
    _, starts, wide, narrow = next(work for work in WORK if problem.most <= work[0])
    if moves:
        starts, wide, narrow = 1, moves // 2, moves - moves // 2
    for _ in range(starts):
        walk.start(wide, narrow)
    return put_in_order(problem, [tables.choice(c) for c in walk.best]) if walk.best else None


class Walk:
    """Threshold accepting over choices that keep every limit; the best of all is kept."""

    def __init__(self, tables: Tables, lines: list[int], seed: int) -> None:
        self.tables: Tables = tables
        self.dice: Dice = Dice(seed)
        self.most: int = tables.problem.most
        self.all: list[int] = lines
        self.ranked: list[int] = lines
        self.near: list[list[int]] = []
        """Of each line, those of its stage."""
        self.same: list[list[int]] = _same(tables, lines)
        """Of each line, those of the same exercise."""
        self.fixed: list[bool] = [line.exercise in tables.problem.must for line in tables.problem.lines]
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
        self.room: int = 0
        self.out: list[int] = []
        """Places of the chosen that a trial takes out."""
        self.into: list[int] = []
        """Candidates that it puts in."""

    def hold(self, points: int) -> None:
        """What is asked for by name is a session already, though a poor one."""
        if self._begin(self.held) and self.room >= 0:
            self.best, self.best_points = self.held, points

    def start(self, wide: int, narrow: int) -> None:
        """One start: among all lines, then from the best found among few, then polished."""
        kept, points = self.best, self.best_points
        if not self.held:
            self.best, self.best_points = [], NOTHING
        self._look_at(self.all, len(self.all), [])
        self.tables.orders = ORDERS
        self.go(self.held, wide, WARMTH, wide if self.most <= SMALL else wide // LATE)
        if not self.best and not self.held:
            self._thin_out()
        if not self.best:
            self.tables.orders = wide
            self.go(self.held, wide, WARMTH, wide)
        if self.best:
            few = FEW + FEW_EACH * self.most
            self._look_at(by_gain(self.tables, self.all, self.best), few, self.best)
            self.go(self.best, narrow, COOLER, narrow)
            lines = self.all if self.most <= SMALL else self.ranked
            polish = Polish(self.tables, lines, self.fixed, self.best, self.best_points)
            polish.run()
            self.best, self.best_points = polish.chosen, polish.points
        if points >= self.best_points:
            self.best, self.best_points = kept, points

    def _look_at(self, ranked: list[int], many: int, chosen: list[int]) -> None:
        """The walk keeps to the first so many lines of all and of each stage, and to those that are chosen."""
        lines = self.tables.problem.lines
        held = {self.tables.line[c] for c in chosen}
        self.ranked = [n for place, n in enumerate(ranked) if place < many or n in held]
        stages: dict[int, list[int]] = {}
        for n in ranked:
            own = stages.setdefault(lines[n].stage, [])
            if len(own) < many or n in held:
                own.append(n)
        self.near = [stages.get(line.stage, self.ranked) for line in lines]

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
            self.out.clear()
            self.into.clear()
            if self._propose(self.dice.throw()):
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
                if not self.fixed[self.tables.line[fewer[place]]] and self._begin(trial):
                    self._look_back()
            fewer.pop()

    def _begin(self, chosen: list[int]) -> bool:
        """Sets out from this choice, if it keeps the limits."""
        tables = self.tables
        self.chosen = chosen.copy()
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
        self.room = tables.room(self.times, self.kinds)
        return self.points > NOTHING

    def _consider(self, least: int, late: bool) -> None:
        """Makes the trial what is chosen, unless it breaks a limit or has fewer points than `least`."""
        tables = self.tables
        chosen, out, into = self.chosen, self.out, self.into
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
        self.room = tables.room(times, kinds)
        self._exchange()
        if late and points > self.best_points:
            self.best, self.best_points = chosen.copy(), points

    def _family_twice(self) -> bool:
        """True where what comes in is akin to what stays, or to another that comes."""
        family, chosen = self.tables.family, self.chosen
        for k, c in enumerate(self.into):
            own = family[c]
            if self.used[own]:
                stays = True
                for n in self.out:
                    if family[chosen[n]] == own:
                        stays = False
                if stays:
                    return True
            for other in range(k):
                if family[self.into[other]] == own:
                    return True
        return False

    def _exchange(self) -> None:
        """The trial's changes, made to what is chosen."""
        family, chosen = self.tables.family, self.chosen
        for n in self.out:
            self.used[family[chosen[n]]] = 0
        for c in self.into:
            self.used[family[c]] = 1
        if len(self.out) == len(self.into):
            for k, n in enumerate(self.out):
                chosen[n] = self.into[k]
            return
        for n in sorted(self.out, reverse=True):
            chosen.pop(n)
        chosen.extend(self.into)

    def _propose(self, r: int) -> bool:
        """Which of the chosen to take out, by place, and which candidates to put in; False where nothing came of it."""
        chosen, room = self.chosen, self.room
        count = len(chosen)
        kind = r & 127
        if not count or kind < ADD:
            return self._put_in(self._fitting(self._any_line(r >> 7), room, r >> 40))
        n = (r >> 7 & 255) % count
        if kind >= REBUILD:
            return self._rebuild(n, r >> 15)
        self.out.append(n)
        c = chosen[n]
        line = self.tables.line[c]
        if kind < DOSE or self.fixed[line]:
            into = self._other_dose(c, r >> 15)
            return into != c and self._put_in(into)
        if kind < SWAP:
            into = self._fitting(self._near_line(line, r >> 15), room + self.tables.time[c], r >> 50)
            return into != c and self._put_in(into)
        if kind < SPLIT:
            return self._two(self._near_line(line, r >> 15), self._any_line(r >> 23), room + self.tables.time[c], r)
        if kind < DROP or count == 1:
            return True
        m = (r >> 15 & 255) % count
        if m == n:
            return False
        self.out.append(m)
        return self._pair(c, chosen[m], room + self.tables.time[c] + self.tables.time[chosen[m]], r)

    def _put_in(self, c: int) -> bool:
        self.into.append(c)
        return c >= 0

    def _pair(self, c: int, d: int, room: int, r: int) -> bool:
        """A change of two at once: one gets another dose, and what fits beside it comes for the other."""
        time = self.tables.time
        if r & 127 < DOSES:
            into = self._other_dose(c, r >> 23)
            return self._put_in(into) and self._put_in(self._fitting(self.tables.line[d], room - time[into], r >> 50))
        second = self._other_dose(d, r >> 23)
        near = self._near_line(self.tables.line[c], r >> 15)
        return self._put_in(self._fitting(near, room - time[second], r >> 50)) and self._put_in(second)

    def _two(self, first: int, second: int, room: int, r: int) -> bool:
        """Two lines in place of one: the first gets a part of the room, the second what is left."""
        one = self._fitting(first, room * (1 + (r >> 44 & 3)) // 5, r >> 46)
        if one < 0:
            return False
        return self._put_in(one) and self._put_in(self._fitting(second, room - self.tables.time[one], r >> 48))

    def _rebuild(self, n: int, r: int) -> bool:
        """One to four taken out, and about as many others put in as fit."""
        chosen, tables, out = self.chosen, self.tables, self.out
        count = len(chosen)
        out.append(n)
        for k in range(r & 1 if count < 6 else r & 3):
            m = (r >> 2 + 3 * k & 255) % count
            if m not in out:
                out.append(m)
        room = self.room
        for m in out:
            if self.fixed[tables.line[chosen[m]]]:
                return False
            room += tables.time[chosen[m]]
        many = len(out) - 1 + (r >> 12) % 3
        for k in range(many if many else 1, 0, -1):
            c = self._fitting(self._any_line(r >> 14 + k), room if k == 1 else 2 * room // (k + 1), r >> 32 + k)
            if c >= 0:
                self.into.append(c)
                room -= tables.time[c]
        return True

    def _any_line(self, r: int) -> int:
        return _early(self.ranked, r)

    def _near_line(self, line: int, r: int) -> int:
        """Another line, mostly of the same stage."""
        return _early(self.near[line] if r & 3 else self.ranked, r >> 2)

    def _other_dose(self, c: int, r: int) -> int:
        """Another dose of the same exercise, or the same dose in another stage."""
        first = self.tables.first
        line = self.tables.line[c]
        if not r & 3:
            same = self.same[line]
            return c - first[line] + first[same[(r >> 2) % len(same)]]
        return first[line] + (r >> 5 & 0xFF) % len(self.tables.menu[line])

    def _fitting(self, line: int, room: int, r: int) -> int:
        """One of the longest doses that fit into the room; -1 where none fits."""
        fit = bisect_right(self.tables.menu[line], room) - 1
        if fit <= 0:
            return fit if fit < 0 else self.tables.first[line]
        back = r & 3
        return self.tables.first[line] + (fit - back if fit > back else 0)


def _early(ranked: list[int], r: int) -> int:
    """The better of two at random."""
    many = len(ranked)
    a = (r & 0xFFFF) % many
    b = (r >> 16 & 0xFFFF) % many
    return ranked[a if a < b else b]


def _same(tables: Tables, lines: list[int]) -> list[list[int]]:
    by_exercise: dict[int, list[int]] = {}
    for n in lines:
        by_exercise.setdefault(tables.problem.lines[n].exercise, []).append(n)
    return [by_exercise.get(line.exercise, []) for line in tables.problem.lines]
