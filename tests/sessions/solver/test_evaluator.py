"""The evaluator gives the points of the plain form, for any selection."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from app.schemas.exercise import Exercise
from app.sessions.ordering.stages import PHASE_OF_STAGE, STAGE_COUNT
from app.sessions.ordering.transitions import COST_PER_SECOND
from app.sessions.problem.exercise_index import LOAD_GROUPS
from app.sessions.solver.evaluator import Evaluator
from app.sessions.solver.model import Choice, IntegerProblem, Placement
from app.sessions.solver.objective import objective, order_selection
from app.sessions.solver.packed_sums import INFEASIBLE
from benchmarks.brute_force import unordered_floor_changes, unordered_transition_s
from tests.sessions.solver.problems import (
    LIMITED_LOAD_IDS,
    choices_of,
    evaluator_of,
    make_option,
    make_placement,
    make_problem,
    ordered_points_of,
    plain_points,
    points_of,
    prepared_requests,
    random_selection,
    sums_of,
)

HOUR_S = 3600


def selections(exercises: tuple[Exercise, ...], seed: int) -> Iterator[tuple[Evaluator, list[int]]]:
    """Selections of many problems: most keep to the budget, some go beyond; in some problems a load is exempt."""
    rng = random.Random(seed)
    for prepared in prepared_requests(exercises, 100, seed):
        exempt = rng.choice((0, 0, rng.randrange(1, len(LOAD_GROUPS))))
        evaluator = evaluator_of(prepared.problem._replace(repeatable_load=exempt))
        for _ in range(75):
            per_mille = rng.choice((700, 1000, 1000, 1300))
            selection = random_selection(rng, evaluator.table, prepared.problem.max_exercises, per_mille)
            if selection:
                yield evaluator, selection


def is_crowded(problem: IntegerProblem, choices: Sequence[Choice]) -> bool:
    """True where a stage alone has too few others to keep a load apart."""
    placements = [problem.placement_of(choice) for choice in choices]
    sizes = Counter(placement.stage for placement in placements)
    loads = Counter((one.stage, one.load) for one in placements if one.load not in (0, problem.repeatable_load))
    return any(count - 1 > sizes[stage] - count for (stage, _), count in loads.items())


@pytest.mark.parametrize("seed", range(2))
def test_points_are_those_of_the_plain_form(exercises: tuple[Exercise, ...], seed: int) -> None:
    feasible = broken = crowded = 0
    for evaluator, selection in selections(exercises, seed):
        problem = evaluator.table.problem
        choices = choices_of(evaluator.table, selection)
        expected = plain_points(
            problem, choices, unordered_transition_s(problem, choices), unordered_floor_changes(problem, choices)
        )
        too_close = is_crowded(problem, choices)
        assert points_of(evaluator, selection) == (INFEASIBLE if too_close else expected)
        feasible += expected > INFEASIBLE and not too_close
        broken += expected == INFEASIBLE
        crowded += too_close and expected > INFEASIBLE
    assert min(feasible, broken) > 200
    assert crowded > 20


@pytest.mark.parametrize("seed", range(2, 4))
def test_ordered_points_are_those_of_the_best_order(exercises: tuple[Exercise, ...], seed: int) -> None:
    feasible = longer = clashing = penalised = 0
    for evaluator, selection in selections(exercises, seed):
        problem = evaluator.table.problem
        choices = choices_of(evaluator.table, selection)
        ordered = order_selection(problem, choices)
        transition_s = None if ordered is None else ordered.transition_s
        is_possible = plain_points(problem, choices, transition_s) > INFEASIBLE
        expected = ordered.points if ordered is not None and is_possible else INFEASIBLE
        assert ordered_points_of(evaluator, selection) == expected
        penalised += expected > INFEASIBLE and expected != plain_points(problem, choices, transition_s)
        feasible += expected > INFEASIBLE
        longer += expected > INFEASIBLE and transition_s != unordered_transition_s(problem, choices)
        clashing += transition_s is None and points_of(evaluator, selection) > INFEASIBLE
    assert feasible > 200
    assert min(longer, clashing, penalised) > 20


def test_fewer_points_than_the_minimum_are_infeasible(exercises: tuple[Exercise, ...]) -> None:
    compared = 0
    for evaluator, selection in selections(exercises, 4):
        for compute in (points_of, ordered_points_of):
            points = compute(evaluator, selection)
            if points > INFEASIBLE:
                assert compute(evaluator, selection, points) == points
                assert compute(evaluator, selection, points + 1) == INFEASIBLE
                compared += 1
    assert compared > 400


def test_no_order_has_more_points_than_the_bounds(exercises: tuple[Exercise, ...]) -> None:
    compared = 0
    for evaluator, selection in selections(exercises, 7):
        ordered = ordered_points_of(evaluator, selection)
        if ordered > INFEASIBLE:
            assert ordered <= points_of(evaluator, selection) <= sums_of(evaluator, selection).upper_bound()
            compared += 1
    assert compared > 200


def test_remaining_seconds_are_what_exercises_and_transitions_leave(exercises: tuple[Exercise, ...]) -> None:
    compared = 0
    for evaluator, selection in selections(exercises, 5):
        problem = evaluator.table.problem
        choices = choices_of(evaluator.table, selection)
        if not is_crowded(problem, choices):
            used_s = sum(evaluator.table.time_s[candidate] for candidate in selection)
            expected = problem.budget_s - used_s - unordered_transition_s(problem, choices)
            assert evaluator.remaining_s(sums_of(evaluator, selection)) == expected
            compared += 1
    assert compared > 400


def three_kinds() -> tuple[Evaluator, list[list[int]]]:
    """Three selections whose exercises differ in position."""
    placements = [make_placement(n, make_option(20))._replace(position=n) for n in range(3)]
    return evaluator_of(make_problem(placements, 60)), [[0, 1], [1, 2], [0, 2]]


def test_no_more_orders_are_computed_than_allowed() -> None:
    evaluator, (first, second, third) = three_kinds()
    evaluator.orders_left = 2
    known = [ordered_points_of(evaluator, selection) for selection in (first, second)]
    assert min(known) > INFEASIBLE
    assert evaluator.orders_left == 0
    assert ordered_points_of(evaluator, third) == INFEASIBLE
    assert [ordered_points_of(evaluator, selection) for selection in (first, second)] == known


def test_an_order_that_was_not_computed_may_be_later() -> None:
    evaluator, (first, *_) = three_kinds()
    kinds = sums_of(evaluator, first).kinds
    evaluator.orders_left = 0
    assert evaluator.ordered_cost(kinds) == -1
    evaluator.orders_left = 1
    assert evaluator.ordered_cost(kinds) == 5 * COST_PER_SECOND
    expected = plain_points(evaluator.table.problem, choices_of(evaluator.table, first), 5)
    assert ordered_points_of(evaluator, first) == expected


def test_too_few_points_cost_no_order() -> None:
    evaluator, (first, *_) = three_kinds()
    evaluator.orders_left = 1
    assert ordered_points_of(evaluator, first, points_of(evaluator, first) + 1) == INFEASIBLE
    assert evaluator.orders_left == 1


def full_hour(goal_shares: tuple[int, ...], value: int) -> list[Placement]:
    """Eighteen exercises that fill an hour to the second, of families of the last session, of all loads in turn."""
    return [
        make_placement(n, make_option(HOUR_S // 18), goal_shares=goal_shares, value=value)._replace(
            load=n % len(LOAD_GROUPS), wishes=15, repeats_family=1
        )
        for n in range(18)
    ]


@pytest.mark.parametrize("value", [-5000, 0, 5000])
@pytest.mark.parametrize("goal_shares", [(1000,) * 5, (1000, 0, 0, 0, 0), (0, 0, 0, 0, 1000), (0,) * 5])
def test_no_counter_of_a_full_hour_spills_over(goal_shares: tuple[int, ...], value: int) -> None:
    problem = make_problem(full_hour(goal_shares, value), HOUR_S, goal_count=5)._replace(
        imbalance_penalty_per_s=3,
        goal_min_share=(100,) * 5,
        goal_max_share=(300,) * 5,
        previous_family_count=18,
        wish_points=(150, 150, 150, 3000),
        phase_min_s=(500, 0, 500, 500),
    )
    evaluator = evaluator_of(problem)
    selection = list(range(18))
    expected = objective(problem, choices_of(evaluator.table, selection), 0)
    assert points_of(evaluator, selection) == expected
    assert ordered_points_of(evaluator, selection) == expected


@pytest.mark.parametrize("excess_s", [1, 60, HOUR_S, 2 * HOUR_S])
def test_seconds_beyond_the_budget_are_infeasible(excess_s: int) -> None:
    half = HOUR_S // 2
    placements = [
        make_placement(0, make_option(half)),
        make_placement(1, make_option(half, 0), make_option(half + excess_s, 0)),
    ]
    evaluator = evaluator_of(make_problem(placements, HOUR_S))
    assert points_of(evaluator, [0, 1]) == HOUR_S
    assert points_of(evaluator, [0, 2]) == INFEASIBLE


@pytest.mark.parametrize("stage", range(STAGE_COUNT))
@pytest.mark.parametrize("excess_s", [0, 1, HOUR_S])
def test_a_phase_may_have_its_seconds_and_no_more(stage: int, excess_s: int) -> None:
    phase_max_s = (700, HOUR_S, 800, 900)
    phase = PHASE_OF_STAGE[stage]
    placements = [make_placement(0, make_option(phase_max_s[phase] + excess_s))._replace(stage=stage)]
    problem = make_problem(placements, 2 * HOUR_S)._replace(phase_max_s=phase_max_s)
    if phase == 1:
        problem = problem._replace(budget_s=HOUR_S)
    assert (points_of(evaluator_of(problem), [0]) == INFEASIBLE) == (excess_s > 0)


@pytest.mark.parametrize("load", LIMITED_LOAD_IDS)
@pytest.mark.parametrize("excess_s", [0, 1, HOUR_S])
def test_a_limited_load_may_have_its_seconds_and_no_more(load: int, excess_s: int) -> None:
    load_max_s = tuple(HOUR_S if n != load else 1000 for n in range(len(LOAD_GROUPS)))
    placements = [make_placement(0, make_option(1000 + excess_s))._replace(load=load)]
    evaluator = evaluator_of(make_problem(placements, 2 * HOUR_S)._replace(load_max_s=load_max_s))
    assert (points_of(evaluator, [0]) == INFEASIBLE) == (excess_s > 0)
