"""Random problems and selections, small problems made by hand, and the plain form that the solver must agree with."""

import random
from collections.abc import Iterator, Sequence

from app.schemas.exercise import Exercise
from app.sessions.problem.exercise_index import LIMITED_LOADS, LOAD_GROUPS
from app.sessions.problem.positions import TRANSITIONS
from app.sessions.problem.prepared_problem import PreparedProblem, prepare_problem
from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.evaluator import Evaluator
from app.sessions.solver.model import Choice, DoseOption, IntegerProblem, Placement
from app.sessions.solver.objective import is_feasible, objective
from app.sessions.solver.packed_sums import INFEASIBLE, PackedSums
from benchmarks.catalogues import index_of
from benchmarks.session_requests import any_request

LIMITED_LOAD_IDS = tuple(number for number, load in enumerate(LOAD_GROUPS) if load in LIMITED_LOADS)
MIN_POINTS = INFEASIBLE + 1
"""The fewest points of a feasible selection."""


def evaluator_of(problem: IntegerProblem, max_orders: int = 100_000) -> Evaluator:
    """An evaluator of all placements of a problem."""
    evaluator = Evaluator(CandidateTable(problem, range(len(problem.placements))))
    evaluator.orders_left = max_orders
    return evaluator


def sums_of(evaluator: Evaluator, selection: Sequence[int]) -> PackedSums:
    """The packed sums of a selection."""
    sums = evaluator.new_sums()
    sums.assign(list(selection))
    return sums


def points_of(evaluator: Evaluator, selection: Sequence[int], min_points: int = MIN_POINTS) -> int:
    """Points of a selection where equal loads may be adjacent."""
    sums = sums_of(evaluator, selection)
    return evaluator.points(sums, sums.upper_bound(), min_points)


def ordered_points_of(evaluator: Evaluator, selection: Sequence[int], min_points: int = MIN_POINTS) -> int:
    """Points of a selection in its best order."""
    sums = sums_of(evaluator, selection)
    return evaluator.points_when_ordered(sums, sums.upper_bound(), min_points)


def prepared_requests(exercises: tuple[Exercise, ...], count: int, seed: int) -> Iterator[PreparedProblem]:
    """`count` random requests for which something can be selected."""
    rng = random.Random(seed)
    yielded = 0
    while yielded < count:
        prepared = prepare_problem(any_request(rng, exercises), index_of(exercises))
        if prepared.is_feasible:
            yielded += 1
            yield prepared


def random_selection(rng: random.Random, table: CandidateTable, max_exercises: int, per_mille: int) -> list[int]:
    """Random candidates of different families that take at most `per_mille` thousandths of the budget.

    Now and then those of one load are sought, so that equal loads come together.
    """
    count = rng.randint(1, max_exercises)
    load = rng.choice((None, None, rng.randrange(1, len(LOAD_GROUPS))))
    left_s = table.problem.budget_s * per_mille // 1000
    selection: list[int] = []
    families: set[int] = set()
    for _ in range(6 * count):
        candidate = rng.randrange(len(table.time_s))
        placement = table.problem.placements[table.placement[candidate]]
        skipped = load is not None and placement.load != load and rng.random() < 0.8
        fits = table.family[candidate] not in families and table.time_s[candidate] <= left_s
        if fits and not skipped:
            selection.append(candidate)
            families.add(table.family[candidate])
            left_s -= table.time_s[candidate]
        if len(selection) == count:
            break
    return selection


def choices_of(table: CandidateTable, selection: Sequence[int]) -> list[Choice]:
    """The candidates as placements and options."""
    return [table.choice(candidate) for candidate in selection]


def plain_points(
    problem: IntegerProblem, choices: Sequence[Choice], transition_s: int | None, floor_changes: int = 0
) -> int:
    """Points by the plain form; `INFEASIBLE` where a hard constraint is broken or there is no order."""
    if transition_s is None or not is_feasible(problem._replace(required=()), choices, transition_s):
        return INFEASIBLE
    return objective(problem, choices, transition_s, floor_changes)


def make_option(time_s: int, work_s: int | None = None) -> DoseOption:
    """A dose of so many seconds, all of them work unless stated otherwise."""
    return DoseOption(0, time_s, time_s if work_s is None else work_s, 0)


def make_placement(
    number: int, *options: DoseOption, goal_shares: tuple[int, ...] = (1000,), value: int = 0
) -> Placement:
    """An exercise with a family of its own that is done standing and loads nothing."""
    return Placement(
        exercise=number,
        stage=1,
        options=options,
        value=value,
        goal_shares=goal_shares,
        family=number,
        load=0,
        position=1,
        wishes=0,
        repeats_family=0,
    )


def make_problem(placements: Sequence[Placement], budget_s: int, goal_count: int = 1) -> IntegerProblem:
    """A problem with no limit but the budget; a second of a goal is worth two points, an idle second costs two."""
    return IntegerProblem(
        placements=tuple(placements),
        budget_s=budget_s,
        max_exercises=18,
        goal_utility=tuple([2 * second for second in range(budget_s + 1)] for _ in range(goal_count)),
        goal_min_share=(0,) * goal_count,
        goal_max_share=(1000,) * goal_count,
        imbalance_penalty_per_s=0,
        phase_min_s=(0, 0, 0, 0),
        phase_max_s=(budget_s,) * 4,
        load_max_s=(budget_s,) * len(LOAD_GROUPS),
        limited_loads=LIMITED_LOAD_IDS,
        idle_penalty_per_s=2,
        transition_penalty_per_s=2,
        floor_change_penalty=0,
        wish_points=(0, 0, 0, 0),
        required=(),
        previous_family_count=0,
        repeatable_load=0,
        transitions=TRANSITIONS,
    )
