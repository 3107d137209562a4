"""Three exercises for one goal are parted where that costs little, and nothing else is given up."""

from app.schemas.exercise import Exercise
from app.sessions.solver.goal_rows import MAX_LOST_POINTS, find_rows, part_goal_rows
from app.sessions.solver.objective import OrderedSelection, is_feasible
from app.sessions.solver.search import search
from tests.sessions.solver.problems import prepared_requests


def searched(exercises: tuple[Exercise, ...], count: int) -> list[tuple[OrderedSelection, OrderedSelection, int, int]]:
    """For requests with several goals what the search selects and what comes of parting, each with its rows."""
    results = []
    for prepared in prepared_requests(exercises, count, seed=5):
        problem = prepared.problem
        assert prepared.initial is not None
        best = search(problem, prepared.request.seed, prepared.initial)
        if best is None or len(problem.goal_utility) < 2:
            continue
        parted = part_goal_rows(problem, best)
        before, after = (len(find_rows(problem, selection.choices)) for selection in (best, parted))
        assert is_feasible(problem, parted.choices, parted.transition_s)
        assert {problem.placement_of(choice).exercise for choice in parted.choices} >= set(problem.required)
        results.append((best, parted, before, after))
    return results


def test_rows_are_parted_at_little_cost(exercises: tuple[Exercise, ...]) -> None:
    results = searched(exercises, 90)
    for best, parted, rows_before, rows_after in results:
        assert parted == best if rows_before == 0 else rows_after <= rows_before
        assert parted.points >= best.points - MAX_LOST_POINTS
    before, after = sum(row[2] > 0 for row in results), sum(row[3] > 0 for row in results)
    assert len(results) > 40
    assert after * 2 < before
