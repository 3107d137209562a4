"""Every choice of a problem is one candidate."""

from app.schemas.exercise import Exercise
from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.model import Choice
from tests.sessions.solver.problems import make_option, make_placement, make_problem, prepared_requests


def test_every_choice_is_a_candidate(exercises: tuple[Exercise, ...]) -> None:
    for prepared in prepared_requests(exercises, 10, 6):
        problem = prepared.problem
        table = CandidateTable(problem, range(len(problem.placements)))
        assert len(table.time_s) == len(table.packed) == sum(len(one.options) for one in problem.placements)
        for number, placement in enumerate(problem.placements):
            for n, option in enumerate(placement.options):
                candidate = table.first[number] + n
                assert table.choice(candidate) == Choice(number, n)
                assert table.candidate(Choice(number, n)) == candidate
                assert table.time_s[candidate] == table.dose_seconds[number][n] == option.time_s
                expected = [option.credit_s * share // 1000 for share in placement.goal_shares]
                assert table.packed[candidate].goal_seconds(len(expected)) == expected


def test_placements_that_are_left_out_have_no_candidates() -> None:
    placements = [make_placement(n, make_option(20), make_option(40)) for n in range(3)]
    table = CandidateTable(make_problem(placements, 60), [2, 0])
    assert table.first == [2, -1, 0]
    assert table.placement == [2, 2, 0, 0]


def test_the_repeatable_load_is_no_load_of_a_kind() -> None:
    placements = [make_placement(n, make_option(20))._replace(load=load) for n, load in enumerate((3, 0, 2))]
    table = CandidateTable(make_problem(placements, 60)._replace(repeatable_load=3), range(3))
    assert table.kinds == [(1, 1, 0), (1, 1, 2)]


def test_families_are_numbered_from_nought() -> None:
    placements = [make_placement(n, make_option(20))._replace(family=family) for n, family in enumerate((40, 7, 40))]
    table = CandidateTable(make_problem(placements, 60), range(3))
    assert table.family == [0, 1, 0]
    assert table.family_count == 2
