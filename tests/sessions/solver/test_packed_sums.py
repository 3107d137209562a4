"""Packed sums count what plain sums count, and give the points of the plain objective."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sessions.problem.exercise_index import LOAD_GROUPS
from app.sessions.problem.positions import POSITIONS
from app.sessions.solver.bit_layout import COUNT_BITS
from app.sessions.solver.evaluator import Evaluator
from app.sessions.solver.model import DoseOption, IntegerProblem, Placement
from app.sessions.solver.objective import objective
from app.sessions.solver.packed_sums import INFEASIBLE, PackedSums, kind_counts
from tests.sessions.solver.plain_sums import add_up, unpack
from tests.sessions.solver.problems import (
    choices_of,
    evaluator_of,
    make_option,
    make_placement,
    make_problem,
    sums_of,
)

GOAL_COUNT = 3
MAX_OPTION_S = 200
"""Twenty of these are the most seconds that one goal can count."""


def options() -> st.SearchStrategy[tuple[DoseOption, ...]]:
    times = st.lists(st.integers(1, MAX_OPTION_S), min_size=1, max_size=3, unique=True)
    return times.flatmap(
        lambda chosen: st.tuples(
            *[
                st.builds(DoseOption, st.just(0), st.just(s), st.integers(0, s), st.integers(0, 90))
                for s in sorted(chosen)
            ]
        )
    )


def placements() -> st.SearchStrategy[Placement]:
    return st.builds(
        Placement,
        exercise=st.integers(0, 99),
        stage=st.integers(0, 5),
        options=options(),
        value=st.integers(-1000, 1000),
        goal_shares=st.tuples(*[st.sampled_from((0, 0, 333, 500, 1000))] * GOAL_COUNT),
        family=st.integers(0, 99),
        load=st.integers(0, len(LOAD_GROUPS) - 1),
        position=st.integers(0, len(POSITIONS) - 1),
        wishes=st.integers(0, 15),
        repeats_family=st.integers(0, 1),
        strain_limits=st.sampled_from(((), (0,), (1,), (0, 1))),
    )


@st.composite
def problems(draw: st.DrawFn) -> IntegerProblem:
    budget_s = draw(st.integers(60, 3600))
    seconds = st.integers(0, budget_s)
    phase_max_s = draw(st.tuples(seconds, st.just(budget_s), seconds, seconds))
    problem = make_problem(draw(st.lists(placements(), min_size=1, max_size=6)), budget_s, GOAL_COUNT)
    return problem._replace(
        goal_min_share=draw(st.tuples(*[st.integers(-97, 500)] * GOAL_COUNT)),
        goal_max_share=draw(st.tuples(*[st.integers(500, 1097)] * GOAL_COUNT)),
        imbalance_penalty_per_s=draw(st.integers(0, 40)),
        phase_max_s=phase_max_s,
        phase_min_s=tuple(draw(st.integers(0, limit)) if phase != 1 else 0 for phase, limit in enumerate(phase_max_s)),
        load_max_s=draw(st.tuples(*[seconds] * len(LOAD_GROUPS))),
        limited_loads=tuple(draw(st.lists(st.integers(1, len(LOAD_GROUPS) - 1), max_size=4, unique=True))),
        idle_penalty_per_s=draw(st.integers(0, 100)),
        transition_penalty_per_s=draw(st.integers(0, 100)),
        floor_change_penalty=0,
        wish_points=draw(st.tuples(*[st.sampled_from((0, 150, 3000))] * 4)),
        previous_family_count=draw(st.integers(0, 5)),
        repeatable_load=draw(st.integers(0, len(LOAD_GROUPS) - 1)),
        strain_max_s=draw(st.tuples(seconds, seconds)),
    )


@st.composite
def selections(draw: st.DrawFn) -> tuple[Evaluator, list[int]]:
    """Any candidates, some twice: at most so many seconds that no counter can spill over."""
    evaluator = evaluator_of(draw(problems()))
    candidates = st.integers(0, len(evaluator.table.packed) - 1)
    return evaluator, draw(st.lists(candidates, min_size=1, max_size=16))


@settings(deadline=None)
@given(selections())
def test_packed_sums_count_what_plain_sums_count(drawn: tuple[Evaluator, list[int]]) -> None:
    evaluator, selection = drawn
    table = evaluator.table
    assert unpack(table, sums_of(evaluator, selection)) == add_up(table, selection)


@settings(deadline=None)
@given(selections(), st.data())
def test_a_move_gives_the_sums_of_the_selection_after_it(
    drawn: tuple[Evaluator, list[int]], data: st.DataObject
) -> None:
    evaluator, selection = drawn
    table = evaluator.table
    removed = data.draw(st.lists(st.integers(0, len(selection) - 1), unique=True, max_size=4))
    inserted = data.draw(st.lists(st.integers(0, len(table.packed) - 1), max_size=4))
    moved = evaluator.new_sums()
    moved.assign_move(sums_of(evaluator, selection), selection, removed, inserted)
    after = [candidate for index, candidate in enumerate(selection) if index not in removed] + inserted
    assert unpack(table, moved) == add_up(table, after)
    assert fields_of(moved) == fields_of(sums_of(evaluator, after))


@settings(deadline=None)
@given(selections())
def test_what_is_removed_leaves_no_trace(drawn: tuple[Evaluator, list[int]]) -> None:
    evaluator, selection = drawn
    sums = sums_of(evaluator, selection)
    base = evaluator.new_sums()
    base.assign(selection[:-1])
    extended = evaluator.new_sums()
    extended.assign_with(base, selection[-1])
    assert fields_of(extended) == fields_of(sums)
    for candidate in selection:
        sums.remove(candidate)
    assert fields_of(sums) == fields_of(evaluator.new_sums())


@settings(deadline=None)
@given(selections(), st.integers(0, 100))
def test_points_are_those_of_the_plain_objective(drawn: tuple[Evaluator, list[int]], transition_s: int) -> None:
    evaluator, selection = drawn
    problem, plain = evaluator.table.problem, add_up(evaluator.table, selection)
    within_limits = (
        plain.session_s <= problem.budget_s
        and all(seconds <= problem.phase_max_s[phase] for phase, seconds in plain.phase_s.items())
        and all(seconds <= problem.load_max_s[load] for load, seconds in plain.load_s.items())
        and all(seconds <= problem.strain_max_s[limit] for limit, seconds in plain.strain_s.items())
    )
    sums = sums_of(evaluator, selection)
    bound = sums.upper_bound()
    assert (bound > INFEASIBLE) == within_limits
    if within_limits:
        points = sums.points(bound, transition_s)
        assert sums.unused_s() == problem.budget_s - plain.session_s
        assert points <= bound
        if sums.unused_s() < transition_s:
            assert points == INFEASIBLE
        else:
            assert points == objective(problem, choices_of(evaluator.table, selection), transition_s)


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 60), st.integers(1, 31), max_size=18))
def test_kinds_are_counted_out_of_their_sum(counts: dict[int, int]) -> None:
    packed = sum(count << COUNT_BITS * kind for kind, count in counts.items())
    assert kind_counts(packed) == sorted(counts.items())


def test_the_value_at_prices_is_in_thousandths_of_a_point() -> None:
    placement = make_placement(0, make_option(60, 50), goal_shares=(600, 400), value=-70)
    (packed,) = evaluator_of(make_problem([placement], 60, goal_count=2)).table.packed
    assert packed.value_at_prices([1500, 100]) == -70_000 + 30 * 1500 + 20 * 100


def fields_of(sums: PackedSums) -> tuple[int, int, int, int, int]:
    return sums.times, sums.loads, sums.values, sums.served, sums.kinds
