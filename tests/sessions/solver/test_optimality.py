"""The search, and the integer programme for HiGHS, against brute force on small problems."""

import random
from collections.abc import Iterator

import pytest

from app.kit.closed_lists import list_words
from app.rules.vocabulary import Equipment
from app.schemas.exercise import Exercise
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.search import search
from benchmarks.brute_force import brute_force_optimum
from benchmarks.catalogues import index_of
from benchmarks.integer_programme import prove_optimum
from benchmarks.session_requests import any_request


def small_problems(exercises: tuple[Exercise, ...], count: int, seed: int) -> Iterator[IntegerProblem]:
    """Problems of at most six placements with two doses each."""
    rng = random.Random(seed)
    yielded = 0
    while yielded < count:
        problem = prepare_problem(any_request(rng, exercises), index_of(exercises)).problem
        if problem.required or len(problem.placements) < 3:
            continue
        placements = rng.sample(problem.placements, min(6, len(problem.placements)))
        small = []
        for placement in placements:
            options = rng.sample(placement.options, min(2, len(placement.options)))
            small.append(placement._replace(options=tuple(sorted(options, key=lambda option: option.time_s))))
        yielded += 1
        yield problem._replace(placements=tuple(small))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.sweep) for seed in range(1, 4))])
def test_the_search_never_beats_the_optimum_and_mostly_finds_it(exercises: tuple[Exercise, ...], seed: int) -> None:
    optimal = feasible = 0
    for problem in small_problems(exercises, 75, seed):
        optimum = brute_force_optimum(problem, keep_loads_apart=True)
        found = search(problem, 1)
        if optimum is None:
            assert found is None
            continue
        assert found is not None
        assert found.points <= optimum
        feasible += 1
        optimal += found.points == optimum
    assert optimal * 100 >= feasible * 80


def test_highs_and_brute_force_agree(exercises: tuple[Exercise, ...]) -> None:
    for problem in small_problems(exercises, 40, 50):
        optimum = brute_force_optimum(problem, keep_loads_apart=False)
        proof = prove_optimum(problem, 20)
        assert proof.proved
        assert (optimum is None) == (proof.bound is None)
        if optimum is not None and proof.bound is not None:
            assert abs(optimum - proof.bound) < 1


@pytest.mark.parametrize(
    "wider", [{"available_equipment": list_words(Equipment)}, {"exclude": ()}], ids=["equipment", "exclusions"]
)
def test_more_equipment_and_fewer_exclusions_never_lower_the_proved_optimum(
    exercises: tuple[Exercise, ...], wider: dict[str, object]
) -> None:
    rng = random.Random(80)
    raised = compared = 0
    while compared < 30:
        index = index_of(tuple(rng.sample(exercises, 10)))
        request = any_request(rng, index.exercises)
        # A desk break takes one piece of equipment that has to be fetched: another piece may replace a better one.
        if request.include or request.purpose == "desk_break":
            continue
        narrow, wide = prepare_problem(request, index), prepare_problem(request.model_copy(update=wider), index)
        if narrow.problem.placements == wide.problem.placements:
            continue
        # Where further goals or phases become possible, other minima and shares apply: no points to compare.
        if narrow.problem._replace(placements=()) != wide.problem._replace(placements=()):
            continue
        # Where something gentler or more upright becomes possible, other exercises may begin and end the session.
        if not set(narrow.problem.placements) <= set(wide.problem.placements):
            continue
        narrow_proof, wide_proof = prove_optimum(narrow.problem, 20), prove_optimum(wide.problem, 20)
        assert narrow_proof.proved
        assert wide_proof.proved
        compared += 1
        if narrow_proof.bound is None:
            raised += wide_proof.bound is not None
            continue
        assert wide_proof.bound is not None
        assert wide_proof.bound > narrow_proof.bound - 1
        raised += wide_proof.bound > narrow_proof.bound + 1
    assert raised >= 5
