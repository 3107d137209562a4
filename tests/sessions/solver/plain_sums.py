"""The packed sums in plain form: one count for each counter, added up one by one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.sessions.ordering.stages import PHASE_OF_STAGE
from app.sessions.solver import bit_layout as layout
from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.packed_sums import PackedSums, kind_counts


@dataclass
class PlainSums:
    """Everything that the sums of a selection count."""

    session_s: int = 0
    phase_s: dict[int, int] = field(default_factory=dict)
    """Seconds of each phase with a limit of its own."""
    load_s: dict[int, int] = field(default_factory=dict)
    """Seconds of each limited load."""
    strain_s: dict[int, int] = field(default_factory=dict)
    """Seconds of each limited strain."""
    value: int = 0
    exercises: int = 0
    repeats: int = 0
    off_goal_s: int = 0
    wishes: list[int] = field(default_factory=lambda: [0] * layout.WISH_BITS)
    goal_s: list[int] = field(default_factory=list)
    kinds: dict[tuple[int, int, int], int] = field(default_factory=dict)


def add_up(table: CandidateTable, selection: Sequence[int]) -> PlainSums:
    """The sums of a selection, computed from the problem."""
    problem = table.problem
    phases = dict.fromkeys(layout.LIMITED_PHASES, 0)
    loads = dict.fromkeys(problem.limited_loads, 0)
    kinds: Counter[tuple[int, int, int]] = Counter()
    strains = dict.fromkeys(range(len(problem.strain_max_s)), 0)
    sums = PlainSums(phase_s=phases, load_s=loads, strain_s=strains, goal_s=[0] * len(problem.goal_utility))
    for candidate in selection:
        choice = table.choice(candidate)
        placement, option = problem.placement_of(choice), problem.option_of(choice)
        phase = PHASE_OF_STAGE[placement.stage]
        sums.session_s += option.time_s
        if phase in phases:
            phases[phase] += option.time_s
        if placement.load in loads:
            loads[placement.load] += option.time_s
        for limit in placement.strain_limits:
            strains[limit] += option.time_s
        sums.value += placement.value - option.distance
        sums.exercises += 1
        sums.repeats += placement.repeats_family
        sums.off_goal_s += option.time_s if placement.serves_no_goal else 0
        sums.wishes = [count + (placement.wishes >> bit & 1) for bit, count in enumerate(sums.wishes)]
        work = [option.credit_s * share // 1000 for share in placement.goal_shares]
        sums.goal_s = [a + b for a, b in zip(sums.goal_s, work, strict=True)]
        load = 0 if placement.load == problem.repeatable_load else placement.load
        kinds[placement.stage, placement.position, load] += 1
    sums.kinds = dict(kinds)
    return sums


def unpack(table: CandidateTable, packed: PackedSums) -> PlainSums:
    """The sums that the bits of packed sums stand for, by the layout that `bit_layout` draws."""
    problem = table.problem
    session_s, *phase_s = _counters(packed.times, [problem.budget_s, *_phase_limits(problem)])
    load_limits = [problem.load_max_s[load] for load in problem.limited_loads]
    load_s = _counters(packed.loads, [*load_limits, *problem.strain_max_s])
    wishes = packed.values >> layout.WISH_SHIFT
    goals = range(len(problem.goal_utility))
    return PlainSums(
        session_s=session_s,
        phase_s=dict(zip(layout.LIMITED_PHASES, phase_s, strict=True)),
        load_s=dict(zip(problem.limited_loads, load_s, strict=False)),
        strain_s=dict(enumerate(load_s[len(problem.limited_loads) :])),
        value=packed.values >> layout.VALUE_SHIFT,
        exercises=packed.values & layout.COUNT_MASK,
        repeats=packed.values >> layout.REPEATS_SHIFT & layout.COUNT_MASK,
        off_goal_s=packed.values >> layout.OFF_GOAL_SHIFT & layout.OFF_GOAL_MASK,
        wishes=[wishes >> layout.COUNT_BITS * bit & layout.COUNT_MASK for bit in range(layout.WISH_BITS)],
        goal_s=[packed.served >> layout.GOAL_BITS * goal & layout.GOAL_MASK for goal in goals],
        kinds={table.kinds[kind]: count for kind, count in kind_counts(packed.kinds)},
    )


def _phase_limits(problem: IntegerProblem) -> list[int]:
    return [problem.phase_max_s[phase] for phase in layout.LIMITED_PHASES]


def _counters(packed: int, limits: Sequence[int]) -> list[int]:
    """Counts of a number whose counters are full at their limits."""
    counters = [packed >> layout.COUNTER_BITS * n & layout.COUNTER_MASK for n in range(len(limits))]
    return [counter - layout.COUNTER_MAX + limit for counter, limit in zip(counters, limits, strict=True)]
