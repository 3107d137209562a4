"""What the search looks at: all where that is little, else the best and some of everything."""

import random
from collections import Counter

import pytest

from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.problem.exercise_index import shelf_of
from app.sessions.problem.prepare import prepare
from app.sessions.solver.evaluator import Tables
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.shortlist import SHORTLIST, by_gain, ranking
from benchmarks.catalogues import synthetic_exercises
from tests.sessions.solver.problems import line, option, prepared, problem_of


@pytest.fixture(scope="module")
def wide() -> IntegerProblem:
    """A problem with many more lines than are looked at."""
    request = SessionRequest.model_validate(
        {"duration_s": 900, "goals": [{"goal": "rotation"}, {"goal": "strength"}], "level": 5}
    )
    problem = prepare(request, shelf_of(synthetic_exercises(1000))).problem
    assert len(problem.placements) > 2 * SHORTLIST
    return problem


def test_where_there_are_few_all_are_looked_at(exercises: tuple[Exercise, ...]) -> None:
    for one in prepared(exercises, 20, 1):
        lines = one.problem.placements[:SHORTLIST]
        assert sorted(ranking(one.problem._replace(placements=lines))) == list(range(len(lines)))


def test_of_many_some_are_left_out_and_none_is_there_twice(wide: IntegerProblem) -> None:
    kept = ranking(wide)
    assert len(kept) == len(set(kept)) < len(wide.placements)
    assert len(kept) >= SHORTLIST * 2 // 3


def test_what_is_asked_for_by_name_is_looked_at(wide: IntegerProblem) -> None:
    left_out = sorted(set(range(len(wide.placements))) - set(ranking(wide)))
    named = {wide.placements[n].exercise for n in random.Random(1).sample(left_out, 12)}
    kept = set(ranking(wide._replace(required=tuple(sorted(named)))))
    assert {n for n, own in enumerate(wide.placements) if own.exercise in named} <= kept


def test_some_of_every_stage_and_load_are_looked_at(wide: IntegerProblem) -> None:
    there = Counter((own.stage, own.load) for own in wide.placements)
    kept = Counter((wide.placements[n].stage, wide.placements[n].load) for n in ranking(wide))
    assert all(kept[kind] >= min(4, count) for kind, count in there.items())


def test_what_is_worth_more_comes_first() -> None:
    lines = [line(n, option(60), value=value) for n, value in enumerate((0, 90, -90, 30))]
    assert ranking(problem_of(lines, 60)) == [1, 3, 0, 2]


def test_what_takes_less_time_for_the_same_comes_first() -> None:
    lines = [line(n, option(time, 40)) for n, time in enumerate((90, 50, 70))]
    assert ranking(problem_of(lines, 120)) == [1, 2, 0]


@pytest.mark.parametrize("fed", [0, 1])
def test_what_serves_a_starving_goal_gains_most(fed: int) -> None:
    lines = [line(n, option(60), serves=((1000, 0), (0, 1000))[n % 2]) for n in range(6)]
    curve = [8 * second if second < 120 else 960 for second in range(301)]
    tables = Tables(problem_of(lines, 300, goals=2)._replace(goal_utility=(curve, curve)), range(6))
    chosen = [tables.first[n] for n in (fed, fed + 2, fed + 4)]
    found = by_gain(tables, list(range(6)), chosen)
    assert sorted(found) == list(range(6))
    assert {n % 2 for n in found[:3]} == {1 - fed}
