"""The last touch only ever helps, and finds what is best where it looks at everything."""

import random
from collections.abc import Iterator, Sequence
from itertools import product

from app.schemas.exercise import Exercise
from app.sessions.solver.evaluator import NOTHING, Tables
from app.sessions.solver.local_search import LONGEST_OF_SMALL, SMALL, Polish
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import ordered_transition_s
from tests.sessions.solver.problems import any_set, choices_of, plain_points, prepared, sums_of


def polished(tables: Tables, lines: Sequence[int], fixed: Sequence[int], chosen: list[int]) -> Polish:
    points = tables.points_apart(*sums_of(tables, chosen), NOTHING + 1)
    polish = Polish(tables, list(lines), [n in fixed for n in range(len(tables.problem.placements))], chosen, points)
    polish.run()
    return polish


def sets(exercises: tuple[Exercise, ...], seed: int) -> Iterator[tuple[Tables, list[int]]]:
    """Sessions at random that keep every limit."""
    dice = random.Random(seed)
    for one in prepared(exercises, 30, seed):
        problem = one.problem._replace(required=())
        tables = Tables(problem, range(len(problem.placements)))
        tables.orders = 100_000
        for _ in range(3):
            chosen = any_set(dice, tables, problem.max_exercises, 900)
            if chosen and tables.points_apart(*sums_of(tables, chosen), NOTHING + 1) > NOTHING:
                yield tables, chosen


def ordered_points(problem: IntegerProblem, choices: Sequence[Choice]) -> int:
    return plain_points(problem, choices, ordered_transition_s(problem, choices))


def test_points_are_never_lost_and_no_limit_is_broken(exercises: tuple[Exercise, ...]) -> None:
    dice = random.Random(1)
    better = 0
    for tables, chosen in sets(exercises, 1):
        before = ordered_points(tables.problem, choices_of(tables, chosen))
        lines = dice.sample(range(len(tables.problem.placements)), min(25, len(tables.problem.placements)))
        polish = polished(tables, lines, (), chosen)
        assert polish.points >= before > NOTHING
        assert ordered_points(tables.problem, choices_of(tables, polish.chosen)) == polish.points
        better += polish.points > before
    assert better > 20


def test_what_is_named_stays(exercises: tuple[Exercise, ...]) -> None:
    exchanged = 0
    for tables, chosen in sets(exercises, 2):
        named = {tables.line[c] for c in chosen[::2]}
        polish = polished(tables, range(min(25, len(tables.problem.placements))), tuple(named), chosen)
        after = {tables.line[c] for c in polish.chosen}
        assert named <= after
        exchanged += after != {tables.line[c] for c in chosen}
    assert exchanged > 10


def short_menus(problem: IntegerProblem, most: int) -> IntegerProblem:
    """Sessions of so few that every dose is tried."""
    assert most <= SMALL
    lines = tuple(own._replace(options=own.options[:LONGEST_OF_SMALL]) for own in problem.placements)
    return problem._replace(placements=lines, max_exercises=most, required=())


def test_of_one_exercise_the_best_is_found_from_any(exercises: tuple[Exercise, ...]) -> None:
    dice = random.Random(3)
    for one in prepared(exercises, 15, 3):
        problem = short_menus(one.problem, 1)
        tables = Tables(problem, range(len(problem.placements)))
        tables.orders = 1000
        alone = [ordered_points(problem, [tables.choice(c)]) for c in range(len(tables.time))]
        begin = dice.choice([c for c, points in enumerate(alone) if points > NOTHING])
        assert polished(tables, range(len(problem.placements)), (), [begin]).points == max(alone)


def test_of_two_exercises_that_stay_the_best_doses_are_found(exercises: tuple[Exercise, ...]) -> None:
    dice = random.Random(4)
    compared = 0
    for one in prepared(exercises, 60, 4):
        problem = short_menus(one.problem, 2)
        tables = Tables(problem, range(len(problem.placements)))
        tables.orders = 1000
        pair = any_set(dice, tables, 2, 1000)
        if len(pair) == 2 and ordered_points(problem, choices_of(tables, pair)) > NOTHING:
            a, b = (tables.line[c] for c in pair)
            menus = ([Choice(n, o) for o in range(len(problem.placements[n].options))] for n in (a, b))
            best = max(ordered_points(problem, both) for both in product(*menus))
            assert polished(tables, (), (a, b), pair).points == best
            compared += 1
    assert compared > 15
