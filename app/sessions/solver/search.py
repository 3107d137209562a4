"""The solver: the best selection of exercises and doses that a fixed amount of work finds."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.sessions.solver.candidates import CandidateTable
from app.sessions.solver.model import Choice, IntegerProblem
from app.sessions.solver.objective import OrderedSelection, order_selection
from app.sessions.solver.shortlist import shortlist
from app.sessions.solver.threshold_accepting import ThresholdAccepting


class Effort(NamedTuple):
    """How much work a search does: by the size of the session alone, never by a clock."""

    max_exercises: int
    """Sessions of so many exercises at most."""
    restarts: int
    wide_moves: int
    """Moves of each restart among all of the shortlist."""
    narrow_moves: int
    """Moves of each restart among what then promises most."""


SEARCH_EFFORT: Final = (
    Effort(1, 1, 60, 40),
    Effort(2, 4, 500, 300),
    Effort(4, 6, 700, 600),
    Effort(10, 3, 600, 1100),
    Effort(99, 2, 700, 1200),
)
"""Effort by the most exercises of a session: long sessions cost more per move and gain less from
a restart."""


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
    effort = _effort_for(problem.max_exercises, move_count)
    for _ in range(effort.restarts):
        walk.run_restart(effort.wide_moves, effort.narrow_moves)
    if not walk.incumbent:
        return None
    return order_selection(problem, [table.choice(candidate) for candidate in walk.incumbent])


def _effort_for(max_exercises: int, move_count: int) -> Effort:
    if move_count:
        return Effort(max_exercises, 1, move_count // 2, move_count - move_count // 2)
    return next(effort for effort in SEARCH_EFFORT if max_exercises <= effort.max_exercises)
