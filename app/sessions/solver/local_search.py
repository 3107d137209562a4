"""The last touch: exchanges of one, and doses of two, tried one after another until none helps."""

from bisect import bisect_right
from typing import Final

from app.sessions.solver.evaluator import NOTHING, Tables

ROUNDS: Final = 2
LONGEST: Final = 2
"""Of the doses that fit into what is free, how many are tried: long ones leave least time idle."""
SHARERS: Final = 4
"""Of the lines that tire alike, how many are tried beside one that gives up some of its time."""
SMALL: Final = 4
LONGEST_OF_SMALL: Final = 8
"""Sessions of so few exercises are cheap to polish well."""


class Polish:
    """A choice that only ever gets better. `lines` are those that may come in."""

    def __init__(self, tables: Tables, lines: list[int], fixed: list[bool], chosen: list[int], points: int) -> None:
        self.tables: Tables = tables
        self.lines: list[int] = lines
        self.fixed: list[bool] = fixed
        self.chosen: list[int] = chosen.copy()
        self.points: int = points
        self.most: int = tables.problem.max_exercises
        self.longest: int = LONGEST_OF_SMALL if self.most <= SMALL else LONGEST
        self.times: int = tables.no_time
        self.loads: int = tables.no_load
        self.values: int = 0
        self.served: int = 0
        self.kinds: int = 0
        for c in chosen:
            self._count(c, 1)

    def _count(self, c: int, times: int) -> None:
        tables = self.tables
        self.times += times * tables.times[c]
        self.loads += times * tables.loads[c]
        self.values += times * tables.values[c]
        self.served += times * tables.served[c]
        self.kinds += times * tables.kind[c]

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
        own = tables.line[old]
        room = tables.room(self.times, self.kinds) + tables.time[old]
        self._count(old, -1)
        taken = {tables.family[c] for n, c in enumerate(self.chosen) if n != place}
        lines = [own] if self.fixed[own] else [own, *self.lines]
        best = self._best(taken, len(self.chosen), room, own, lines)
        self.chosen[place] = best if best >= 0 else old
        self._count(self.chosen[place], 1)

    def _add(self) -> None:
        tables = self.tables
        taken = {tables.family[c] for c in self.chosen}
        best = self._best(taken, len(self.chosen) + 1, tables.room(self.times, self.kinds), -1, self.lines)
        if best >= 0:
            self.chosen.append(best)
            self._count(best, 1)

    def share_loads(self) -> bool:
        """What tires alike has a limit together: one gives up some of its time, so that another can come.

        True where that brought something.
        """
        before = self.points
        for other in range(len(self.chosen)):
            for place in range(-1 if len(self.chosen) < self.most else 0, len(self.chosen)):
                fixed = place >= 0 and self.fixed[self.tables.line[self.chosen[place]]]
                if place != other and not fixed and self.tables.tires[self.chosen[other]] >= 0:
                    self._share(place, other)
        return self.points > before

    def _share(self, place: int, other: int) -> None:
        """A line of the load of `other` comes for what is at `place`, or as well where that is -1."""
        tables = self.tables
        held = self.chosen[other]
        rest = [c for n, c in enumerate(self.chosen) if n not in (place, other)]
        taken = {tables.family[c] for c in rest} | {tables.family[held]}
        load = tables.tires[held]
        free = tables.problem.load_max_s[load] - sum([tables.time[c] for c in rest if tables.tires[c] == load])
        room = tables.room(self.times, self.kinds) + tables.time[held]
        if place >= 0:
            room += tables.time[self.chosen[place]]
            self._count(self.chosen[place], -1)
        self._count(held, -1)
        found, less, looked_at = -1, held, 0
        for line in self.lines:
            first = tables.first[line]
            if tables.tires[first] == load and tables.family[first] not in taken:
                looked_at += 1
                if looked_at > SHARERS:
                    break
                for d in range(tables.first[tables.line[held]], held):
                    self._count(d, 1)
                    left = (free if free < room else room) - tables.time[d]
                    best = self._best(taken, len(rest) + 2, left, -1, [line])
                    self._count(d, -1)
                    if best >= 0:
                        found, less = best, d
        self.chosen[other] = less
        self._count(less, 1)
        if found >= 0 and place >= 0:
            self.chosen[place] = found
        elif found >= 0:
            self.chosen.append(found)
        if place >= 0 or found >= 0:
            self._count(self.chosen[place], 1)

    def _best(self, taken: set[int], count: int, room: int, own: int, lines: list[int]) -> int:
        """Of all doses of the line `own` and the long ones of `lines`, the best beside the rest; else -1."""
        tables, best = self.tables, -1
        times, loads, values, served, kinds = self.times, self.loads, self.values, self.served, self.kinds
        for line in lines:
            first = tables.first[line]
            if tables.family[first] in taken:
                continue
            fit = bisect_right(tables.menu[line], room)
            shortest = 0 if line == own or fit < self.longest else fit - self.longest
            for c in range(first + shortest, first + fit):
                points = tables.points_apart(
                    times + tables.times[c],
                    loads + tables.loads[c],
                    values + tables.values[c],
                    served + tables.served[c],
                    kinds + tables.kind[c],
                    count,
                    self.points + 1,
                )
                if points > NOTHING:
                    self.points, best = points, c
        return best

    def _doses(self, place: int, other: int) -> None:
        """The best doses of two, what one gives up being free for the other."""
        tables, chosen = self.tables, self.chosen
        one, two = tables.line[chosen[place]], tables.line[chosen[other]]
        room = tables.room(self.times, self.kinds) + tables.time[chosen[place]] + tables.time[chosen[other]]
        kinds, count = self.kinds, len(chosen)
        self._count(chosen[place], -1)
        self._count(chosen[other], -1)
        times, loads, values, served = self.times, self.loads, self.values, self.served
        first = tables.first[two]
        for c in range(tables.first[one], tables.first[one] + len(tables.menu[one])):
            fit = bisect_right(tables.menu[two], room - tables.time[c])
            for d in range(first + (fit - self.longest if fit > self.longest else 0), first + fit):
                points = tables.points_apart(
                    times + tables.times[c] + tables.times[d],
                    loads + tables.loads[c] + tables.loads[d],
                    values + tables.values[c] + tables.values[d],
                    served + tables.served[c] + tables.served[d],
                    kinds,
                    count,
                    self.points + 1,
                )
                if points > NOTHING:
                    self.points = points
                    chosen[place], chosen[other] = c, d
        self._count(chosen[place], 1)
        self._count(chosen[other], 1)
