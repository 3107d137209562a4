"""The candidates of a problem laid flat: every line with each of its doses as a few whole numbers to be summed.

Several counts share one number: a move is then a handful of additions, and one look tells whether a limit is broken.
"""

from collections.abc import Sequence
from typing import Final

from app.sessions.ordering.sequence import SequenceKey
from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.solver.model import Choice, IntegerProblem

FIELD: Final = 15
FULL: Final = (1 << FIELD - 1) - 1
MASK: Final = (1 << FIELD) - 1
GUARD: Final = sum(1 << FIELD * n + FIELD - 1 for n in range(4))
"""Four counts of seconds in a number; each begins so far up that its highest bit tells when it is too much."""
LIMITED: Final = (0, 2, 3)
"""Phases with a limit of their own; what is left for the others is the whole session."""
GOAL: Final = 12
GOAL_MASK: Final = (1 << GOAL) - 1
KNOWN: Final = 5
KNOWN_MASK: Final = (1 << KNOWN) - 1
ASIDE_MASK: Final = (1 << 13) - 1
GIVES: Final = KNOWN + 13
VALUE: Final = GIVES + 3 * KNOWN
COUNT: Final = 5


class Candidates:
    """Candidates (a line with an option) by number; of each list, an entry for each candidate unless said."""

    def __init__(self, problem: IntegerProblem, kept: Sequence[int]) -> None:
        self.problem = problem
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
        self.first: list[int] = [-1] * len(problem.placements)
        """Of each line, the number of its first candidate; the others follow, longer and longer."""
        self.menu: list[list[int]] = [[] for _ in problem.placements]
        """Of each line, the seconds of its doses."""
        self.families: int = 0
        self._kinds: list[SequenceKey] = []
        self.stage_of: list[int] = []
        self.spot_of: list[int] = []
        self.load_of: list[int] = []
        self.limited_loads: list[int] = list(problem.limited_loads)
        self.load_count: int = len(problem.load_max_s)
        self._lay_all(kept)

    def _lay_all(self, kept: Sequence[int]) -> None:
        family: dict[int, int] = {}
        kinds: dict[SequenceKey, int] = {}
        excused = self.problem.exempt_load
        for number in kept:
            line = self.problem.placements[number]
            load = 0 if line.load == excused else line.load
            kind = (line.stage, line.position, load)
            if kind not in kinds:
                kinds[kind] = len(kinds)
                self._kinds.append(kind)
                self.stage_of.append(line.stage)
                self.spot_of.append(1 << line.position)
                self.load_of.append(line.stage * self.load_count + load)
            self._lay(number, 1 << COUNT * kinds[kind], family.setdefault(line.family, len(family)))
        self.families = len(family)

    def _lay(self, number: int, kind: int, family: int) -> None:
        line = self.problem.placements[number]
        phase: int = PHASE_OF_STAGE[line.stage]
        load: int = line.load
        per_second = 1 | (1 << FIELD * (1 + LIMITED.index(phase)) if phase in LIMITED else 0)
        per_load = 1 << FIELD * self.limited_loads.index(load) if load in self.limited_loads else 0
        self.first[number] = len(self.time)
        shares: list[int] = list(line.goal_shares)
        gives = sum([(line.balance >> bit & 1) << GIVES + KNOWN * bit for bit in range(3)])
        for n, option in enumerate(line.options):
            seconds: int = option.time_s
            work: int = option.work_s
            served = 0
            for goal, share in enumerate(shares):
                served |= work * share // 1000 << GOAL * goal
            self.tires.append(load if load in self.limited_loads else -1)
            self.time.append(seconds)
            self.menu[number].append(seconds)
            self.times.append(seconds * per_second)
            self.loads.append(seconds * per_load)
            aside = seconds << KNOWN if line.serves_no_goal else 0
            self.values.append((line.value - option.distance << VALUE) + gives + aside + line.repeats_family)
            self.served.append(served)
            self.line.append(number)
            self.option.append(n)
            self.kind.append(kind)
            self.family.append(family)

    def choice(self, c: int) -> Choice:
        """The candidate as a line and an option of the problem."""
        return Choice(self.line[c], self.option[c])
