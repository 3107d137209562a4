"""The candidates of a problem: each placement with each of its dose options, numbered."""

from collections.abc import Sequence

from app.sessions.ordering.sequence import SequenceKey
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.packed_candidate import PackedCandidate, pack_options


class CandidateTable:
    """Candidates by number: those of a placement are successive, from short to long."""

    def __init__(self, problem: IntegerProblem, placements: Sequence[int]) -> None:
        """`placements` are those that become candidates, as indices into the problem's."""
        self.problem: IntegerProblem = problem
        self.packed: list[PackedCandidate] = []
        """For each candidate, what it adds to the packed sums."""
        self.time_s: list[int] = []
        """For each candidate, its seconds of the session."""
        self.placement: list[int] = []
        """For each candidate, its placement."""
        self.option: list[int] = []
        """For each candidate, its dose option."""
        self.family: list[int] = []
        """For each candidate, its family, numbered from 0."""
        self.limited_load: list[int] = []
        """For each candidate, its load where the seconds of that load are limited, else -1."""
        self.first: list[int] = [-1] * len(problem.placements)
        """For each placement, its first candidate; -1 where it has none."""
        self.dose_seconds: list[list[int]] = [[] for _ in problem.placements]
        """For each placement, the seconds of its candidates, rising."""
        self.kinds: list[SequenceKey] = []
        """Stage, position and load by kind; the exempt load counts as none."""
        families: dict[int, int] = {}
        kind_of: dict[SequenceKey, int] = {}
        for number in placements:
            placement = problem.placements[number]
            # Only the order exempts a load; its seconds stay limited.
            load = 0 if placement.load == problem.repeatable_load else placement.load
            key = (placement.stage, placement.position, load)
            if key not in kind_of:
                kind_of[key] = len(kind_of)
                self.kinds.append(key)
            self._append_options(number, kind_of[key], families.setdefault(placement.family, len(families)))
        self.family_count: int = len(families)

    def _append_options(self, number: int, kind: int, family: int) -> None:
        placement = self.problem.placements[number]
        load = placement.load if placement.load in self.problem.limited_loads else -1
        count = len(placement.options)
        self.first[number] = len(self.packed)
        self.packed += pack_options(self.problem, placement, kind)
        self.dose_seconds[number] = [option.time_s for option in placement.options]
        self.time_s += self.dose_seconds[number]
        self.placement += [number] * count
        self.option += range(count)
        self.family += [family] * count
        self.limited_load += [load] * count

    def choice(self, candidate: int) -> Choice:
        """The candidate as a placement and an option of the problem."""
        return Choice(self.placement[candidate], self.option[candidate])

    def candidate(self, choice: Choice) -> int:
        """The number of a choice whose placement is in the table."""
        return self.first[choice.placement] + choice.option
