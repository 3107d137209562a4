"""The search, the order and the programme for HiGHS against brute force on small problems."""

import random
from collections.abc import Iterator
from itertools import pairwise, permutations
from typing import get_args

import pytest

from app.rules.vocabulary import Equipment
from app.schemas.exercise import Exercise
from app.sessions.ordering.sequence import SequenceKey, min_transition_s, optimal_sequence
from app.sessions.ordering.transitions import count_floor_changes
from app.sessions.problem.exercise_index import shelf_of
from app.sessions.problem.positions import TRANSITIONS
from app.sessions.problem.prepare import prepare
from app.sessions.solver.model import IntegerProblem
from app.sessions.solver.search import search
from benchmarks.brute_force import brute_force_optimum
from benchmarks.integer_programme import prove_optimum
from benchmarks.session_requests import any_request


def small_problems(exercises: tuple[Exercise, ...], count: int, seed: int) -> Iterator[IntegerProblem]:
    """Problems of at most six lines with two doses each."""
    dice = random.Random(seed)
    made = 0
    while made < count:
        problem = prepare(any_request(dice, exercises), shelf_of(exercises)).problem
        if problem.required or len(problem.placements) < 3:
            continue
        lines = dice.sample(problem.placements, min(6, len(problem.placements)))
        fewer = [
            line._replace(
                options=tuple(sorted(dice.sample(line.options, min(2, len(line.options))), key=lambda o: o.time_s))
            )
            for line in lines
        ]
        made += 1
        yield problem._replace(placements=tuple(fewer))


@pytest.mark.parametrize("part", range(4))
def test_nothing_is_found_that_is_better_than_the_best(exercises: tuple[Exercise, ...], part: int) -> None:
    reached = possible = 0
    for problem in small_problems(exercises, 75, part):
        best = brute_force_optimum(problem, keep_loads_apart=True)
        found = search(problem, 1)
        if best is None:
            assert found is None
            continue
        assert found is not None
        assert found.points <= best
        possible += 1
        reached += found.points == best
    assert reached * 100 >= possible * 80


def test_highs_and_brute_force_agree(exercises: tuple[Exercise, ...]) -> None:
    for problem in small_problems(exercises, 40, 50):
        best = brute_force_optimum(problem, keep_loads_apart=False)
        proof = prove_optimum(problem, 20)
        assert proof.proved
        assert (best is None) == (proof.bound is None)
        if best is not None and proof.bound is not None:
            assert abs(best - proof.bound) < 1


@pytest.mark.parametrize(
    "wider", [{"available_equipment": get_args(Equipment)}, {"exclude": ()}], ids=["equipment", "exclusions"]
)
def test_more_equipment_and_fewer_exclusions_never_lower_the_proved_optimum(
    exercises: tuple[Exercise, ...], wider: dict[str, object]
) -> None:
    rng = random.Random(80)
    raised = compared = 0
    while compared < 30:
        index = shelf_of(tuple(rng.sample(exercises, 10)))
        request = any_request(rng, index.exercises)
        # A desk break takes one piece of equipment that has to be fetched: another piece may replace a better one.
        if request.include or request.purpose == "desk_break":
            continue
        narrow, wide = prepare(request, index), prepare(request.model_copy(update=wider), index)
        if narrow.problem.placements == wide.problem.placements:
            continue
        # Where further goals or phases become possible, other minima and shares apply: no points to compare.
        if narrow.problem._replace(placements=()) != wide.problem._replace(placements=()):
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


def kinds_at_random(dice: random.Random) -> list[SequenceKey]:
    places = (0, 1, 2, 5, 7, 9, 14)
    count = dice.randint(1, 6)
    return [(dice.choice((0, 1, 3)), dice.choice(places), dice.choice((0, 0, 1, 2, 3))) for _ in range(count)]


def by_trying(kinds: list[SequenceKey]) -> int | None:
    """The least moving of all orders, and None where every order puts equal loads together or climbs too often."""
    best: tuple[int, int] | None = None
    least_climbing = len(kinds)
    for order in permutations(kinds):
        if any(a[0] > b[0] for a, b in pairwise(order)):
            continue
        climbing = count_floor_changes(TRANSITIONS, [kind[1] for kind in order])
        least_climbing = min(least_climbing, climbing)
        if any(a[2] and a[2] == b[2] for a, b in pairwise(order)):
            continue
        cost = (sum(TRANSITIONS.seconds[a[1]][b[1]] for a, b in pairwise(order)), climbing)
        best = cost if best is None else min(best, cost)
    return None if best is None or best[1] > least_climbing + 1 else best[0]


def test_the_order_is_the_best_of_all_orders() -> None:
    dice = random.Random(2)
    for _ in range(400):
        kinds = kinds_at_random(dice)
        best = by_trying(kinds)
        assert min_transition_s(TRANSITIONS, kinds) == best
        order = optimal_sequence(TRANSITIONS, kinds)
        assert (order is None) == (best is None)
        if order is not None:
            moved = [kinds[n] for n in order]
            assert sorted(order) == list(range(len(kinds)))
            assert sum(TRANSITIONS.seconds[a[1]][b[1]] for a, b in pairwise(moved)) == best
            assert not any(a[2] and a[2] == b[2] for a, b in pairwise(moved))
