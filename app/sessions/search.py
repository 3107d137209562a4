"""Choosing exercises and doses: threshold accepting over whole numbers, with fixed work and its own dice."""

from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import NamedTuple

from app.sessions.focus import by_gain, ranking
from app.sessions.polish import SMALL, Polish
from app.sessions.problem import Choice, Problem
from app.sessions.score import Ordered, put_in_order
from app.sessions.tables import Tables

WORK = ((1, 1, 60, 40), (2, 3, 400, 200), (4, 4, 600, 400), (10, 3, 1300, 1900), (99, 2, 1800, 2800))
"""For sessions of up to so many exercises, how often the search starts anew, with how many trials among all that is
promising, and with how many among what then promises most."""
WARMTH, COOLER = 300, 150
"""Points that a move may lose at first, among all and among few; nothing at the end."""
FEW, FEW_EACH = 16, 2
"""Lines that promise most: so many, and so many for each exercise that the session may have."""
ADD, DOSE, SWAP, SPLIT, DROP, DOSES, REBUILD = 5, 10, 58, 62, 67, 99, 106
"""Of 128 trials, where each kind ends; the rest take out some and put in others."""
_NOTHING = -(1 << 60)
_MASK = (1 << 64) - 1


def search(problem: Problem, seed: int, start: Sequence[Choice] = (), moves: int = 0) -> Ordered | None:
    """The best session found from `start`, which holds what is asked for by name; None where none was found."""
    if not problem.lines:
        return None
    walk = _Walk(problem, seed, start)
    _, starts, wide, narrow = next(work for work in WORK if problem.most <= work[0])
    if moves:
        starts, wide, narrow = 1, moves // 2, moves - moves // 2
    for _ in range(starts):
        walk.start(wide, narrow)
    return walk.result()


class _State(NamedTuple):
    """A choice that keeps every limit, with its sums."""

    chosen: list[int]
    total: int
    taken: int
    kinds: int
    points: int
    room: int


class _Walk:
    """One run of threshold accepting."""

    def __init__(self, problem: Problem, seed: int, start: Sequence[Choice]) -> None:
        self.problem = problem
        self.all = self.ranked = ranking(problem)
        self.tables = Tables(problem, self.all)
        self.line = [choice.line for choice in self.tables.choice]
        self.time = [problem.lines[line].options[option].time_s for line, option in self.tables.choice]
        self.times = [[option.time_s for option in line.options] for line in problem.lines]
        same: dict[int, list[int]] = {}
        for n in self.all:
            same.setdefault(problem.lines[n].exercise, []).append(n)
        self.near: list[list[int]] = []
        self.same = [same.get(line.exercise, []) for line in problem.lines]
        self.most = problem.most
        self.fixed = [line.exercise in problem.must for line in problem.lines]
        self.first = [self.tables.first.get(n, 0) for n in range(len(problem.lines))]
        self.dice = (seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) & _MASK or 1
        self.chosen = [self.tables.first[choice.line] + choice.option for choice in start]
        self.best: list[int] = []
        self.best_points = _NOTHING
        if self.chosen:
            first = self._state(self.chosen)
            ordered = put_in_order(problem, start)
            if first is not None and ordered is not None and ordered.moving_s <= first.room + self._moving():
                self.best, self.best_points = self.chosen, ordered.points

    def result(self) -> Ordered | None:
        """The best choice, in order."""
        return put_in_order(self.problem, [self.tables.choice[c] for c in self.best]) if self.best else None

    def _moving(self) -> int:
        return self.tables.moving(sum(self.tables.kind[c] for c in self.chosen))

    def start(self, wide: int, narrow: int) -> None:
        """One start: among all lines, then from the best found among few, then polished. The best of all is kept."""
        held, points = self.best, self.best_points
        if not self.chosen:
            self.best, self.best_points = [], _NOTHING
        self._look_at(self.all, len(self.all))
        self.go(self.chosen, wide, WARMTH)
        if self.best:
            choices = [self.tables.choice[c] for c in self.best]
            few = FEW + FEW_EACH * self.most
            self._look_at(by_gain(self.problem, self.all, choices), few, {choice.line for choice in choices})
            self.go(self.best, narrow, COOLER)
            lines = self.all if self.most <= SMALL else self.ranked
            polish = Polish(self.tables, lines, self.best, self.best_points)
            polish.run()
            self.best, self.best_points = polish.chosen, polish.points
        if points >= self.best_points:
            self.best, self.best_points = held, points

    def _look_at(self, ranked: list[int], many: int, held: Set[int] = frozenset()) -> None:
        """The walk keeps to the first so many lines of all and of each stage, and to those that are held."""
        self.ranked = [n for place, n in enumerate(ranked) if place < many or n in held]
        stages: dict[int, list[int]] = {}
        for n in ranked:
            own = stages.setdefault(self.problem.lines[n].stage, [])
            if len(own) < many or n in held:
                own.append(n)
        self.near = [stages.get(line.stage, self.ranked) for line in self.problem.lines]

    def go(self, begin: list[int], moves: int, warmth: int) -> None:
        """`moves` trials, each kept where it loses no more than the warmth of the moment."""
        start = self._state(begin)
        if start is None:
            return
        state = start
        x = self.dice
        square = moves * moves
        for move in range(moves):
            x ^= x << 13 & _MASK
            x ^= x >> 7
            x ^= x << 17 & _MASK
            change = self._change(state.chosen, x, state.room)
            if change is not None:
                least = state.points - warmth * (moves - move) * (moves - move) // square
                found = self._after(state, *change, least)
                if found is not None:
                    state = found
                    if found.points > self.best_points:
                        self.best, self.best_points = found.chosen, found.points
        self.dice = x

    def _state(self, chosen: list[int]) -> _State | None:
        tables = self.tables
        total, kinds = sum(tables.sums[c] for c in chosen), sum(tables.kind[c] for c in chosen)
        points = tables.points(total, kinds, len(chosen))
        if points is None:
            return None
        taken = sum(tables.family[c] for c in chosen)
        return _State(chosen, total, taken, kinds, points, tables.room(total, kinds))

    def _after(self, state: _State, out: tuple[int, ...], into: tuple[int, ...], least: int) -> _State | None:
        """The choice after a change; None where it breaks a limit or has fewer points than `least`."""
        tables = self.tables
        sums, family, kind = tables.sums, tables.family, tables.kind
        chosen, total, taken, kinds = state.chosen, state.total, state.taken, state.kinds
        for n in out:
            taken ^= family[chosen[n]]
        for c in into:
            if taken & family[c]:
                return None
            taken |= family[c]
            total += sums[c]
            kinds += kind[c]
        for n in out:
            total -= sums[chosen[n]]
            kinds -= kind[chosen[n]]
        count = len(chosen) - len(out) + len(into)
        if count > self.most:
            return None
        points = tables.points(total, kinds, count, least)
        if points is not None and points > self.best_points:
            points = tables.points_apart(total, kinds, count, least)
        if points is None or points < least:
            return None
        return _State(_exchanged(chosen, out, into), total, taken, kinds, points, tables.room(total, kinds))

    def _change(self, chosen: list[int], r: int, room: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Which of the chosen to take out, by place, and which candidates to put in."""
        count = len(chosen)
        kind = r & 127
        if not count or kind < ADD:
            into = self._fitting(self._any_line(r >> 7), room, r >> 40)
            return None if into < 0 else ((), (into,))
        n = (r >> 7 & 255) % count
        c = chosen[n]
        if kind >= REBUILD:
            return self._rebuilt(chosen, n, room, r >> 15)
        line = self.line[c]
        if kind < DOSE or self.fixed[line]:
            into = self._other_dose(c, r >> 15)
            return None if into == c else ((n,), (into,))
        room += self.time[c]
        if kind < SWAP:
            into = self._fitting(self._near_line(line, r >> 15), room, r >> 50)
            return None if into < 0 or into == c else ((n,), (into,))
        if kind < SPLIT:
            return self._two((n,), self._near_line(line, r >> 15), self._any_line(r >> 23), room, r >> 44)
        if kind < DROP or count == 1:
            return (n,), ()
        m = (r >> 15 & 255) % count
        if m == n:
            return None
        return self._pair(chosen, n, m, room, r)

    def _pair(
        self, chosen: list[int], n: int, m: int, room: int, r: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """A change of two at once."""
        kind = r & 127
        c, d = chosen[n], chosen[m]
        line, other = self.line[c], self.line[d]
        room += self.time[d]
        if kind < DOSES:
            into = self._other_dose(c, r >> 23)
            second = self._fitting(other, room - self.time[into], r >> 50)
        else:
            second = self._other_dose(d, r >> 23)
            into = self._fitting(self._near_line(line, r >> 15), room - self.time[second], r >> 50)
        return None if into < 0 or second < 0 else ((n, m), (into, second))

    def _rebuilt(self, chosen: list[int], n: int, room: int, r: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """One to four taken out, and about as many others put in as fit."""
        count = len(chosen)
        out = {n}
        for k in range(r & 1 if count < 6 else r & 3):
            out.add((r >> 2 + 3 * k & 255) % count)
        if any(self.fixed[self.line[chosen[place]]] for place in out):
            return None
        room += sum([self.time[chosen[place]] for place in out])
        into: list[int] = []
        many = max(1, len(out) - 1 + (r >> 12) % 3)
        for k in range(many, 0, -1):
            c = self._fitting(self._any_line(r >> 14 + k), room if k == 1 else 2 * room // (k + 1), r >> 32 + k)
            if c >= 0:
                into.append(c)
                room -= self.time[c]
        return tuple(out), tuple(into)

    def _two(
        self, out: tuple[int, ...], first: int, second: int, room: int, r: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Two lines in place of `out`: the first gets a part of the room, the second what is left."""
        one = self._fitting(first, room * (1 + (r & 3)) // 5, r >> 2)
        if one < 0:
            return None
        two = self._fitting(second, room - self.time[one], r >> 4)
        return None if two < 0 else (out, (one, two))

    def _any_line(self, r: int) -> int:
        ranked = self.ranked
        many = len(ranked)
        a, b = (r & 0xFFFF) % many, (r >> 16 & 0xFFFF) % many
        return ranked[a if a < b else b]

    def _near_line(self, line: int, r: int) -> int:
        """Another line, mostly of the same stage."""
        ranked = self.near[line] if r & 3 else self.ranked
        many = len(ranked)
        a, b = (r >> 2 & 0xFFFF) % many, (r >> 18 & 0xFFFF) % many
        return ranked[a if a < b else b]

    def _other_dose(self, c: int, r: int) -> int:
        """Another dose of the same exercise, or the same dose in another stage."""
        line = self.line[c]
        if not r & 3:
            same = self.same[line]
            return c - self.first[line] + self.first[same[(r >> 2) % len(same)]]
        return self.first[line] + (r >> 5 & 0xFF) % len(self.times[line])

    def _fitting(self, line: int, room: int, r: int) -> int:
        """One of the longest doses that fit into the room; -1 where none fits."""
        fit = bisect_right(self.times[line], room) - 1
        if fit <= 0:
            return fit if fit < 0 else self.first[line]
        back = r & 3
        return self.first[line] + (fit - back if fit > back else 0)


def _exchanged(chosen: list[int], out: tuple[int, ...], into: tuple[int, ...]) -> list[int]:
    """`chosen` without the places `out` and with the candidates `into`."""
    trial = chosen.copy()
    if len(out) == len(into):
        for n, c in zip(out, into, strict=True):
            trial[n] = c
        return trial
    for n in sorted(out, reverse=True):
        del trial[n]
    trial += into
    return trial
