"""One stage in which equal loads must be kept apart: the least cost of every way through it, by exact table.

A state is what is left of each kind, and the kind that was last. What is left is one number with a few bits for each
kind; it only ever gets smaller, so that one pass from above meets every state after all that lead to it.
"""

from typing import Final

from app.sessions.ordering.transitions import COST

End = tuple[int, int]
"""Place and load of what was last."""
Stage = tuple[tuple[int, int, int], ...]
"""Place, load and count of all that one stage holds."""
NEVER: Final = 1 << 30


class Weave:
    """The table of a stage entered in one of these ways; no way in is a session's beginning."""

    def __init__(self, ends: dict[End, int], stage: Stage) -> None:
        self.stage: Stage = stage
        self.many: int = len(stage)
        self.unit: list[int] = []
        self.mask: list[int] = []
        self.whole: int = 0
        bits = 0
        for _, _, count in stage:
            self.unit.append(1 << bits)
            self.mask.append((1 << count.bit_length()) - 1 << bits)
            self.whole += count << bits
            bits += count.bit_length()
        self.move: list[int] = [self._move(a, b) for a in range(self.many) for b in range(self.many)]
        """Cost from each kind (row) to each."""
        self.cost: list[int] = [NEVER] * ((self.whole + 1) * self.many)
        self._enter(ends)
        self._fill()

    def _move(self, last: int, following: int) -> int:
        a, b = self.stage[last], self.stage[following]
        return NEVER if b[1] and a[1] == b[1] else COST[a[0]][b[0]]

    def _enter(self, ends: dict[End, int]) -> None:
        for n, (place, load, _) in enumerate(self.stage):
            least = NEVER if ends else 0
            for end, cost in ends.items():
                if not load or end[1] != load:
                    came = cost + COST[end[0]][place]
                    least = came if came < least else least
            self.cost[(self.whole - self.unit[n]) * self.many + n] = least

    def _fill(self) -> None:
        cost, many, move, unit, mask = self.cost, self.many, self.move, self.unit, self.mask
        for left in range(self.whole - 1, 0, -1):
            for last in range(many):
                spent = cost[left * many + last]
                if spent < NEVER:
                    for n in range(many):
                        if left & mask[n]:
                            then = (left - unit[n]) * many + n
                            new = spent + move[last * many + n]
                            if new < cost[then]:
                                cost[then] = new

    def ends(self) -> dict[End, int]:
        """The cost of each way to have come out."""
        return {(place, load): self.cost[n] for n, (place, load, _) in enumerate(self.stage) if self.cost[n] < NEVER}

    def back(self, ends: dict[End, int], end: End) -> tuple[list[End], End]:
        """From a way out back to the beginning: what was done, last first, and how one had come to it."""
        at, left = next(n for n, kind in enumerate(self.stage) if kind[:2] == end), 0
        steps = [end]
        while left + self.unit[at] != self.whole:
            cost = self.cost[left * self.many + at]
            left += self.unit[at]
            at = next(
                n
                for n in range(self.many)
                if (self.whole & self.mask[n]) - (left & self.mask[n]) >= self.unit[n]
                and self.cost[left * self.many + n] + self.move[n * self.many + at] == cost
            )
            steps.append(self.stage[at][:2])
        place, load, _ = self.stage[at]
        came = [
            way
            for way, cost in ends.items()
            if cost + COST[way[0]][place] == self.cost[left * self.many + at] and not (load and way[1] == load)
        ]
        return steps, min(came, default=(-1, 0))
