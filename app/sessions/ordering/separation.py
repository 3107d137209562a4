"""Exact dynamic programme that sequences one stage so that equal loads are never adjacent.

State: (multiset that remains, last kind). A kind is a position with a load. The multiset is one
number with a few bits for each kind; it only ever shrinks, so that one downward pass meets every
state after all states that lead to it. Time and memory: O(prod(count + 1) * kinds) states with
`kinds` successors each.
"""

from typing import Final

from app.sessions.ordering.transitions import UNREACHABLE, TransitionTable

EndState = tuple[int, int]
"""(Position, load) of the last exercise."""
StageKinds = tuple[tuple[int, int, int], ...]
"""(Position, load, count) of everything in one stage."""
NO_END: Final[EndState] = (-1, 0)
"""Stands for the beginning of a session, before any exercise."""


class SeparationTable:
    """Least cost of each state of one stage, entered from any of `entry_costs`.

    `entry_costs` is empty at the beginning of a session.
    """

    def __init__(self, table: TransitionTable, entry_costs: dict[EndState, int], stage: StageKinds) -> None:
        self.table: TransitionTable = table
        self.stage: StageKinds = stage
        self.kind_count: int = len(stage)
        self.unit: list[int] = []
        """For each kind, one exercise of it in a packed multiset."""
        self.mask: list[int] = []
        """For each kind, its bits in a packed multiset."""
        self.full: int = 0
        """The packed multiset of the whole stage."""
        shift = 0
        for _, _, count in stage:
            self.unit.append(1 << shift)
            self.mask.append((1 << count.bit_length()) - 1 << shift)
            self.full += count << shift
            shift += count.bit_length()
        self.step: list[int] = [self._step_cost(a, b) for a in range(self.kind_count) for b in range(self.kind_count)]
        """Cost from each kind (row) to each kind (column)."""
        self.cost: list[int] = [UNREACHABLE] * ((self.full + 1) * self.kind_count)
        self._enter(entry_costs)
        self._fill()

    def _step_cost(self, last: int, following: int) -> int:
        a, b = self.stage[last], self.stage[following]
        return UNREACHABLE if b[1] and a[1] == b[1] else self.table.costs[a[0]][b[0]]

    def _enter(self, entry_costs: dict[EndState, int]) -> None:
        for kind, (position, load, _) in enumerate(self.stage):
            min_cost = UNREACHABLE if entry_costs else 0
            for end, cost in entry_costs.items():
                if not load or end[1] != load:
                    total = cost + self.table.costs[end[0]][position]
                    min_cost = total if total < min_cost else min_cost
            self.cost[(self.full - self.unit[kind]) * self.kind_count + kind] = min_cost

    def _fill(self) -> None:
        cost, kind_count, step, unit, mask = self.cost, self.kind_count, self.step, self.unit, self.mask
        for remaining in range(self.full - 1, 0, -1):
            for last in range(kind_count):
                spent = cost[remaining * kind_count + last]
                if spent < UNREACHABLE:
                    for kind in range(kind_count):
                        if remaining & mask[kind]:
                            state = (remaining - unit[kind]) * kind_count + kind
                            new = spent + step[last * kind_count + kind]
                            if new < cost[state]:
                                cost[state] = new

    def end_costs(self) -> dict[EndState, int]:
        """Least cost of the whole stage by its end state; empty where equal loads must meet."""
        return {
            (position, load): self.cost[kind]
            for kind, (position, load, _) in enumerate(self.stage)
            if self.cost[kind] < UNREACHABLE
        }

    def backtrack(self, entry_costs: dict[EndState, int], end: EndState) -> tuple[list[EndState], EndState]:
        """A cheapest sequence that ends in `end`, last first, and the entry that it came from."""
        kind, remaining = next(n for n, one in enumerate(self.stage) if one[:2] == end), 0
        steps = [end]
        while remaining + self.unit[kind] != self.full:
            remaining, kind = self._predecessor(remaining, kind)
            steps.append(self.stage[kind][:2])
        position, load, _ = self.stage[kind]
        entries = [
            entry
            for entry, cost in entry_costs.items()
            if cost + self.table.costs[entry[0]][position] == self.cost[remaining * self.kind_count + kind]
            and not (load and entry[1] == load)
        ]
        return steps, min(entries, default=NO_END)

    def _predecessor(self, remaining: int, kind: int) -> tuple[int, int]:
        """The state from which a cheapest path comes to this one."""
        cost = self.cost[remaining * self.kind_count + kind]
        previous = remaining + self.unit[kind]
        for last in range(self.kind_count):
            is_used = (self.full & self.mask[last]) - (previous & self.mask[last]) >= self.unit[last]
            if (
                is_used
                and self.cost[previous * self.kind_count + last] + self.step[last * self.kind_count + kind] == cost
            ):
                return previous, last
        raise AssertionError("every state but the first has a predecessor")
