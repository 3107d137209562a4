"""A trial: what to take out of a choice and what to put in, by the throw of a die."""

from bisect import bisect_right
from typing import Final

from app.sessions.solver.evaluator import Tables

ADD: Final = 5
DOSE: Final = 10
SWAP: Final = 58
SPLIT: Final = 62
DROP: Final = 67
DOSES: Final = 99
REBUILD: Final = 106
"""Of 128 trials, where each kind ends; the rest take out some and put in others."""


class Trial:
    """Proposes changes of a choice; it looks at some lines more than at others."""

    def __init__(self, tables: Tables, lines: list[int]) -> None:
        self.tables: Tables = tables
        self.chosen: list[int] = []
        """What is to be changed: the walk's own list."""
        self.room: int = 0
        """Seconds that it leaves."""
        self.out: list[int] = []
        """Places of the chosen that the trial takes out."""
        self.into: list[int] = []
        """Candidates that it puts in."""
        self.ranked: list[int] = lines
        """The lines that are looked at, the most promising first."""
        self.near: list[list[int]] = []
        """Of each line, those of its stage."""
        self.same: list[list[int]] = _same(tables, lines)
        """Of each line, those of the same exercise."""
        self.fixed: list[bool] = [line.exercise in tables.problem.required for line in tables.problem.placements]

    def look_at(self, ranked: list[int], many: int, chosen: list[int]) -> None:
        """Keeps to the first so many lines of all and of each stage, and to those that are chosen."""
        lines = self.tables.problem.placements
        held = {self.tables.line[c] for c in chosen}
        self.ranked = [n for place, n in enumerate(ranked) if place < many or n in held]
        stages: dict[int, list[int]] = {}
        for n in ranked:
            own = stages.setdefault(lines[n].stage, [])
            if len(own) < many or n in held:
                own.append(n)
        self.near = [stages.get(line.stage, self.ranked) for line in lines]

    def propose(self, r: int) -> bool:
        """Fills `out` and `into`; False where nothing came of it."""
        self.out.clear()
        self.into.clear()
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
        by_exercise.setdefault(tables.problem.placements[n].exercise, []).append(n)
    return [by_exercise.get(line.exercise, []) for line in tables.problem.placements]
