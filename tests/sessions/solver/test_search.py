"""The search: the same whatever else runs, never below its start, true to what is required."""

import random
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

from app.kit.closed_lists import list_words
from app.rules.vocabulary import Equipment
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.transitions import advance_stage
from app.sessions.problem.prepared_problem import PreparedProblem, prepare_problem
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import OrderedSelection, is_feasible, objective, order_selection
from app.sessions.solver.search import search
from app.sessions.solver.shortlist import SHORTLIST_SIZE, shortlist
from benchmarks.catalogues import index_of, synthetic_exercises
from benchmarks.session_requests import any_request
from tests.sessions.solver.problems import make_option, make_placement, make_problem, prepared_requests

QUICK_MOVES = 600
"""Moves of a quick search."""


def quick_search(prepared: PreparedProblem, seed: int = 1) -> OrderedSelection | None:
    return search(prepared.problem, seed, prepared.initial or (), QUICK_MOVES)


def with_required(exercises: tuple[Exercise, ...], count: int, required: int, seed: int) -> list[PreparedProblem]:
    """`count` problems with so many required exercises that can be done together."""
    rng = random.Random(seed)
    found: list[PreparedProblem] = []
    while len(found) < count:
        changes = {
            "duration_s": rng.choice((1200, 2400, 3600)),
            "include": tuple(exercise.slug for exercise in rng.sample(exercises, required)),
            "available_equipment": list_words(Equipment),
            "exclude": (),
            "conditions": (),
            "positions": None,
            "purpose": "standalone",
            "level": 5,
        }
        request = SessionRequest.model_validate({**any_request(rng, exercises).model_dump(), **changes})
        prepared = prepare_problem(request, index_of(exercises))
        if prepared.is_feasible:
            found.append(prepared)
    return found


def exercises_of(problem: IntegerProblem, selection: OrderedSelection) -> set[int]:
    return {problem.placement_of(choice).exercise for choice in selection.choices}


def test_the_result_is_feasible_and_has_the_points_it_states(exercises: tuple[Exercise, ...]) -> None:
    results = [(prepared.problem, quick_search(prepared)) for prepared in prepared_requests(exercises, 25, 1)]
    found = [(problem, result) for problem, result in results if result is not None]
    assert len(found) > 20
    for problem, result in found:
        assert is_feasible(problem, result.choices, result.transition_s)
        assert order_selection(problem, result.choices) == result
        on_floor = [problem.transitions.on_floor[problem.placement_of(choice).position] for choice in result.choices]
        changes = sum(before != after for before, after in pairwise(on_floor))
        assert objective(problem, result.choices, result.transition_s, changes) == result.points


def test_two_searches_at_once_find_what_one_after_the_other_finds(exercises: tuple[Exercise, ...]) -> None:
    problems = list(prepared_requests(exercises, 12, 2))
    advance_stage.cache_clear()
    barrier = Barrier(2)

    def search_all(_: int) -> list[OrderedSelection | None]:
        results = []
        for prepared in problems:
            barrier.wait(30)
            results.append(quick_search(prepared))
        return results

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(search_all, range(2))
    assert first == second == [quick_search(prepared) for prepared in problems]
    assert sum(result is not None for result in first) > 8


def test_searches_of_different_problems_do_not_touch_each_other(exercises: tuple[Exercise, ...]) -> None:
    problems = list(prepared_requests(exercises, 16, 3))
    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(quick_search, problems))
    assert at_once == [quick_search(prepared) for prepared in problems]


def test_required_exercises_are_in_the_result(exercises: tuple[Exercise, ...]) -> None:
    for required in (1, 3, 5):
        for prepared in with_required(exercises, 5, required, required):
            result = quick_search(prepared)
            assert result is not None
            assert len(prepared.problem.required) == required
            assert exercises_of(prepared.problem, result).issuperset(prepared.problem.required)


def test_ten_required_exercises_of_a_large_catalogue_are_in_the_result() -> None:
    for prepared in with_required(synthetic_exercises(1000), 2, 10, 4):
        assert len(prepared.problem.placements) > 2 * SHORTLIST_SIZE
        result = quick_search(prepared)
        assert result is not None
        assert len(prepared.problem.required) == 10
        assert exercises_of(prepared.problem, result).issuperset(prepared.problem.required)


def test_a_start_outside_the_shortlist_is_kept_until_there_is_better() -> None:
    (prepared,) = with_required(synthetic_exercises(1000), 1, 1, 5)
    problem = prepared.problem._replace(required=())
    left_out = sorted(set(range(len(problem.placements))) - set(shortlist(problem)))
    searched = 0
    for number in left_out[:: len(left_out) // 20]:
        start = [Choice(number, 0)]
        initial = order_selection(problem, start)
        assert initial is not None
        result = search(problem, 1, start, 2)
        assert result is not None
        assert result.points >= initial.points
        searched += 1
    assert searched >= 20


def test_a_start_outside_the_shortlist_is_found_where_nothing_else_fits() -> None:
    too_long = [make_placement(n, make_option(400, 200)) for n in range(3 * SHORTLIST_SIZE)]
    last = len(too_long)
    problem = make_problem([*too_long, make_placement(last, make_option(300, 1), value=-500)], 300)
    start = [Choice(last, 0)]
    assert last not in shortlist(problem)
    assert search(problem, 1, start, 60) == order_selection(problem, start)


def test_more_moves_never_find_less_than_the_start(exercises: tuple[Exercise, ...]) -> None:
    for prepared in with_required(exercises, 6, 4, 6):
        assert prepared.initial is not None
        initial = order_selection(prepared.problem, prepared.initial)
        for move_count in (2, 60, QUICK_MOVES):
            result = search(prepared.problem, 3, prepared.initial, move_count)
            assert initial is not None
            assert result is not None
            assert result.points >= initial.points


def test_nothing_is_found_among_nothing() -> None:
    assert search(make_problem([], 300), 1) is None
