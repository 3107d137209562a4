"""The last touch: exchanges of one, and doses of two, tried one after another until none helps."""

from bisect import bisect_right
from collections.abc import Sequence

from app.sessions.tables import Tables

ROUNDS = 4
LONGEST = 2
"""Of the doses that fit into what is free, how many are tried: long ones leave least time idle."""
SMALL, LONGEST_OF_SMALL = 4, 8
"""Sessions of so few exercises are cheap to polish well."""


class Polish:
    """A choice that only ever gets better. `lines` are those that may come in."""

    def __init__(self, tables: Tables, lines: Sequence[int], chosen: Sequence[int], points: int) -> None:
        problem = tables.problem
        self.tables = tables
        self.lines = lines
        self.chosen = list(chosen)
        self.points = points
        self.most = problem.most
        self.longest = LONGEST_OF_SMALL if problem.most <= SMALL else LONGEST
        self.times = {n: [option.time_s for option in problem.lines[n].options] for n in tables.first}
        self.fixed = {n for n in tables.first if problem.lines[n].exercise in problem.must}
        self.total = sum(tables.sums[c] for c in chosen)
        self.kinds = sum(tables.kind[c] for c in chosen)

    def run(self) -> None:
        """Round after round, each of bounded work, until one brings nothing."""
        for _ in range(ROUNDS):
            before = self.points
            for place in range(len(self.chosen)):
                self._exchange(place)
            if len(self.chosen) < self.most:
                self._add()
            for place in range(len(self.chosen)):
                for other in range(place):
                    self._doses(place, other)
            if self.points == before:
                return

    def _exchange(self, place: int) -> None:
        """The best that can stand in this place, all others staying."""
        tables = self.tables
        old = self.chosen[place]
        own = tables.choice[old].line
        total, kinds = self.total - tables.sums[old], self.kinds - tables.kind[old]
        room = tables.room(self.total, self.kinds) + self.times[own][tables.choice[old].option]
        others = [c for n, c in enumerate(self.chosen) if n != place]
        self.chosen[place] = self._best(others, total, kinds, room, own, () if own in self.fixed else self.lines, old)
        self.total, self.kinds = total + tables.sums[self.chosen[place]], kinds + tables.kind[self.chosen[place]]

    def _add(self) -> None:
        tables = self.tables
        found = self._best(self.chosen, self.total, self.kinds, tables.room(self.total, self.kinds), -1, self.lines, -1)
        if found >= 0:
            self.chosen.append(found)
            self.total, self.kinds = self.total + tables.sums[found], self.kinds + tables.kind[found]

    def _best(
        self, others: Sequence[int], total: int, kinds: int, room: int, own: int, lines: Sequence[int], old: int
    ) -> int:
        """Of all doses of the line `own` and the long ones of `lines`, the best beside the others; else `old`."""
        tables, best = self.tables, old
        sums, kind = tables.sums, tables.kind
        taken = 0
        for c in others:
            taken |= tables.family[c]
        count = len(others) + 1
        for line in (own, *lines) if own >= 0 else lines:
            first = tables.first[line]
            if taken & tables.family[first]:
                continue
            fit = bisect_right(self.times[line], room)
            for c in range(first if line == own else first + max(0, fit - self.longest), first + fit):
                points = tables.points_apart(total + sums[c], kinds + kind[c], count, self.points + 1)
                if points is not None:
                    self.points, best = points, c
        return best

    def _doses(self, place: int, other: int) -> None:
        """The best doses of two, what one gives up being free for the other."""
        tables, chosen = self.tables, self.chosen
        sums, count = tables.sums, len(chosen)
        a, b = chosen[place], chosen[other]
        one, two = tables.choice[a].line, tables.choice[b].line
        times = self.times[two]
        total = self.total - sums[a] - sums[b]
        room = tables.room(total, self.kinds)
        first = tables.first[two]
        for c, time in enumerate(self.times[one], tables.first[one]):
            fit = bisect_right(times, room - time)
            for d in range(first + max(0, fit - self.longest), first + fit):
                points = tables.points_apart(total + sums[c] + sums[d], self.kinds, count, self.points + 1)
                if points is not None:
                    self.points = points
                    chosen[place], chosen[other] = c, d
        self.total = total + sums[chosen[place]] + sums[chosen[other]]
