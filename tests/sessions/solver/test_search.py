"""The search: the same whoever else searches, true to its start and to what is asked for by name."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import get_args

from app.rules.vocabulary import Equipment
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.ordering.transitions import advance_stage
from app.sessions.problem.exercise_index import shelf_of
from app.sessions.problem.prepare import Prepared, prepare
from app.sessions.solver.model import Choice
from app.sessions.solver.objective import OrderedSelection, is_feasible, objective, order_selection
from app.sessions.solver.search import search
from app.sessions.solver.shortlist import SHORTLIST, ranking
from benchmarks.catalogues import synthetic_exercises
from benchmarks.session_requests import any_request
from tests.sessions.solver.problems import line, option, prepared, problem_of

FEW = 600
"""Trials of a quick search."""


def quick(one: Prepared, seed: int = 1) -> OrderedSelection | None:
    return search(one.problem, seed, one.start or (), FEW)


def naming(exercises: tuple[Exercise, ...], count: int, named: int, seed: int) -> list[Prepared]:
    """Problems with so many exercises asked for by name that can be done together."""
    dice = random.Random(seed)
    found: list[Prepared] = []
    while len(found) < count:
        more = {
            "duration_s": dice.choice((1200, 2400, 3600)),
            "include": tuple(one.slug for one in dice.sample(exercises, named)),
            "available_equipment": get_args(Equipment),
            "exclude": (),
            "conditions": (),
            "positions": None,
            "purpose": "standalone",
            "level": 5,
        }
        asked = {**any_request(dice, exercises).model_dump(), **more}
        one = prepare(SessionRequest.model_validate(asked), shelf_of(exercises))
        if one.feasible:
            found.append(one)
    return found


def test_what_is_found_keeps_every_limit_and_has_the_points_that_are_said(exercises: tuple[Exercise, ...]) -> None:
    found = [(one.problem, quick(one)) for one in prepared(exercises, 25, 1)]
    sessions = [(problem, session) for problem, session in found if session is not None]
    assert len(sessions) > 20
    for problem, session in sessions:
        assert is_feasible(problem, session.choices, session.transition_s)
        assert order_selection(problem, session.choices) == session
        assert objective(problem, session.choices, session.transition_s) == session.points


def test_two_at_once_find_what_one_after_the_other_finds(exercises: tuple[Exercise, ...]) -> None:
    problems = list(prepared(exercises, 12, 2))
    advance_stage.cache_clear()
    together = Barrier(2)

    def all_of_them(_: int) -> list[OrderedSelection | None]:
        found = []
        for one in problems:
            together.wait(30)
            found.append(quick(one))
        return found

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(all_of_them, range(2))
    assert first == second == [quick(one) for one in problems]
    assert sum(session is not None for session in first) > 8


def test_different_problems_at_once_do_not_touch_each_other(exercises: tuple[Exercise, ...]) -> None:
    problems = list(prepared(exercises, 16, 3))
    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(quick, problems))
    assert at_once == [quick(one) for one in problems]


def test_what_is_asked_for_by_name_is_in_it(exercises: tuple[Exercise, ...]) -> None:
    for named in (1, 3, 5):
        for one in naming(exercises, 5, named, named):
            session = quick(one)
            assert session is not None
            held = {one.problem.placements[choice.placement].exercise for choice in session.choices}
            assert len(one.problem.required) == named
            assert held.issuperset(one.problem.required)


def test_ten_names_in_a_large_catalogue_are_all_in_it() -> None:
    for one in naming(synthetic_exercises(1000), 2, 10, 4):
        assert len(one.problem.placements) > 2 * SHORTLIST
        session = quick(one)
        assert session is not None
        held = {one.problem.placements[choice.placement].exercise for choice in session.choices}
        assert len(one.problem.required) == 10
        assert held.issuperset(one.problem.required)


def test_a_start_that_is_not_worth_looking_at_is_kept_until_there_is_better() -> None:
    (one,) = naming(synthetic_exercises(1000), 1, 1, 5)
    problem = one.problem._replace(required=())
    left_out = sorted(set(range(len(problem.placements))) - set(ranking(problem)))
    begun = 0
    for n in left_out[:: len(left_out) // 20]:
        start = [Choice(n, 0)]
        least = order_selection(problem, start)
        assert least is not None
        found = search(problem, 1, start, 2)
        assert found is not None
        assert found.points >= least.points
        begun += 1
    assert begun >= 20


def test_a_start_beyond_the_shortlist_is_found_where_nothing_else_fits() -> None:
    too_long = [line(n, option(400, 200)) for n in range(3 * SHORTLIST)]
    problem = problem_of([*too_long, line(len(too_long), option(300, 1), value=-500)], 300)
    start = [Choice(len(too_long), 0)]
    assert len(too_long) not in ranking(problem)
    assert search(problem, 1, start, 60) == order_selection(problem, start)


def test_more_trials_never_find_less_than_the_start(exercises: tuple[Exercise, ...]) -> None:
    for one in naming(exercises, 6, 4, 6):
        assert one.start is not None
        least = order_selection(one.problem, one.start)
        for trials in (2, 60, FEW):
            found = search(one.problem, 3, one.start, trials)
            assert least is not None
            assert found is not None
            assert found.points >= least.points


def test_nothing_to_choose_from_finds_nothing() -> None:
    assert search(problem_of([], 300), 1) is None
