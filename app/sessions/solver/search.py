"""The solver: the best selection of exercises and doses that a fixed amount of work finds."""

from collections.abc import Sequence

from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import OrderedSelection, order_selection
from app.sessions.solver.search_effort import choose_effort
from app.sessions.solver.shortlist import shortlist
from app.sessions.solver.threshold_accepting import ThresholdAccepting


def search(
    problem: IntegerProblem, seed: int, required: Sequence[Choice] = (), move_count: int = 0
) -> OrderedSelection | None:
    """The best selection found, in its best order; None where none was found.

    `required` is a feasible selection of the required exercises; the result has at least its
    points. `move_count` limits the search to one restart of so many moves; 0 stands for the effort
    by size.
    """
    if not problem.placements:
        return None
    ranking = shortlist(problem)
    # What is required is looked at, however little it promises.
    ranking += [choice.placement for choice in required if choice.placement not in ranking]
    table = CandidateTable(problem, ranking)
    walk = ThresholdAccepting(table, ranking, seed)
    if required:
        ordered = order_selection(problem, required)
        walk.required = [table.candidate(choice) for choice in required]
        if ordered is not None:
            walk.start_from_required(walk.required, ordered.points)
    effort = choose_effort(problem.max_exercises, move_count)
    for _ in range(effort.restarts):
        walk.run_restart(effort.wide_moves, effort.narrow_moves)
    if not walk.incumbent:
        return None
    return order_selection(problem, [table.choice(candidate) for candidate in walk.incumbent])
