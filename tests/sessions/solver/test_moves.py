"""Every move that is proposed can be made, and keeps what is required."""

import random

from app.schemas.exercise import Exercise
from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.moves import MoveGenerator
from app.sessions.solver.random_source import RandomSource
from tests.sessions.solver.problems import evaluator_of, prepared_requests, random_selection, sums_of


def generator_of(table: CandidateTable, selection: list[int], remaining_s: int) -> MoveGenerator:
    ranking = list(range(len(table.problem.placements)))
    moves = MoveGenerator(table, ranking)
    moves.restrict_to(ranking, len(ranking), selection)
    moves.selection, moves.remaining_s = selection, remaining_s
    return moves


def exercise_of(table: CandidateTable, candidate: int) -> int:
    return table.problem.placements[table.placement[candidate]].exercise


def test_a_move_removes_what_is_there_and_inserts_candidates(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(1)
    proposed = refused = 0
    for prepared in prepared_requests(exercises, 10, 1):
        evaluator = evaluator_of(prepared.problem._replace(required=()))
        table = evaluator.table
        selection = random_selection(rng, table, prepared.problem.max_exercises, 900)
        moves = generator_of(table, selection, evaluator.remaining_s(sums_of(evaluator, selection)))
        source = RandomSource(1)
        for _ in range(500):
            if not moves.propose(source.next_bits()):
                refused += 1
                continue
            proposed += 1
            assert len(set(moves.removed)) == len(moves.removed)
            assert all(0 <= index < len(selection) for index in moves.removed)
            assert all(0 <= candidate < len(table.packed) for candidate in moves.inserted)
    assert proposed > 2 * refused


def test_required_exercises_keep_their_place(exercises: tuple[Exercise, ...]) -> None:
    rng = random.Random(2)
    for prepared in prepared_requests(exercises, 10, 2):
        table = evaluator_of(prepared.problem).table
        selection = random_selection(rng, table, prepared.problem.max_exercises, 900)
        required = tuple(exercise_of(table, candidate) for candidate in selection[:2])
        table = evaluator_of(prepared.problem._replace(required=required)).table
        moves = generator_of(table, selection, 60)
        source = RandomSource(2)
        for _ in range(300):
            if moves.propose(source.next_bits()) and len(moves.removed) == 1 and moves.removed[0] < 2:
                removed, inserted = selection[moves.removed[0]], moves.inserted[0]
                assert exercise_of(table, inserted) == exercise_of(table, removed)


def test_a_restricted_generator_inserts_the_best_placements_and_those_selected(exercises: tuple[Exercise, ...]) -> None:
    (prepared,) = prepared_requests(exercises, 1, 4)
    table = evaluator_of(prepared.problem._replace(required=())).table
    ranking = list(range(len(table.problem.placements)))
    moves = MoveGenerator(table, ranking)
    last = table.first[ranking[-1]]
    moves.restrict_to(ranking, 3, [last])
    assert moves.ranking == [*ranking[:3], ranking[-1]]
