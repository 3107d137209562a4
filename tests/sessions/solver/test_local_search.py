"""The local search only ever gains points, and finds the optimum where it tries everything."""

import random
from collections.abc import Iterator, Sequence
from itertools import product

from app.schemas.exercise import Exercise
from app.sessions.solver.evaluator import Evaluator
from app.sessions.solver.local_search import OPTIONS_TRIED_WHEN_SMALL, SMALL_SESSION, LocalSearch
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import order_selection
from app.sessions.solver.packed_sums import INFEASIBLE
from tests.sessions.solver.problems import (
    choices_of,
    evaluator_of,
    make_option,
    make_placement,
    make_problem,
    ordered_points_of,
    plain_points,
    prepared_requests,
    random_selection,
)


def search_from(
    evaluator: Evaluator, placements: Sequence[int], required: Sequence[int], selection: list[int]
) -> LocalSearch:
    points = ordered_points_of(evaluator, selection)
    is_required = [number in required for number in range(len(evaluator.table.problem.placements))]
    return LocalSearch(evaluator, list(placements), is_required, selection, points)


def improved(
    evaluator: Evaluator, placements: Sequence[int], required: Sequence[int], selection: list[int]
) -> LocalSearch:
    search = search_from(evaluator, placements, required, selection)
    search.run()
    return search


def feasible_selections(exercises: tuple[Exercise, ...], seed: int) -> Iterator[tuple[Evaluator, list[int]]]:
    """Random selections that keep every hard constraint."""
    rng = random.Random(seed)
    for prepared in prepared_requests(exercises, 60, seed):
        evaluator = evaluator_of(prepared.problem._replace(required=()))
        for _ in range(3):
            selection = random_selection(rng, evaluator.table, prepared.problem.max_exercises, 900)
            if selection and ordered_points_of(evaluator, selection) > INFEASIBLE:
                yield evaluator, selection


def best_order_points(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    ordered = order_selection(problem, choices)
    if ordered is None or plain_points(problem, choices, ordered.transition_s) == INFEASIBLE:
        return INFEASIBLE
    return ordered.points


def test_points_are_never_lost_and_no_constraint_is_broken(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(1)
    better = 0
    for evaluator, selection in feasible_selections(exercises, 1):
        table = evaluator.table
        before = best_order_points(table.problem, choices_of(table, selection))
        count = len(table.problem.placements)
        search = improved(evaluator, rng.sample(range(count), min(25, count)), (), selection)
        assert search.points >= before > INFEASIBLE
        assert best_order_points(table.problem, choices_of(table, search.selection)) == search.points
        better += search.points > before
    assert better > 20


def test_rebalanced_loads_keep_every_constraint(exercises: tuple[Exercise, ...]) -> None:
    gained = 0
    for evaluator, selection in feasible_selections(exercises, 5):
        table = evaluator.table
        search = search_from(evaluator, range(len(table.problem.placements)), (), selection)
        before = search.points
        assert search.rebalance_loads() == (search.points > before)
        assert best_order_points(table.problem, choices_of(table, search.selection)) == search.points
        gained += search.points > before
    assert gained > 10


def test_one_gives_up_seconds_of_a_load_for_another() -> None:
    placements = [
        make_placement(0, make_option(40), make_option(100), goal_shares=(1000, 0))._replace(load=1),
        make_placement(1, make_option(60), goal_shares=(0, 1000))._replace(load=1, stage=3),
        make_placement(2, make_option(5, 0), goal_shares=(0, 0))._replace(stage=2),
    ]
    problem = make_problem(placements, 300, goal_count=2)
    few, many = [min(second, 40) * 2 for second in range(301)], [9 * second for second in range(301)]
    problem = problem._replace(goal_utility=(few, many), load_max_s=(300, 100, *[300] * 6))
    evaluator = evaluator_of(problem)
    search = search_from(evaluator, range(3), (), [1, 3])
    assert search.rebalance_loads()
    assert sorted(search.selection) == [0, 2, 3]


def test_required_exercises_stay(exercises: tuple[Exercise, ...]) -> None:
    replaced = 0
    for evaluator, selection in feasible_selections(exercises, 2):
        table = evaluator.table
        required = {table.placement[candidate] for candidate in selection[::2]}
        search = improved(evaluator, range(min(25, len(table.problem.placements))), tuple(required), selection)
        after = {table.placement[candidate] for candidate in search.selection}
        assert required <= after
        replaced += after != {table.placement[candidate] for candidate in selection}
    assert replaced > 10


def with_few_options(problem: IntegerProblem, max_exercises: int) -> IntegerProblem:
    """A small session of which every dose is tried."""
    assert max_exercises <= SMALL_SESSION
    placements = tuple(one._replace(options=one.options[:OPTIONS_TRIED_WHEN_SMALL]) for one in problem.placements)
    return problem._replace(placements=placements, max_exercises=max_exercises, required=())


def test_the_best_of_one_exercise_is_found_from_any(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(3)
    for prepared in prepared_requests(exercises, 15, 3):
        problem = with_few_options(prepared.problem, 1)
        evaluator = evaluator_of(problem)
        count = len(evaluator.table.packed)
        points = [best_order_points(problem, choices_of(evaluator.table, [candidate])) for candidate in range(count)]
        initial = rng.choice([candidate for candidate in range(count) if points[candidate] > INFEASIBLE])
        assert improved(evaluator, range(len(problem.placements)), (), [initial]).points == max(points)


def test_the_best_doses_of_two_exercises_that_stay_are_found(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(4)
    compared = 0
    for prepared in prepared_requests(exercises, 60, 4):
        problem = with_few_options(prepared.problem, 2)
        evaluator = evaluator_of(problem)
        table = evaluator.table
        pair = random_selection(rng, table, 2, 1000)
        if len(pair) == 2 and best_order_points(problem, choices_of(table, pair)) > INFEASIBLE:
            required = tuple(table.placement[candidate] for candidate in pair)
            menus = ([Choice(n, option) for option in range(len(problem.placements[n].options))] for n in required)
            best = max(best_order_points(problem, both) for both in product(*menus))
            assert improved(evaluator, (), required, pair).points == best
            compared += 1
    assert compared > 15
