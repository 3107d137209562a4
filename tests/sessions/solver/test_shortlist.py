"""What the search looks at: all placements where they are few, else the best and some of every kind."""

import random
from collections import Counter

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.shortlist import (
    MIN_PER_STAGE_AND_LOAD,
    SHORTLIST_SIZE,
    rank_by_reduced_value,
    shortlist,
)
from benchmarks.catalogues import index_of, synthetic_exercises
from tests.sessions.solver.problems import (
    evaluator_of,
    make_option,
    make_placement,
    make_problem,
    prepared_requests,
)


@pytest.fixture(scope="module")
def large_problem() -> IntegerProblem:
    """A problem with many more placements than the shortlist takes."""
    request = SessionRequest.model_validate(
        {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "strength"}], "level": 5}
    )
    problem = prepare_problem(request, index_of(synthetic_exercises(1000))).problem
    assert len(problem.placements) > 2 * SHORTLIST_SIZE
    return problem


def test_a_few_placements_are_all_on_the_shortlist(exercises: tuple[Exercise, ...]) -> None:
    for prepared in prepared_requests(exercises, 20, 1):
        placements = prepared.problem.placements[:SHORTLIST_SIZE]
        assert sorted(shortlist(prepared.problem._replace(placements=placements))) == list(range(len(placements)))


def test_of_many_some_are_left_out_and_none_is_there_twice(large_problem: IntegerProblem) -> None:
    kept = shortlist(large_problem)
    assert len(kept) == len(set(kept)) < len(large_problem.placements)
    assert len(kept) >= SHORTLIST_SIZE * 2 // 3


def test_required_exercises_are_on_the_shortlist(large_problem: IntegerProblem) -> None:
    placements = large_problem.placements
    left_out = sorted(set(range(len(placements))) - set(shortlist(large_problem)))
    required = {placements[number].exercise for number in random.Random(1).sample(left_out, 12)}
    kept = set(shortlist(large_problem._replace(required=tuple(sorted(required)))))
    assert {number for number, placement in enumerate(placements) if placement.exercise in required} <= kept


def test_some_of_every_stage_and_load_are_on_the_shortlist(large_problem: IntegerProblem) -> None:
    placements = large_problem.placements
    all_of_them = Counter((placement.stage, placement.load) for placement in placements)
    kept = Counter((placements[number].stage, placements[number].load) for number in shortlist(large_problem))
    assert all(kept[key] >= min(MIN_PER_STAGE_AND_LOAD, count) for key, count in all_of_them.items())


def test_more_points_come_first() -> None:
    placements = [make_placement(n, make_option(60), value=value) for n, value in enumerate((0, 90, -90, 30))]
    assert shortlist(make_problem(placements, 60)) == [1, 3, 0, 2]


def test_fewer_seconds_for_the_same_points_come_first() -> None:
    placements = [make_placement(n, make_option(time_s, 40)) for n, time_s in enumerate((90, 50, 70))]
    assert shortlist(make_problem(placements, 120)) == [1, 2, 0]


@pytest.mark.parametrize("served_goal", [0, 1])
def test_a_goal_without_seconds_has_the_greatest_reduced_value(served_goal: int) -> None:
    shares = ((1000, 0), (0, 1000))
    placements = [make_placement(n, make_option(60), goal_shares=shares[n % 2]) for n in range(6)]
    utility = [8 * second if second < 120 else 960 for second in range(301)]
    problem = make_problem(placements, 300, goal_count=2)._replace(goal_utility=(utility, utility))
    table = evaluator_of(problem).table
    selection = [table.first[n] for n in (served_goal, served_goal + 2, served_goal + 4)]
    ranking = rank_by_reduced_value(table, list(range(6)), selection)
    assert sorted(ranking) == list(range(6))
    assert {number % 2 for number in ranking[:3]} == {1 - served_goal}
