"""Choosing exercises and doses: threshold accepting over whole numbers, with fixed work and its own dice."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.sessions.problem import SPARE_S, Choice, Problem
from app.sessions.score import Ordered, put_in_order
from app.sessions.tables import Tables

WORK = ((4, 3, 1400), (10, 2, 2400), (99, 1, 4000))
"""For sessions of up to so many exercises, how often the search starts anew and with how many trials each time."""
WARMTH = 300
"""Points that a move may lose at first; nothing at the end."""
SHORTLIST = 240
"""Lines that the search looks at."""
ADD, DOSE, SWAP, SPLIT, DROP, DOSES, REBUILD = 5, 10, 58, 62, 67, 99, 106
"""Of 128 trials, where each kind ends; the rest take out some and put in others."""
_NOTHING = -(1 << 60)
_MASK = (1 << 64) - 1


def search(problem: Problem, seed: int, start: Sequence[Choice] = (), moves: int = 0) -> Ordered | None:
    """The best session found from `start`, which holds what is asked for by name; None where none was found."""
    if not problem.lines:
        return None
    walk = _Walk(problem, seed, start)
    _, starts, trials = next(work for work in WORK if problem.most <= work[0])
    for _ in range(1 if moves else starts):
        walk.go(moves or trials)
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
        self.ranked = ranking(problem)
        self.tables = Tables(problem, self.ranked)
        self.line = [choice.line for choice in self.tables.choice]
        self.time = [problem.lines[line].options[option].time_s for line, option in self.tables.choice]
        self.times = [[option.time_s for option in line.options] for line in problem.lines]
        stages: dict[int, list[int]] = {}
        same: dict[int, list[int]] = {}
        for n in self.ranked:
            stages.setdefault(problem.lines[n].stage, []).append(n)
            same.setdefault(problem.lines[n].exercise, []).append(n)
        self.near = [stages.get(line.stage, self.ranked) for line in problem.lines]
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

    def _dearer(self, more: int, room: int, count: int) -> int:
        """Points lost by so many more seconds of moving, which are then no longer idle."""
        idle = max(0, room - SPARE_S * count)
        return more * self.problem.travel - min(more, idle) * self.problem.idle

    def go(self, moves: int) -> None:
        """`moves` trials, each kept where it loses no more than the warmth of the moment."""
        start = self._state(self.chosen)
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
                least = state.points - WARMTH * (moves - move) * (moves - move) // square
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
        points = tables.points(total, kinds, count)
        if points is None or points < least:
            return None
        moving = tables.moving_apart(kinds)
        if moving is None:
            return None
        room = tables.room(total, kinds)
        more = moving - tables.moving(kinds)
        if more:
            points -= self._dearer(more, room, count)
            room -= more
            if room < 0 or points < least:
                return None
        return _State(_exchanged(chosen, out, into), total, taken, kinds, points, room)

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


def ranking(problem: Problem) -> list[int]:
    """The lines worth looking at, best first by the points of a middling dose; some of every stage and load."""
    promise = [(-_promise(problem, n), n) for n in range(len(problem.lines))]
    promise.sort()
    if len(promise) <= SHORTLIST:
        return [n for _, n in promise]
    kept: list[int] = []
    seen: dict[tuple[int, int], int] = {}
    for rank, (_, n) in enumerate(promise):
        line = problem.lines[n]
        key = (line.stage, line.load)
        seen[key] = seen.get(key, 0) + 1
        if rank < SHORTLIST * 2 // 3 or seen[key] <= 4 or line.exercise in problem.must:
            kept.append(n)
    return kept


def _promise(problem: Problem, number: int) -> int:
    line = problem.lines[number]
    option = line.options[len(line.options) // 2]
    points = line.value - option.distance + problem.idle * option.time_s
    for worth, share in zip(problem.worth, line.serves, strict=True):
        points += worth[option.work_s * share // 1000]
    return points * 1000 // (option.time_s + 30)
